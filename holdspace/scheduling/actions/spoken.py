"""A code to read out on the phone, for a client to whom no message gets through."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import get_random_string

from holdspace.audit import trail
from holdspace.kit.actor import Member, System
from holdspace.kit.fields import keyed_index
from holdspace.kit.refusals import NotYours
from holdspace.scheduling import links, refusals
from holdspace.scheduling.actions.links import fingerprint
from holdspace.scheduling.models import Seat, SpokenCode

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
LENGTH, GOOD_FOR = 8, timedelta(minutes=30)


def make_spoken_code(*, seat: Seat, actor: Member, at: datetime) -> str:
    """Eight characters for one use within 30 minutes; an earlier code to this seat is worthless.

    Told once, here: what is kept is an index that only our key can make.
    """
    _check(seat, actor, at)
    code = get_random_string(LENGTH, LETTERS)
    ends_at = min(at + GOOD_FOR, links.works_until(seat))
    facts = {"practice": seat.practice, "seat": seat, "link_generation": seat.link_generation}
    with transaction.atomic():
        SpokenCode.objects.filter(seat=seat, used_at=None, ends_at__gt=at).update(ends_at=at)
        SpokenCode.objects.create(index=_index(code), made_at=at, ends_at=ends_at, **facts)
        trail.record(actor, "scheduling.link.spoken_made", seat, at=at)
    return code


def _check(seat: Seat, actor: Member, at: datetime) -> None:
    if not actor.may("send_links"):
        raise NotYours
    if not seat.stands:
        raise refusals.NotOn
    if not seat.appointment.is_telehealth:
        raise refusals.NotByVideo
    if seat.link_revoked_at or at >= links.works_until(seat):
        raise refusals.LinkStopped


def use_spoken_code(*, said: str, at: datetime) -> tuple[SpokenCode, str] | None:
    """The code's row, and a cookie for the browser in which it was typed first; None for any other code."""
    cookie = secrets.token_urlsafe(32)
    good = SpokenCode.objects.filter(index=_index(said), used_at=None, ends_at__gt=at)
    with transaction.atomic():
        # Of two who type it at once the database lets one go on.
        if not good.update(used_at=at, fingerprint=fingerprint(cookie)):
            return None
        used = SpokenCode.objects.select_related("seat").get(fingerprint=fingerprint(cookie))
        trail.record(System(used.practice_id), "scheduling.link.spoken_used", used.seat, at=at)
    return used, cookie


def seat_spoken_of(cookie: str, *, at: datetime) -> Seat | None:
    """The seat to which this browser has typed the code, as long as code and link are worth anything."""
    found = SpokenCode.objects.filter(fingerprint=fingerprint(cookie), ends_at__gt=at)
    used = found.select_related("seat__practice", "seat__appointment", "seat__client").first()
    if used is None or used.link_generation != used.seat.link_generation or used.seat.link_revoked_at:
        return None
    return used.seat if at < links.works_until(used.seat) else None


def _index(code: str) -> str:
    """However it is written down: small letters, and with spaces or dashes between."""
    return keyed_index("spoken", "".join(filter(str.isalnum, code)).upper())
