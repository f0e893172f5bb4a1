"""A client's way to their seat: one stable link, derived and never stored.

`/<practice>/v/<handle>.<secret>`: the handle leads to the row and opens nothing; the secret is
a code over the seat and its link's generation.  A new generation makes every earlier link
worthless.
"""

import hmac
from datetime import datetime, timedelta

from django.conf import settings

from holdspace.kit import zones
from holdspace.kit.crypto import keys
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat

SECRET_LENGTH = 24  # six bits each: 144 bits
GRACE = timedelta(hours=4)


def secret_of(seat: Seat) -> str:
    """The secret in this seat's link: the same in every message, nowhere in the database."""
    return keys.links.text(seat.pk.bytes + seat.link_generation.to_bytes(4, "big"), SECRET_LENGTH)


def key_of(seat: Seat) -> str:
    """What stands after `/v/` in the link."""
    return f"{seat.link_handle}.{secret_of(seat)}"


def link_for(seat: Seat) -> str:
    """The whole address, as it goes into messages."""
    return f"{settings.PUBLIC_URL}/{seat.practice.slug}/v/{key_of(seat)}"


def works_until(seat: Seat) -> datetime:
    """The end of the appointment's day in the practice's zone, of its join window, or 4 hours after its end:
    whichever is latest."""
    zone, ends_at = seat.practice.time_zone, seat.appointment.ends_at
    midnight = zones.day_bounds(zones.wall_of(seat.appointment.starts_at, zone).date(), zone)[1]
    return max(midnight, ends_at + GRACE, join_window(seat)[1])


def seat_behind(slug: str, key: str, *, at: datetime) -> Seat | None:
    """The seat this link leads to now, or None: every reason looks the same from outside."""
    handle, _, secret = key.partition(".")
    seat = Seat.objects.select_related("practice", "appointment", "client").filter(link_handle=handle).first()
    # Compared in any case, so that a wrong handle takes as long as a wrong secret.
    right = hmac.compare_digest(secret_of(seat or Seat()).encode(), secret.encode())
    if seat is None or not right or seat.practice.slug != slug:
        return None
    return seat if seat.link_revoked_at is None and at < works_until(seat) else None


def practice_at(slug: str) -> Practice | None:
    """The practice an address names, whether or not the rest of it is worth anything."""
    return Practice.objects.filter(slug=slug).first()


def join_window(seat: Seat) -> tuple[datetime, datetime]:
    """[from, until): when the client may knock, as the practice has set it."""
    practice, appointment = seat.practice, seat.appointment
    before, after = (
        timedelta(minutes=practice.join_before_minutes),
        timedelta(minutes=practice.join_after_minutes),
    )
    return appointment.starts_at - before, appointment.ends_at + after
