"""One appointment: Session Details, its status, and cancelling; each the same as page and in the drawer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from holdspace.audit import queries as audit
from holdspace.clients import phones
from holdspace.consents import queries as consents
from holdspace.consents import together
from holdspace.desk import notices
from holdspace.desk.again import on_record
from holdspace.desk.board import room_address
from holdspace.desk.lights import lights
from holdspace.desk.looks import SEAT as LOOKED_AT
from holdspace.desk.looks import looked
from holdspace.desk.meanwhile import differing, marks
from holdspace.desk.ranges import shown_zone
from holdspace.desk.statuses import likely, reachable
from holdspace.desk.tiles import CONTACT_ICONS
from holdspace.desk.together import others_at
from holdspace.desk.web import DeskRequest, desk
from holdspace.desk.words import FIELDS, done
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.scheduling import actions, queries, refusals, rhythms
from holdspace.scheduling.actions.seats import cancelled_as
from holdspace.scheduling.arrivals import came_to
from holdspace.scheduling.models import Appointment, Seat, SeatStatus, Series
from holdspace.scheduling.reasons import reasons_of
from holdspace.scheduling.words import clock_span
from holdspace.telehealth import queries as telehealth
from holdspace.telehealth.licensing import licensed_for
from holdspace.telehealth.models import LicenseReason

SEEN_BY = ("see_every_calendar", "see_own_calendar")
DONE: dict[str, str | Promise] = {
    "scheduling.appointment.booked": _("Booked"),
    "scheduling.appointment.edited": _("Changed"),
    "scheduling.appointment.moved": _("Moved"),
    "scheduling.seat.status_set": _("Status set"),
    "scheduling.seat.explained": _("Reason given"),
    LOOKED_AT: _("Session Details opened"),
    "scheduling.link.entered": _("Client came in by the link"),
    "scheduling.seat.located": _("Place said"),
    "telehealth.license.went_on": _("Went on without a license there"),
    "scheduling.link.wrong_answer": _("Wrong answer at the link"),
    "scheduling.link.revoked": _("Link locked after too many wrong answers"),
    "scheduling.link.renewed": _("New link made"),
    "scheduling.link.unlocked": _("Link unlocked"),
    "scheduling.link.spoken_made": _("Code made to read out"),
    "scheduling.link.spoken_used": _("Code typed that was read out"),
}
# Of all that is in the trail about a seat, what changed the appointment.
CHANGES = frozenset(what for what in DONE if what.startswith("scheduling.appointment.")) | {
    "scheduling.seat.status_set"
}


def frame_of(request: HttpRequest) -> str:
    """The same template stands in the page or in the drawer."""
    return "desk/parts/drawer_part.html" if wants_fragment(request) else "desk/parts/drawer_page.html"


def seat_of(request: DeskRequest, pk: UUID) -> Seat:
    """The seat with what Session Details shows, or 404 for whoever may not know it."""
    known = Seat.objects.visible_to(request.actor)
    known = known.select_related(
        "client", "practice", "appointment__practice", "appointment__type", "appointment__site"
    )
    return get_object_or_404(known.prefetch_related("appointment__clinicians"), pk=pk)


@require_safe
@desk(*SEEN_BY)
def details(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Session Details.  Opening it is an entry in the trail."""
    seat = seat_of(request, pk)
    # The drawer asks again at every hint: that is the same look, not another.
    if "again" not in request.GET:
        actions.opened(seat=seat, actor=request.actor, at=now())
    looked(request, LOOKED_AT, seat)
    return details_page(request, seat)


def details_page(
    request: DeskRequest, seat: Seat, refusal: Refusal | None = None, *, wanted: str = ""
) -> HttpResponse:
    facts = _facts(request, seat, now()) | {"refusal": refusal, "wanted": wanted}
    facts |= {name: request.POST.get(name, "") for name in ("reason", "chosen_reason")}
    if isinstance(refusal, refusals.ChangedMeanwhile):
        facts |= _both_ways(request, seat, wanted)
    return render(request, "desk/appointment.html", facts, status=409 if refusal else 200)


def _both_ways(request: DeskRequest, seat: Seat, wanted: str) -> dict[str, Any]:
    """What differs, and whether what was wanted may still follow from what stands now."""
    still = seat.may_become(wanted) if wanted else False
    facts = {"wanted": wanted, "all_the_same": SeatStatus(wanted).label} if still else {"wanted": ""}
    return facts | {"differs": differing(seat, request.POST, shown_zone(request))}


