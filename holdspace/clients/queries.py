"""Finding a client: by name, birth date, whole number or its last four digits."""

import re
from datetime import date, datetime

from django.db.models import Q

from holdspace.clients import phones, refusals
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.kit.fields import keyed_index

MOST = 8
DATES = ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%m-%d-%Y")


def search(actor: Actor, said: str, *, most: int = MOST) -> list[Client]:
    """The clients whom this actor may know and these words fit, by name; none for no words."""
    words = " ".join(said.lower().split())[:80]
    if not words:
        return []
    found = Client.objects.visible_to(actor).filter(_fits(words))
    return list(found.order_by("last_name", "first_name", "pk")[:most])


def _fits(words: str) -> Q:
    born = read_date(words)
    if born:
        return Q(birth_date=born)
    digits = re.sub(r"\D", "", words)
    if len(digits) == 4 and len(words) <= 6:
        return Q(phone_tail_index=keyed_index("phone-tail", digits))
    if len(digits) >= 7:
        return Q(phone_index=keyed_index("phone", _number(words)))
    fits = Q()
    for word in words.split():
        fits &= Q(sought__contains=word)
    return fits


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
