"""A clinician's calendar for their own phone: a secret address, and what is read there.

`/calendar/<handle>/<secret>.ics`.  It says when they are booked, and of whom the initials or
nothing: no notes, no links, no number, no kind of appointment.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from holdspace.kit.crypto import keys
from holdspace.scheduling.models import Appointment, Feed, Seat, SeatStatus
from holdspace.scheduling.vcalendar import CONFIRMED, TENTATIVE, Shown, calendar

SECRET_LENGTH = 32  # six bits each: 192 bits
BEFORE, AHEAD = timedelta(days=30), timedelta(days=366)


def secret_of(feed: Feed) -> str:
    """The secret in this feed's address: nowhere in the database."""
    said = b"feed:" + feed.pk.bytes + feed.generation.to_bytes(4, "big")
    return keys.links.text(said, SECRET_LENGTH)


def address_of(feed: Feed) -> str:
    """The whole address, as it is copied into a calendar program."""
    return f"{settings.PUBLIC_URL}/calendar/{feed.handle}/{secret_of(feed)}.ics"


def feed_behind(handle: str, secret: str) -> Feed | None:
    """The feed of this address while it works and its clinician works here; else None, alike."""
    found = Feed.objects.select_related("practice", "clinician__membership__user").filter(handle=handle)
    feed = found.first()
    # Compared in any case, so that a wrong handle takes as long as a wrong secret.
    right = hmac.compare_digest(secret_of(feed or Feed()).encode(), secret.encode())
    if feed is None or not right or feed.revoked_at:
        return None
    clinician = feed.clinician
    membership = clinician.membership
    works_here = clinician.active and membership.active and membership.user.is_active
    return feed if works_here else None


def text_of(feed: Feed, *, at: datetime) -> bytes:
    """The calendar from 30 days ago to twelve months ahead, as an .ics file."""
    shown = (_shown(one, feed) for one in _appointments(feed, at))
    return calendar((one for one in shown if one), name=feed.practice.shown_name)


def mark_of(text: bytes) -> str:
    """What stands for exactly this text, for programs that ask whether it has changed."""
    return f'"{hashlib.sha256(text).hexdigest()[:32]}"'


def _appointments(feed: Feed, at: datetime) -> list[Appointment]:
    found = Appointment.objects.filter(
        practice=feed.practice_id, starts_at__gte=at - BEFORE, starts_at__lt=at + AHEAD
    )
    seats = Seat.objects.select_related("client").order_by("pk")
    found = found.led_by(feed.clinician_id).defer("notes").select_related("occurrence__series")
    return list(found.prefetch_related(Prefetch("seats", seats)).order_by("starts_at", "pk"))


def _shown(one: Appointment, feed: Feed) -> Shown | None:
    """The appointment as this feed shows it; None once nobody comes any more."""
    standing = [seat for seat in one.seats.all() if seat.stands]
    asked = [seat for seat in one.seats.all() if seat.status == SeatStatus.REQUESTED]
    if not standing and not asked:
        return None
    summary = _("Busy")
    if feed.shows == Feed.Shows.INITIALS:
        summary = ", ".join(seat.client.initials for seat in standing or asked)
    status = CONFIRMED if standing else TENTATIVE
    return shown_as(one, summary=summary, status=status)


def shown_as(one: Appointment, *, summary: str, status: str = CONFIRMED) -> Shown:
    """The appointment with its place in its series, if it has one."""
    place = getattr(one, "occurrence", None)
    return Shown(
        uid=one.pk,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        time_zone=one.time_zone,
        summary=summary,
        version=one.version,
        changed_at=one.changed_at,
        status=status,
        series=place.series if place else None,
        series_uid=place.series_id if place else None,
        day=place.day if place else None,
    )
