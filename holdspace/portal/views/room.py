"""The client's room: check the devices, knock, wait, talk; all on one page."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from holdspace.kit.clock import now
from holdspace.kit.web import answer
from holdspace.portal import places, web
from holdspace.portal.steps import consent_facts
from holdspace.scheduling import links
from holdspace.scheduling.actions.entering import ACCOUNT
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions, queries
from holdspace.telehealth.actions.devices import GOOD, record_check
from holdspace.telehealth.models import Participant, Session

SOCKET = "/live/?as=visit"
ADDRESSES = ("knock", "ticket", "here", "leave", "checked", "ended")


@web.visit
@web.with_devices
def room(request: web.VisitRequest) -> HttpResponse:
    """The page; knocking is a POST of its own."""
    seat = request.seat
    session = queries.open_session(seat.appointment_id)
    participant = session and session.participants.filter(seat=seat).first()
    facts = {
        "seat": seat,
        "practice": request.practice,
        "session": session,
        "participant": participant,
        "clinician": seat.appointment.clinicians.first(),
        "many": seat.appointment.clinicians.count() > 1,
        "socket": SOCKET,
        "their_name": _their_name(seat),
        "my_name": seat.client.greeting,
        "topics": [f"seat:{seat.pk}"],
        "addresses": {name: reverse(f"portal:{name}") for name in ADDRESSES},
        **consent_facts(seat, at=now()),
    }
    return render(request, "portal/room.html", facts)


def _their_name(seat: Seat) -> str:
    clinician = seat.appointment.clinicians.first()
    return clinician.name if clinician else seat.practice.shown_name


@require_POST
@web.visit
def knock(request: web.VisitRequest) -> HttpResponse:
    """In to the waiting room, or straight back to the room that a reload interrupted."""
    place = actions.knock(seat=request.seat, actor=request.visit, at=now())
    return answer(request, redirect("portal:room"), ticket=places.ticket_for(place, SOCKET))


@require_POST
@web.visit
def ticket(request: web.VisitRequest) -> HttpResponse:
    return places.renewed(_place(request), request.visit, SOCKET)


@require_POST
@web.visit
def here(request: web.VisitRequest) -> HttpResponse:
    return places.alive(_place(request), request.visit)


def _place(request: web.VisitRequest) -> Participant | None:
    found = Participant.objects.visible_to(request.visit).exclude(session__status=Session.Status.ENDED)
    return found.filter(session__appointment_id=request.seat.appointment_id).select_related("session").first()


@require_POST
@web.visit
def leave(request: web.VisitRequest) -> HttpResponse:
    places.left(_place(request), request.visit)
    return answer(request, redirect("portal:ended"))


@require_POST
@web.visit
def checked(request: web.VisitRequest) -> HttpResponse:
    """What the device check found: camera and sound, sound only, or what stood in the way."""
    found, at = request.POST.get("found", ""), now()
    record_check(seat=request.seat, found=found, actor=request.visit, at=at)
    response = answer(request, redirect("portal:home"))
    return web.remember_devices(response, at) if found in GOOD else response


@require_GET
@web.visit
def status(request: web.VisitRequest) -> HttpResponse:
    """The truth: the clinician is with you soon or in another session; or it was cancelled or moved."""
    return render(request, "portal/parts/status.html", status_facts(request))


def status_facts(request: web.VisitRequest) -> dict[str, object]:
    participant = _place(request)
    clinician = request.seat.appointment.clinicians.first()
    busy = bool(participant and clinician and queries.busy_elsewhere(clinician, participant.session))
    return {
        "participant": participant,
        "clinician": clinician,
        "busy": busy,
        "seat": request.seat,
        "moved_to": _moved_to(request.seat, participant),
    }


def _moved_to(seat: Seat, participant: Participant | None) -> datetime | None:
    """When it is now, if it was put off since; a session may also be begun before its hour."""
    opens, _closes = links.join_window(seat)
    put_off = participant and seat.appointment.changed_at > participant.session.opened_at
    return seat.appointment.starts_at if put_off and now() < opens else None


@web.visit
def ended(request: web.VisitRequest) -> HttpResponse:
    """Thanks, papers, the way back in."""
    seat = request.seat
    session = queries.newest_session(seat.appointment_id)
    facts: dict[str, object] = {
        "seat": seat,
        "practice": request.practice,
        "session": session,
        "minutes": _minutes(seat, session),
        "by_account": request.visit_row.identity_how == ACCOUNT,
    }
    facts |= {"clinician": seat.appointment.clinicians.first(), **consent_facts(seat, at=now())}
    return render(request, "portal/ended.html", facts)


def _minutes(seat: Seat, session: Session | None) -> int:
    if session is None:
        return 0
    place = session.participants.filter(seat=seat).first()
    spans = place.presences.all() if place else []
    return int(sum(((span.to_at or now()) - span.from_at).total_seconds() for span in spans) // 60)
