"""Which seats have every consent they need: the third light for many seats, in four queries however many.

The same rules as `consents.queries.standing`, which decides; a test holds the two to each other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdspace.consents.models import NO, YES, Consent, ConsentVersion
from holdspace.consents.needs import tables
from holdspace.consents.rules import Tables, in_table
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat


def agreed_among(seats: Iterable[Seat], at: datetime) -> set[UUID]:
    """The seats among these whose client agreed to all that must be accepted; a light, never a permission."""
    seats = list(seats)
    if not seats:
        return set()
    practices = {seat.practice_id for seat in seats}
    said = _said_by({seat.client_id for seat in seats})
    states = dict(Practice.objects.filter(pk__in=practices).values_list("pk", "state"))
    anew, asked, laws = _asked_anew(practices, at), tables(practices), Tables()

    def agreed(seat: Seat, form: UUID | None) -> bool:
        return _stands(seat, said.get((seat.client_id, form), []), states, anew, laws, at)

    return {
        seat.pk
        for seat in seats
        if all(agreed(seat, one.form) for one in asked[seat.practice_id].of(seat) if one.must)
    }


class Said(NamedTuple):
    """What of a consent decides; a row, because making the whole consent costs as much as all the rest."""

    client: UUID
    seat: UUID
    status: str
    one_session: bool
    way: str
    expires_at: datetime | None
    answered_at: datetime | None
    revoked_at: datetime | None
    version__form: UUID
    version__language: str
    version__number: int


def _said_by(clients: set[UUID]) -> dict[tuple[UUID, UUID | None], list[Said]]:
    """By client and form."""
    found = Consent.objects.filter(client_id__in=clients, status__in=YES | NO)
    said: dict[tuple[UUID, UUID | None], list[Said]] = {}
    for row in found.values_list(*Said._fields):
        one = Said(*row)
        said.setdefault((one.client, one.version__form), []).append(one)
    return said


def _asked_anew(practices: set[UUID], at: datetime) -> dict[tuple[UUID, str], int]:
    """The newest version of each form that asks everybody again."""
    found = ConsentVersion.objects.filter(practice_id__in=practices, asks_anew=True, published_at__lte=at)
    newest: dict[tuple[UUID, str], int] = {}
    for form, language, number in found.values_list("form_id", "language", "number"):
        newest[form, language] = max(number, newest.get((form, language), 0))
    return newest


def _stands(
    seat: Seat,
    said: list[Said],
    states: dict[UUID, str],
    anew: dict[tuple[UUID, str], int],
    laws: Tables,
    at: datetime,
) -> bool:
    no = max(
        (one.revoked_at or one.answered_at for one in said if one.status in NO), default=None, key=_early
    )
    state = seat.location_state or seat.client.state or states.get(seat.practice_id, "")
    for one in said:
        fits = one.status in YES and (one.expires_at is None or one.expires_at > at)
        fits = fits and (not one.one_session or one.seat == seat.pk)
        fits = fits and anew.get((one.version__form, one.version__language), 0) <= one.version__number
        fits = fits and not (no and one.answered_at and no > one.answered_at)
        if fits and (one.way != Consent.Way.VERBAL or in_table(laws[seat.practice_id], state).verbal_enough):
            return True
    return False


def _early(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