def _way_to_admit(request: DeskRequest, seat: Seat, at: datetime) -> str:
    """The room that lets this seat's client in, for whoever holds it, while nothing stands in the way."""
    here = next((one for one in telehealth.waiting(request.actor) if one.seat_id == seat.pk), None)
    return room_address(here) if here and not telehealth.what_is_missing(here, at) else ""


def _facts(request: DeskRequest, seat: Seat, at: datetime) -> dict[str, Any]:
    appointment = seat.appointment
    since = telehealth.waiting_seats(seat.practice_id).get(seat.pk)
    changes = [line for line in history_of(seat) if line.what in CHANGES]
    needed = consents.needs(seat, at=at)
    offered = reasons_of(seat.practice_id)
    record = telehealth.record_of(appointment) if appointment.is_telehealth else []
    return {
        "page": frame_of(request),
        "seat": seat,
        "marks": marks(seat),
        "appointment": appointment,
        "zone": shown_zone(request),
        "mine": clock_span(appointment.starts_at, appointment.ends_at, shown_zone(request)),
        "theirs": clock_span(appointment.starts_at, appointment.ends_at, seat.client_time_zone),
        "contact_icon": CONTACT_ICONS[appointment.contact_type],
        "statuses": reachable(seat, offered),
        "presses": likely(seat, at),
        "why": offered.get(seat.status) if not seat.status_reason else None,
        "start": telehealth.start_state(seat, request.actor, at),
        "lights": lights(
            seat, at, agreed=not any(need.stops for need in needed), doubtful=_is_doubtful(seat, at)
        ),
        "cares": request.actor.clinician_id in {lead.pk for lead in appointment.clinicians.all()},
        "license_reasons": list(LicenseReason.objects.visible_to(request.actor).filter(seat=seat)),
        "consent": consents.agreed_to(needed),
        "agreed": not any(need.stops for need in needed),
        "partners": together.partners(seat, at=at) if appointment.is_telehealth else [],
        "phone": phones.shown(seat.client.phone),
        "came": came_to([seat]).get(seat.pk),
        "waiting_minutes": int((at - since).total_seconds() // 60) if since else None,
        "admit": _way_to_admit(request, seat, at) if since else "",
        "repeats": _repeats(appointment),
        "changes": len(changes),
        "last_change": told(changes[-1]) if changes else None,
        "told": notices.of(seat),
        "may_change": queries.may_change(appointment, request.actor),
        "may_see_start": request.actor.may("hold_sessions") or request.actor.may("send_consent_forms"),
        "may_enable": request.actor.may("change_settings"),
        "cancels_as": SeatStatus(cancelled_as(seat, at)).label,
        "record": record,
        **on_record(request.actor, seat, at, met=bool(record)),
        "in_group": sum(one.stands for one in appointment.seats.all()),
        "others": [one for one in appointment.seats.select_related("client") if one.stands and one != seat],
        "leads": list(appointment.clinicians.all()),
    } | others_at(appointment, request.actor, at)


def _is_doubtful(seat: Seat, at: datetime) -> bool:
    """Whether somebody who leads has no license where the client said they are."""
    found = licensed_for(seat, at) if seat.location_state and seat.appointment.is_telehealth else None
    return found is not None and found.is_doubtful


def series_of(appointment: Appointment) -> Series | None:
    """The series this appointment belongs to, if it repeats."""
    return Series.objects.filter(occurrences__appointment=appointment).first()


def _repeats(appointment: Appointment) -> str:
    series = series_of(appointment)
    return rhythms.in_words(series) if series else ""


@require_safe
@desk(*SEEN_BY)
def history(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Everything that was done to the appointment and this seat, old value and new."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    lines = [told(line) for line in reversed(history_of(seat))]
    facts = {"page": frame_of(request), "seat": seat, "lines": lines, "zone": shown_zone(request)}
    return render(request, "desk/history.html", facts)


def history_of(seat: Seat) -> list[audit.Line]:
    return audit.history_of_all(
        [("scheduling.appointment", seat.appointment_id), ("scheduling.seat", seat.pk)]
    )


def told(line: audit.Line) -> dict[str, Any]:
    """A line of the trail in the words of a page."""
    changes = line.detail.get("changes", {})
    fields = [(FIELDS.get(name, name), [_value(name, one) for one in pair]) for name, pair in changes.items()]
    fields += [(FIELDS.get(name, name), []) for name in line.detail.get("also", [])]
    what = DONE.get(line.what) or done(line.what)
    if "status" in changes:
        what = SeatStatus(changes["status"][1]).label
    return {"at": line.at, "who": line.who, "what": what, "fields": fields}


def _value(field: str, value: str) -> str | Promise:
    return SeatStatus(value).label if field == "status" else value
