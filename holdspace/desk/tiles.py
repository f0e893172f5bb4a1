"""An appointment as a tile and as a line of the agenda: words, marks and lights, nothing decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from holdspace.desk.lights import Light, in_words, lights
from holdspace.desk.templatetags.tiles import drawn
from holdspace.kit import zones
from holdspace.kit.said import said_once
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.models import Appointment, ContactType, Seat, SeatStatus
from holdspace.scheduling.words import span

S = SeatStatus
# Status -> icon, class of the tile, tone of the tag.
LOOKS: dict[str, tuple[str, str, str]] = {
    S.REQUESTED: ("help-circle", "is-asked", "is-open"),
    S.SCHEDULED: ("circle", "", "is-open"),
    S.CONFIRMED: ("circle-check", "is-sure", "is-accent"),
    S.ARRIVED: ("map-pin", "is-sure", "is-accent"),
    S.CHECKED_IN: ("user-check", "is-sure", "is-accent"),
    S.OCCURRED: ("checks", "is-done", ""),
    S.CANCELLED: ("circle-x", "is-off", ""),
    S.LATE_CANCELLATION: ("clock-x", "is-off", ""),
    S.NO_SHOW: ("user-off", "is-missed", "is-stop"),
    S.RESCHEDULED: ("arrow-forward-up", "is-off", ""),
}
CONTACT_ICONS = {"in_person": "armchair", "phone": "phone", "telehealth": "video"}
# Of a series, somebody waits, identity unchecked.
MARKS = ("repeat", "hourglass", "user-question")
# Every mark a tile may bear: in the page once, however many tiles there are.
TILE_ICONS = sorted({look[0] for look in LOOKS.values()} | {*CONTACT_ICONS.values(), *MARKS})
# A couple by both names, a family by one and a number.
MOST_NAMES = 2


@said_once
def _label(choice: TextChoices) -> str:
    return str(choice.label)


@dataclass(frozen=True)
class Tile:
    """What one appointment shows in the calendar, in one zone."""

    appointment: Appointment
    seat: Seat
    zone: str
    name: str
    low: str
    # *5 of 8*, where there is room for more than one.
    count: str
    lights: list[Light]
    waiting_minutes: int | None
    may_move: bool
    with_clinician: bool
    # Found once for the whole screen: the language, and the word of an appointment of a series.
    language: str | None
    again: str

    @property
    def status_icon(self) -> str:
        return LOOKS[self.seat.status][0]

    @property
    def css(self) -> str:
        return "is-waiting" if self.waiting_minutes is not None else LOOKS[self.seat.status][1]

    @property
    def tone(self) -> str:
        return LOOKS[self.seat.status][2]

    @property
    def contact_icon(self) -> str:
        return CONTACT_ICONS[self.appointment.contact_type]

    @cached_property
    def contact_type(self) -> str:
        return _label.within(self.language, ContactType(self.appointment.contact_type))

    @cached_property
    def status(self) -> str:
        return _label.within(self.language, SeatStatus(self.seat.status))

    @property
    def unchecked(self) -> str:
        return _("Identity unchecked") if self.seat.identity_unchecked else ""

    @cached_property
    def lights_in_words(self) -> str:
        return in_words.within(self.language, *self.lights)

    @property
    def their_clock(self) -> str:
        """The client's own time, where their clock shows another than the shown zone's."""
        theirs = self.seat.client_time_zone
        if self.count or not theirs or not zones.is_zone(theirs):
            return ""
        starts, ends = self.appointment.starts_at, self.appointment.ends_at
        if zones.wall_of(starts, theirs).utcoffset() == zones.wall_of(starts, self.zone).utcoffset():
            return ""
        return span.within(self.language, starts, ends, theirs)

    @property
    def about(self) -> str:
        """What the card beside the tile says: a line each for when, what, how it stands and the lights."""
        kind = [self.appointment.type.name, self.count, self.contact_type]
        lines = [span.within(self.language, self.appointment.starts_at, self.appointment.ends_at, self.zone)]
        if when := self.their_clock:
            lines.append(_("%(when)s for the client") % {"when": when})
        lines += [
            " · ".join(filter(None, kind)),
            self.clinicians,
            " · ".join(filter(None, [self.status, self.again])),
            self.lights_in_words,
            self.unchecked,
        ]
        return "\n".join(filter(None, lines))

    @cached_property
    def clinicians(self) -> str:
        return ", ".join(clinician.name for clinician in self.appointment.leads)

    @cached_property
    def resources(self) -> list[str]:
        """In whose columns it stands."""
        return [str(clinician.pk) for clinician in self.appointment.leads]

    @cached_property
    def wall_start(self) -> datetime:
        return zones.wall_of(self.appointment.starts_at, self.zone).replace(tzinfo=None)

    @property
    def wall_end(self) -> datetime:
        # By length, not by the clock: in the fold of a change the end's wall time lies before the start's.
        return self.wall_start + self.appointment.length


@dataclass(frozen=True)
class Screen:
    """What all tiles of one screen have in common."""

    practice: Practice
    zone: str
    at: datetime
    waiting: Mapping[UUID, datetime]
    agreed: Collection[UUID]
    # Whose client is where somebody who leads has no license.
    doubtful: Collection[UUID]
    # The clinicians in whose calendars one may book; None is everyone's.
    movable: Collection[UUID] | None
    with_clinician: bool

    @cached_property
    def language(self) -> str | None:
        return get_language()

    @cached_property
    def again(self) -> str:
        return _("repeats")


def tiles(found: Iterable[Appointment], screen: Screen) -> list[Tile]:
    """Tiles in order of time; an appointment without a seat has none."""
    return [_tile(appointment, appointment.taken, screen) for appointment in found if appointment.taken]


def _tile(appointment: Appointment, seats: list[Seat], screen: Screen) -> Tile:
    # A group is shown by the seat that needs attention first: who waits, then who still stands.
    seat = min(seats, key=lambda one: (one.pk not in screen.waiting, not one.stands))
    since = screen.waiting.get(seat.pk)
    facts = {"agreed": seat.pk in screen.agreed, "doubtful": seat.pk in screen.doubtful}
    return Tile(
        appointment=appointment,
        seat=seat,
        zone=screen.zone,
        name=_name(appointment, seats, screen.practice),
        low=_low(appointment, seats),
        count=_count(appointment, seats),
        lights=lights(seat, screen.at, **facts) if appointment.is_telehealth else [],
        waiting_minutes=max(int((screen.at - since).total_seconds() // 60), 0) if since else None,
        may_move=seat.stands and _movable(appointment.leads, screen),
        with_clinician=screen.with_clinician,
        language=screen.language,
        again=screen.again if appointment.repeats else "",
    )


def _movable(leads: Sequence[Clinician], screen: Screen) -> bool:
    return screen.movable is None or any(clinician.pk in screen.movable for clinician in leads)


def _name(appointment: Appointment, seats: list[Seat], practice: Practice) -> str:
    if appointment.type.is_group:
        return appointment.type.name
    # Those who come; of an appointment that isn't held, those who would have.
    coming = [seat.client for seat in seats if seat.stands] or [seat.client for seat in seats]
    coming.sort(key=lambda one: (one.last_name, one.greeting))
    names = [one.initials if practice.initials_only else one.short_name for one in coming]
    if len(names) > MOST_NAMES:
        return _("%(name)s and %(n)s more") % {"name": names[0], "n": len(names) - 1}
    return " · ".join(names)


def _count(appointment: Appointment, seats: list[Seat]) -> str:
    if not appointment.type.takes_several:
        return ""
    said = {"n": sum(seat.stands for seat in seats), "places": appointment.type.places}
    return _("%(n)s of %(places)s") % said


def _low(appointment: Appointment, seats: list[Seat]) -> str:
    if appointment.type.is_group:
        return _("Group, %(count)s") % {"count": _count(appointment, seats)}
    site = appointment.site.name if appointment.site else ""
    return " · ".join(filter(None, [appointment.type.name, site]))


def as_event(tile: Tile) -> dict[str, Any]:
    """What the calendar widget is given: wall times in the shown zone, and our own markup."""
    return {
        "id": str(tile.appointment.pk),
        "start": tile.wall_start.isoformat(),
        "end": tile.wall_end.isoformat(),
        "editable": tile.may_move,
        "resourceIds": tile.resources,
        "extendedProps": {"html": drawn(tile), "version": str(tile.appointment.version)},
    }
