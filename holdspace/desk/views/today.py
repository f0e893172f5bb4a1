"""One page for the day: who waits, who is next, what needs a hand.  It keeps itself up to date."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from holdspace.desk import board
from holdspace.desk.licensed import doubtful_among
from holdspace.desk.lights import lights
from holdspace.desk.ranges import shown_zone
from holdspace.desk.readiness import agreed_among
from holdspace.desk.statuses import likely
from holdspace.desk.tiles import CONTACT_ICONS, LOOKS
from holdspace.desk.views.sessions import REPLIES
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.messaging.models import Message
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Seat

FAILED_SHOWN = 5
EVERYONE = "all"


@require_GET
@desk("see_own_calendar", "see_every_calendar")
def today(request: DeskRequest) -> HttpResponse:
    """The clinician's own day, or everyone's for whoever sees every calendar."""
    return board_page(request)


def board_page(request: DeskRequest, refusal: Refusal | None = None, said: str = "") -> HttpResponse:
    """The board as it is now, whole or alone; with what a press did, or why it can't be."""
    template = "desk/today.html#board" if wants_fragment(request) else "desk/today.html"
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    facts = board_facts(request, now()) | {"refusal": refusal, "said": said, "query": query}
    return render(request, template, facts, status=409 if refusal else 200)


def board_facts(request: DeskRequest, at: datetime) -> dict[str, Any]:
    zone = shown_zone(request)
    clinicians = list(Clinician.objects.visible_to(request.actor))
    whose = _whose(request, clinicians)
    joins_before = timedelta(minutes=request.practice.join_before_minutes)
    seats = board.day_of(request.actor, at, zone, joins_before=joins_before, led_by=whose)
    waiting = board.waiting_now(request.actor)
    agreed = agreed_among(seats, at)
    doubtful = doubtful_among(((seat, list(seat.appointment.clinicians.all())) for seat in seats), at)
    coming = [seat for seat in seats if seat.stands and seat.appointment.ends_at > at]
    return {
        "at": at,
        "zone": zone,
        "clinicians": clinicians,
        "whose": whose,
        "waiting": [(one, one.minutes(at)) for one in waiting],
        "replies": REPLIES,
        "may_book": request.actor.may("book"),
        "rows": [
            _row(seat, at, agreed=agreed, doubtful=doubtful, waits={one.seat.pk for one in waiting})
            | {"other_day": _day(seat.appointment.starts_at, zone) != _day(at, zone)}
            for seat in seats
        ],
        "coming": len(coming),
        "hands": [
            *_in_trouble(coming),
            *_without_consent(coming, agreed),
            *_without_license(coming, doubtful),
            *_not_delivered(request, seats),
        ],
        "last": max((seat.appointment.ends_at for seat in coming), default=None),
        "next": board.next_after(request.actor, at) if not seats else None,
    }


def _day(moment: datetime, zone: str) -> date:
    return zones.wall_of(moment, zone).date()


def _whose(request: DeskRequest, clinicians: list[Clinician]) -> UUID | None:
    """Whose day: one's own first, else everyone's, or whom the address names; a stranger isn't there."""
    said = request.GET.get("whose", "")
    named = next((one.pk for one in clinicians if str(one.pk) == said), None)
    return named or (None if said == EVERYONE else request.actor.clinician_id)


def _row(
    seat: Seat, at: datetime, *, agreed: set[Any], doubtful: set[Any], waits: set[Any]
) -> dict[str, Any]:
    icon, _tile, tone = LOOKS[seat.status]
    says = {"agreed": seat.pk in agreed, "doubtful": seat.pk in doubtful}
    shown = lights(seat, at, **says) if seat.appointment.is_telehealth else []
    return {
        "seat": seat,
        "icon": icon,
        "tone": tone,
        "contact_icon": CONTACT_ICONS[seat.appointment.contact_type],
        "lights": shown,
        "lights_in_words": ", ".join(str(light.words) for light in shown),
        "waits": seat.pk in waits,
        "presses": likely(seat, at),
    }


def _in_trouble(coming: list[Seat]) -> list[dict[str, Any]]:
    """Who can't come in, or could not be seen or heard."""
    locked = [
        _hand("lock", s, _("is locked out of their link"), "start", _("Unlock it"))
        for s in coming
        if s.link_revoked_at
    ]
    broken = [s for s in coming if s.device_trouble and not s.device_ok_at]
    says, verb = _("has trouble with camera or sound"), _("See what now")
    return locked + [_hand("device-mobile", seat, says, "appointment", verb) for seat in broken]


def _without_consent(coming: list[Seat], agreed: set[Any]) -> list[dict[str, Any]]:
    missing = [seat for seat in coming if seat.appointment.is_telehealth and seat.pk not in agreed]
    return [_hand("file-alert", seat, _("has no consent yet"), "start", _("Ask now")) for seat in missing]


def _without_license(coming: list[Seat], doubtful: set[Any]) -> list[dict[str, Any]]:
    there = [seat for seat in coming if seat.appointment.is_telehealth and seat.pk in doubtful]
    says, verb = _("is where there is no license"), _("See what now")
    return [_hand("id-badge", seat, says, "start", verb) for seat in there]


def _not_delivered(request: DeskRequest, seats: list[Seat]) -> list[dict[str, Any]]:
    by_pk = {seat.pk: seat for seat in seats}
    failed = Message.objects.visible_to(request.actor).filter(status="failed", about_id__in=by_pk)
    found = dict.fromkeys(by_pk[pk] for pk in failed.values_list("about_id", flat=True)[:FAILED_SHOWN] if pk)
    return [
        _hand("message-x", s, _("a message was not delivered"), "appointment", _("See what now"))
        for s in found
    ]


def _hand(icon: str, seat: Seat, says: str | Promise, leads: str, verb: str | Promise) -> dict[str, Any]:
    return {"icon": icon, "seat": seat, "says": says, "leads": f"desk:{leads}", "verb": verb}
