"""The calendar file that goes along with a notice: what it changes in the client's own calendar.

A program finds an entry by its UID and believes the higher SEQUENCE, so each file says all that is so
of every UID it is about: a series as a whole, and what is no more as cancelled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from holdspace.messaging.attachments import Attachment
from holdspace.messaging.queries import sender_of_email
from holdspace.scheduling.clients_files import rest_of_series, shown_to
from holdspace.scheduling.models import Notice, Seat
from holdspace.scheduling.notices.facts import is_on, told_start
from holdspace.scheduling.vcalendar import CANCELLED, Sent, Shown, invitation, uid_of

# What a calendar keeps of a series that goes on: a file replaces all that it had.
SINCE = timedelta(days=366)


@dataclass(frozen=True)
class CalendarFile:
    """The file, and where each seat is in it from now on."""

    attachment: Attachment
    uids: dict[UUID, UUID]
    sequence: int


def file_for(seats: Sequence[Seat], *, at: datetime) -> CalendarFile:
    """All that changes in the calendar of the one client whose seats these are."""
    known = _known(seats)
    standing = {seat.pk: seat for seat in _standing([*seats, *(one.seat for one in known)], at)}
    # Never lower than what they have.
    least = max((one.sequence + 2 for one in known), default=1)
    shown = [_with_version(shown_to(seat), least) for seat in standing.values()]
    kept = {uid_of(one) for one in shown}
    gone = {one.uid: one for one in reversed(known) if one.uid and one.uid not in kept}
    shown += [_with_version(_called_off(one), least) for one in gone.values()]
    # Never sent as a file, but they may have fetched one by their link.
    shown = shown or [_called_off(seat.notice) for seat in seats]
    text, method = invitation(shown, sent=_sent(seats[0]))
    return CalendarFile(
        Attachment("appointment.ics", f"text/calendar; method={method}", text.decode()),
        {one.uid: uid_of(one) for one in shown if one.status != CANCELLED},
        max(one.version for one in shown) - 1,
    )


def _known(seats: Sequence[Seat]) -> list[Notice]:
    """What the client's calendar has under the same UIDs as these seats, the seats themselves included."""
    theirs = Notice.objects.filter(seat__client=seats[0].client_id)
    uids = theirs.filter(seat__in=seats, uid__isnull=False).values("uid")
    found = theirs.filter(uid__in=uids).order_by("seat__appointment__starts_at")
    related = ("seat__practice", "seat__client", "seat__appointment__occurrence__series")
    return list(found.select_related(*related))


def _standing(seats: Iterable[Seat], at: datetime) -> Iterable[Seat]:
    """Those that are on, with all of the series they belong to."""
    series: set[UUID] = set()
    for seat in seats:
        place = getattr(seat.appointment, "occurrence", None)
        if place is None:
            if is_on(seat):
                yield seat
        elif place.series_id not in series:
            series.add(place.series_id)
            yield from rest_of_series(seat, at=at - SINCE)


def _with_version(one: Shown, least: int) -> Shown:
    return replace(one, version=max(one.version, least))


def _called_off(notice: Notice) -> Shown:
    """What the calendar has, as cancelled: at the time it is known at."""
    one = shown_to(notice.seat, alone=True)
    starts_at = told_start(notice)
    ends_at = starts_at + (one.ends_at - one.starts_at)
    return replace(one, uid=notice.uid or one.uid, starts_at=starts_at, ends_at=ends_at, status=CANCELLED)


def _sent(seat: Seat) -> Sent | None:
    """Between whom; where nobody's address is set up to send from, it is only published."""
    sender = sender_of_email()
    return Sent(seat.practice.shown_name, sender, seat.client.email) if sender else None
