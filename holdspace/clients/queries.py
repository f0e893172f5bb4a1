"""Finding a client: by name, birth date, whole number or its last four digits."""

import re
from datetime import date, datetime

from django.db.models import Case, Q, When

from holdspace.clients import phones, refusals
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.kit.fields import keyed_index

MOST = 8
ENOUGH = 3  # letters that say something about a name
BY_NAME = ("last_name", "first_name", "pk")
DATES = ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%m-%d-%Y")


def search(actor: Actor, said: str, *, most: int = MOST) -> list[Client]:
    """The clients whom this actor may know and these words fit, by name; none for no words."""
    words = " ".join(said.lower().split())[:80]
    if not words:
        return []
    if len(words) < ENOUGH and len(first := _first_of_many(actor, words, most)) == most:
        return first
    order = (_begins_with(words.split()[0]), *BY_NAME)
    found = Client.objects.visible_to(actor).filter(_fits(words)).order_by(*order)
    ending = _end_of_number(words)
    if ending:
        # Numbers are sealed: the last four digits find them, the rest is compared here.
        return [client for client in found if client.phone.endswith(ending)][:most]
    # The index says who, and only they are read.
    return list(Client.objects.filter(pk__in=found.values("pk")[:most]).order_by(*order))


def _first_of_many(actor: Actor, letters: str, most: int) -> list[Client]:
    """Those whose name begins so.  Of a letter or two there are thousands: the index gives the first of them
    in its own order, and the rest is never looked at."""
    begin = Client.objects.visible_to(actor).filter(_begins(letters), _fits(letters)).order_by(*BY_NAME)
    return list(Client.objects.filter(pk__in=begin.values("pk")[:most]).order_by(*BY_NAME))


def _fits(words: str) -> Q:
    born = read_date(words)
    if born:
        return Q(birth_date=born)
    ending = _end_of_number(words)
    if ending:
        return Q(phone_tail_index=keyed_index("phone-tail", ending[-4:]))
    if len(_digits(words)) >= 7:
        return Q(phone_index=keyed_index("phone", _number(words)))
    fits = Q()
    for word in words.split():
        fits &= Q(sought__contains=word)
    return fits


def _begins_with(word: str) -> Case:
    """Whose name begins so comes before who only has it in the middle."""
    return Case(When(_begins(word), then=0), default=1)


def _begins(word: str) -> Q:
    return Q(first_name__istartswith=word) | Q(last_name__istartswith=word) | Q(called__istartswith=word)


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def _end_of_number(words: str) -> str:
    """The last digits of a number, four to nine of them, where nothing else was typed: *555-0118*."""
    digits = _digits(words)
    return digits if 4 <= len(digits) <= 9 and not re.search(r"[^\d\s().…-]", words) else ""


def _number(words: str) -> str:
    try:
        return phones.normal(words)
    except refusals.NotAPhoneNumber:
        return words


def read_date(said: str) -> date | None:
    """A date as Americans or forms write it."""
    for form in DATES:
        try:
            return datetime.strptime(said.strip(), form).date()  # noqa: DTZ007 (a birth date has no zone)
        except ValueError:
            continue
    return None


def alike(
    actor: Actor, *, first_name: str, last_name: str, birth_date: date | None, phone: str
) -> list[Client]:
    """Clients on file who may be the same person: same name and birth date, or same number."""
    same = Q(pk__in=[])
    if birth_date:
        same |= Q(
            first_name__iexact=first_name.strip(), last_name__iexact=last_name.strip(), birth_date=birth_date
        )
    if phone:
        same |= Q(phone_index=keyed_index("phone", phone))
    return list(
        Client.objects.visible_to(actor).filter(same).order_by("last_name", "first_name", "pk")[:MOST]
    )
