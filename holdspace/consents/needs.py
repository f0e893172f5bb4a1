"""Which forms a client is asked before a seat: by their age then, by whether it is a group, by the rules.

A minor is asked the minor's form in place of the adults', where the practice has one; a group its own
form besides.  A row for each form and type of appointment says whether it *must* be accepted or *may* be
declined.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from holdspace.consents.models import ConsentForm, FormRule, Purpose
from holdspace.scheduling.models import Seat

MUST, NOT_ASKED = FormRule.Need.MUST, FormRule.Need.NOT_ASKED


class Asked(NamedTuple):
    """One form that is asked; `form` is None where a practice has none at all yet."""

    form: UUID | None
    title: str
    must: bool


@dataclass
class Table:
    """A practice's forms by purpose, and what each means for a type of appointment."""

    forms: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    rules: dict[tuple[UUID, UUID], str] = field(default_factory=dict)

    def of(self, seat: Seat) -> list[Asked]:
        """What this seat's client is asked, in this order."""
        found = [self._asked(purpose, seat) for purpose in self._purposes(seat)]
        return [one for one in found if one]

    def _purposes(self, seat: Seat) -> Iterator[str]:
        appointment = seat.appointment
        young = Purpose.MINOR in self.forms and seat.client.is_minor(appointment.starts_at)
        yield Purpose.MINOR if young else Purpose.TELEHEALTH
        if appointment.type.is_group and Purpose.GROUP in self.forms:
            yield Purpose.GROUP

    def _asked(self, purpose: str, seat: Seat) -> Asked | None:
        if purpose not in self.forms:
            return Asked(None, "", must=True)
        form, title = self.forms[purpose]
        need = self.rules.get((form, seat.appointment.type_id), MUST)
        return None if need == NOT_ASKED else Asked(form, title, need == MUST)


def tables(practices: Iterable[UUID]) -> dict[UUID, Table]:
    """The practices' tables, in one query."""
    found = {practice: Table() for practice in practices}
    rows = ConsentForm.objects.filter(practice_id__in=found, retired_at=None)
    columns = ("practice_id", "purpose", "pk", "title", "rules__type", "rules__need")
    for practice, purpose, form, title, kind, need in rows.values_list(*columns):
        found[practice].forms[purpose] = form, title
        if kind:
            found[practice].rules[form, kind] = need
    return found


def asked_before(seat: Seat) -> list[Asked]:
    """The forms that this seat's client is asked."""
    return tables([seat.practice_id])[seat.practice_id].of(seat)
