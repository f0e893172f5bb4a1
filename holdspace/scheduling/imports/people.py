"""A line of clients: added as the form would add them, or refused as the form would."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from holdspace.clients import actions, phones, queries
from holdspace.clients.models import Client, ClientQuerySet
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.kit.fields import keyed_index
from holdspace.practices.models import Practice
from holdspace.scheduling.imports.promises import Name, Number, Taken
from holdspace.scheduling.refusals import LineKnown, LineRefused

Facts = dict[str, Any]


def add(facts: Facts, practice: Practice, actor: Member, at: datetime) -> Taken:
    """Add the client, or say with LineKnown that they are on file already."""
    first, last = names(facts)
    born = birth_date(facts)
    phone = phones.normal(facts["phone"]) if facts.get("phone") else ""
    if _on_file(actor, first, last, born):
        raise LineKnown(_("This client is on file."))
    alike = queries.alike(actor, first_name=first, last_name=last, birth_date=born, phone=phone)
    if alike:
        raise LineRefused(_("Another client has this phone number. If both are right, add this one by hand."))
    said = {"called": facts.get("called", ""), "state": _state(facts), "time_zone": _zone(facts, practice)}
    actions.add(
        practice=practice, first_name=first, last_name=last, birth_date=born, phone=phone,
        email=facts.get("email", ""), actor=actor, at=at, **said,
    )  # fmt: skip
    return _taken(first, last, born, phone)


def _taken(first: str, last: str, born: date | None, phone: str) -> Taken:
    """The name as later lines may say it, with the birth date and without, and the number."""
    full = f"{first.casefold()}\0{last.casefold()}\0"
    anybody, unborn, this = (keyed_index("import-name", full + said) for said in ("any", "none", str(born)))
    names = [
        Name(anybody, () if born else (anybody,)),
        Name(this if born else unborn, (this, unborn) if born else ()),
    ]
    return [*names, Number(keyed_index("import-phone", phone))] if phone else names


def find(facts: Facts, actor: Member) -> Client:
    """The one client a line means, by name and if given by birth date; refuses none and several."""
    first, last = names(facts)
    found = _named(actor, first, last)
    born = birth_date(facts)
    if born:
        found = found.filter(birth_date=born)
    several = list(found.order_by("pk")[:2])
    if not several:
        raise LineRefused(_("No client of that name is on file. Import or add the client first."))
    if len(several) > 1:
        raise LineRefused(_("Several clients have that name. Give the date of birth as well."))
    return several[0]


def names(facts: Facts) -> tuple[str, str]:
    """First and last name, from two columns or from one: *Rosa Marin*, or *Marin, Rosa*."""
    if facts.get("first_name") or facts.get("last_name"):
        return facts.get("first_name", ""), facts.get("last_name", "")
    last, comma, first = facts.get("name", "").partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _blank, last = " ".join(last.split()).rpartition(" ")
    return first, last


def birth_date(facts: Facts) -> date | None:
    said = facts.get("birth_date", "")
    if not said:
        return None
    found = queries.read_date(said)
    if found is None or found.year < 1900:
        raise LineRefused(
            _("%(said)s isn’t a date of birth. Write it like 1990-04-23 or 4/23/1990.") % {"said": said[:40]}
        )
    return found


def _on_file(actor: Member, first: str, last: str, born: date | None) -> bool:
    """The same name, and not two different birth dates."""
    same = _named(actor, first, last)
    return (same.filter(Q(birth_date=born) | Q(birth_date=None)) if born else same).exists()


def _named(actor: Member, first: str, last: str) -> ClientQuerySet:
    return Client.objects.visible_to(actor).filter(first_name__iexact=first, last_name__iexact=last)


def _zone(facts: Facts, practice: Practice) -> str:
    said: str = facts.get("time_zone", "") or practice.time_zone
    if not zones.is_zone(said):
        raise LineRefused(
            _("%(said)s isn’t a time zone. Write it like America/Chicago.") % {"said": said[:60]}
        )
    return said


def _state(facts: Facts) -> str:
    said: str = facts.get("state", "").upper()
    if said and not re.fullmatch(r"[A-Z]{2}", said):
        raise LineRefused(_("A state has two letters, like NY."))
    return said
