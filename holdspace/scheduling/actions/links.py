"""Getting in by a link: who they say they are, counted tries, and a visit for this one seat."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from holdspace.audit import trail
from holdspace.clients import names
from holdspace.kit.actor import Actor, System
from holdspace.kit.crypto import keys
from holdspace.kit.refusals import Refusal
from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.practices.queries import users_of
from holdspace.scheduling import links
from holdspace.scheduling.actions.codes import channel_of_codes, is_right
from holdspace.scheduling.models import Came, Seat, VisitRow
from holdspace.scheduling.models.visits import kept

PAUSE_AFTER, REVOKE_AFTER, PAUSE = 5, 15, timedelta(minutes=15)


class NotThem(Refusal):
    """What was said doesn't match; nothing tells which part or how many tries are left."""

    sentence = _("That isn't what we have on file. Look at it again, or call us.")


@dataclass(frozen=True)
class Said:
    """What somebody says of who they are; only what this seat is asked for counts."""

    birth_date: date | None = None
    full_name: str = ""
    code: str = ""


def identify(
    *,
    seat: Seat,
    at: datetime,
    devices_tried_at: datetime | None = None,
    came: Came | None = None,
    **said: Any,
) -> tuple[VisitRow, str]:
    """A visit and its cookie's value for whoever knows the client's birth date, or refuse.

    Where the practice prefers codes and one can be sent, only the code of the other channel counts.

    Without a birth date on file the full name is asked, and the visit says *name*: the clinician
    confirms the person at Admit.  `devices_tried_at` is when camera and sound last worked in this very
    browser, as it remembers: good for a seat that knows nothing better.  `came` is who they say they are
    where somebody else decides for the client; the visit keeps it, and nothing hangs on its being true.

    Five wrong tries pause the link for 15 minutes; fifteen in all revoke it and tell the staff.
    """
    with transaction.atomic():
        entered = _tried(seat, Said(**said), at, devices=devices_tried_at, came=came)
    # Outside, so that a wrong try stays counted.
    if entered is None:
        raise NotThem
    return entered


def _tried(seat: Seat, said: Said, at: datetime, **along: Any) -> tuple[VisitRow, str] | None:
    """One try against the row as it is now, ours until the commit: however many come at once, each waits."""
    held = Seat.objects.select_for_update(of=("self",)).select_related("practice", "appointment", "client")
    mine = held.get(pk=seat.pk)
    paused = mine.link_paused_until is not None and at < mine.link_paused_until
    if paused or mine.link_revoked_at or mine.link_generation != seat.link_generation:
        return None
    how = _recognized(mine, said, at)
    if how:
        return let_in(mine, how, at, **along)
    _count_wrong(mine, at)
    return None


def _recognized(seat: Seat, said: Said, at: datetime) -> str:
    client = seat.client
    if channel_of_codes(seat):
        return "code" if is_right(seat, said.code, at=at) else ""
    if client.birth_date:
        return "birth_date" if said.birth_date == client.birth_date else ""
    called = names.is_called(said.full_name, first=client.first_name, last=client.last_name)
    return "name" if called else ""


def _count_wrong(seat: Seat, at: datetime) -> None:
    seat.link_wrong += 1
    actor = System(seat.practice_id)
    trail.record(actor, "scheduling.link.wrong_answer", seat, at=at, wrong=seat.link_wrong)
    if seat.link_wrong >= REVOKE_AFTER:
        _revoke(seat, actor, at)
    elif seat.link_wrong % PAUSE_AFTER == 0:
        seat.link_paused_until = at + PAUSE
    seat.save(update_fields=["link_wrong", "link_paused_until"])


def _revoke(seat: Seat, actor: Actor, at: datetime) -> None:
    Seat.objects.filter(pk=seat.pk, link_revoked_at=None).update(link_revoked_at=at)
    trail.record(actor, "scheduling.link.revoked", seat, at=at)
    users = users_of(seat.appointment.clinicians.all())
    messages.ring(practice=seat.practice, users=users, kind="link_revoked", subject=seat, at=at)
    bus.publish("seat.changed", seat.topics, seat=seat.pk)


def let_in(
    seat: Seat,
    how: str,
    at: datetime,
    *,
    devices: datetime | None = None,
    came: Came | None = None,
    **by: Any,
) -> tuple[VisitRow, str]:
    """A visit and its cookie's value for whoever has been recognized; the caller holds the seat's row."""
    cookie = secrets.token_urlsafe(32)
    visit = VisitRow.objects.create(
        practice=seat.practice,
        seat=seat,
        fingerprint=fingerprint(cookie),
        link_generation=seat.link_generation,
        identity_how=how,
        who=kept(came),
        started_at=at,
        ends_at=links.works_until(seat),
    )
    seen: dict[str, Any] = {
        "link_seen_at": at,
        "identity_how": how,
        "link_wrong": 0,
        "link_paused_until": None,
    }
    if devices and not (seat.device_ok_at or seat.device_trouble):
        seen["device_ok_at"] = devices
    Seat.objects.filter(pk=seat.pk).update(**seen, code_index="")
    if came and came.is_guardian:
        by |= {"for_them": True, "contact": came.contact}  # a name stands in the visit, not here
    trail.record(visit.as_actor(), "scheduling.link.entered", seat, at=at, identity=how, **by)
    bus.publish("seat.changed", seat.topics, seat=seat.pk)
    return visit, cookie


def fingerprint(cookie: str) -> str:
    """What is kept of a visit's cookie."""
    return keys.visits.mac(cookie.encode()).hex()


def visit_of(cookie: str, *, at: datetime) -> VisitRow | None:
    """The visit this cookie stands for, until its hours are over or there is a new link.

    Wrong answers of others revoke the way in; they don't throw out who has shown who they are.
    """
    found = VisitRow.objects.select_related("seat__practice", "seat__appointment", "seat__client")
    visit = found.filter(fingerprint=fingerprint(cookie), ended_at=None).first()
    if visit is None or visit.link_generation != visit.seat.link_generation:
        return None
    return visit if at < max(visit.ends_at, links.works_until(visit.seat)) else None


def renew_link(*, seat: Seat, actor: Actor, at: datetime) -> None:
    """Make every earlier link to this seat worthless, and end the visits that came by one."""
    with transaction.atomic():
        fresh = {"link_revoked_at": None, "link_wrong": 0, "link_paused_until": None}
        Seat.objects.filter(pk=seat.pk).update(link_generation=F("link_generation") + 1, **fresh)
        for visit in VisitRow.objects.filter(seat=seat, ended_at=None):
            bus.close_sockets(f"visit:{visit.pk}")
        VisitRow.objects.filter(seat=seat, ended_at=None).update(ended_at=at)
        seat.refresh_from_db()
        trail.record(actor, "scheduling.link.renewed", seat, at=at, generation=seat.link_generation)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)


def unlock_link(*, seat: Seat, actor: Actor, at: datetime) -> None:
    """Let the same link work again after too many wrong answers."""
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(link_revoked_at=None, link_wrong=0, link_paused_until=None)
        seat.refresh_from_db()
        trail.record(actor, "scheduling.link.unlocked", seat, at=at)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)
