"""What a notice says: first name, time, practice, the way to meet, the link.  Nothing clinical."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.kit import zones
from holdspace.messaging.texts import Rendered, render, when
from holdspace.scheduling import links
from holdspace.scheduling.models import ContactType, Seat, Series
from holdspace.scheduling.notices.facts import CANCELLED, MOVED, told_start
from holdspace.scheduling.rhythms import in_words

DATES = 4
WAYS = {
    ContactType.TELEHEALTH: gettext_lazy("by video"),
    ContactType.PHONE: gettext_lazy("by phone"),
    ContactType.IN_PERSON: gettext_lazy("in person"),
}


def notice_text(seats: Sequence[Seat], kind: str, channel: str) -> Rendered:
    """One text about these seats of one client, in the order of their times."""
    first = seats[0]
    fields: dict[str, str | Sequence[str]] = {
        "first_name": first.client.greeting,
        "practice": first.practice.shown_name,
        "time": when(_start(first, kind), first.client_time_zone),
        "way": str(WAYS[ContactType(first.appointment.contact_type)]),
        "more": _more(first),
    }
    if len(seats) > 1:
        fields |= {"rhythm": _rhythm(seats), "dates": _dates(seats)}
        return render(f"series_{kind}", fields=fields, channel=channel)
    return render(_wording(first, kind), fields=fields, channel=channel)


def _start(seat: Seat, kind: str) -> datetime:
    """What is called off, is called off at the time that they know of."""
    return told_start(seat.notice) if kind == CANCELLED else seat.appointment.starts_at


def _wording(seat: Seat, kind: str) -> str:
    """What moved has another start; at the same one it has only changed."""
    same = told_start(seat.notice) == seat.appointment.starts_at
    return "changed" if kind == MOVED and same else kind


def _more(seat: Seat) -> str:
    """The way in, or whom to call."""
    if seat.appointment.is_telehealth:
        return _("Everything about it is here: %(link)s") % {"link": links.link_for(seat)}
    if seat.practice.phone:
        return _("If you have a question, call %(phone)s.") % {"phone": seat.practice.phone}
    return ""


def _rhythm(seats: Sequence[Seat]) -> str:
    """The rule in words where it is the same in the client's own zone, else how many there are."""
    series = _series(seats[0])
    one = seats[0]
    if series and all(_series(seat) == series for seat in seats):
        theirs = zones.wall_of(one.appointment.starts_at, one.client_time_zone).date()
        if theirs == zones.wall_of(one.appointment.starts_at, series.time_zone).date():
            return in_words(series)
    return _("%(n)s dates") % {"n": len(seats)}


def _series(seat: Seat) -> Series | None:
    place = getattr(seat.appointment, "occurrence", None)
    return place.series if place else None


def _dates(seats: Sequence[Seat]) -> list[str]:
    said = [when(seat.appointment.starts_at, seat.client_time_zone) for seat in seats[:DATES]]
    return [*said, _("and so on")] if len(seats) > DATES else said
