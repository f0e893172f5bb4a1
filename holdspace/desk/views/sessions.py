"""The clinician's side of a session: the room, admit, end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients import phones
from holdspace.desk.again import still_to_ask
from holdspace.desk.forms.guests import GuestForm
from holdspace.desk.forms.sessions import EndForm
from holdspace.desk.web import DeskRequest, desk, posted, with_devices
from holdspace.kit.actor import NOBODY
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import answer, wants_json
from holdspace.scheduling.arrivals import came_to
from holdspace.telehealth import actions, queries
from holdspace.telehealth.engines import engine_of
from holdspace.telehealth.models import Participant, Session

SOCKET = "/live/?as=desk"
# What is asked about everybody who waits or is inside, fetched with them.
ASKED_ABOUT = ("seat__practice", "seat__appointment__practice", "seat__appointment__type")
REPLIES = {"soon": _("With you soon"), "five": _("Five more minutes"), "phone": _("I'll call you by phone")}


def session_of(request: DeskRequest, pk: UUID) -> Session:
    known = Session.objects.visible_to(request.actor).select_related("practice", "appointment__practice")
    return get_object_or_404(known, pk=pk)


@require_GET
@desk("hold_sessions")
@with_devices
def room(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The clinician's room; an ended session leads back to its appointment."""
    session = session_of(request, pk)
    seats = list(session.appointment.seats.select_related("client"))
    seat = seats[0] if seats else None
    if not session.is_open and seat:
        return redirect("desk:appointment", pk=seat.pk)
    me = queries.clinician_place(session, request.actor.clinician_id)
    facts = {
        "session": session,
        "seat": seat,
        "seats": [one for one in seats if one.stands] or seats,
        "many": len(seats) > 1,
        "participant": me,
        "ticket": ticket_for(me) if me else None,
        "their_name": seat.client.short_name if seat else "",
        "phone": phones.shown(seat.client.phone) if seat else "",
        "my_name": request.actor.name,
        "socket": SOCKET,
        "topics": session.topics,
        "guest_form": GuestForm(),
        "replies": REPLIES,
        "admit_first": _pressed_already(request),
        **waiting_facts(session),
    }
    return render(request, "desk/room.html", facts)


def _pressed_already(request: DeskRequest) -> str:
    """Whom they pressed **Admit** for on a page of ours before; a link from elsewhere admits nobody."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return request.GET.get("admit", "") if ours else ""


def ticket_for(participant: Participant) -> dict[str, Any]:
    ticket = engine_of(participant.session).ticket(participant, "admitted", now())
    return ticket | {"socket": SOCKET, "people": queries.who_is_in(participant)}


def waiting_facts(session: Session) -> dict[str, Any]:
    at = now()
    places = session.participants.exclude(role=Participant.Role.CLINICIAN).order_by("waiting_since")
    places = places.select_related(*ASKED_ABOUT, "seat__client", "invitation", "clinician")
    waiting = [one for one in places if one.status == Participant.Status.WAITING]
    inside = [one for one in places if one.status == Participant.Status.ADMITTED]
    came = came_to(one.seat for one in waiting if one.seat)
    left = still_to_ask((one.seat for one in [*waiting, *inside] if one.seat), at)
    return {
        "waiting": [
            (one, minutes_of(one), queries.what_is_missing(one, at), _of(one, came), _of(one, left))
            for one in waiting
        ],
        "inside": [(one, _of(one, left)) for one in inside],
        "guests": queries.guests_of(session),
        "replies": REPLIES,
    }


def _of(one: Participant, found: dict[UUID, Any]) -> Any:
    """What was found for somebody's seat; a guest has none."""
    return found.get(one.seat_id) if one.seat_id else None


def minutes_of(one: Participant) -> int:
    """Whole minutes that somebody has waited."""
    return int((now() - (one.waiting_since or now())).total_seconds() // 60)


@require_GET
@desk("hold_sessions")
def waiting(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The panel's list of who waits and who is in, fetched again at each hint."""
    session = session_of(request, pk)
    return render(request, "desk/parts/waiting.html", {"session": session, **waiting_facts(session)})


@require_POST
@desk("hold_sessions")
def ticket(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Coming in, and fresh relay credentials before the old ones expire."""
    me = _my_place(request, pk)
    actions.here(participant=me, actor=request.actor, at=now())
    return JsonResponse({"ok": True, "ticket": ticket_for(me)})


@require_POST
@desk("hold_sessions")
def here(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The room page's sign of life: keeps the sign-in from going idle, too."""
    actions.here(participant=_my_place(request, pk), actor=request.actor, at=now())
    return JsonResponse({"ok": True})


def _my_place(request: DeskRequest, pk: UUID) -> Participant:
    mine = request.actor.clinician_id or NOBODY
    return get_object_or_404(session_of(request, pk).participants, clinician_id=mine)


def participant_of(request: DeskRequest, pk: UUID) -> Participant:
    """With all that Admit asks about, in two queries: a press on it is waited for by two people."""
    known = Participant.objects.visible_to(request.actor).exclude(role=Participant.Role.CLINICIAN)
    known = known.select_related(
        "session", "seat__client", "seat__appointment__practice", "seat__appointment__type"
    )
    return get_object_or_404(known.prefetch_related("seat__appointment__clinicians"), pk=pk)


@require_POST
@desk("hold_sessions")
def admit(request: DeskRequest, pk: UUID) -> HttpResponse:
    participant = participant_of(request, pk)
    actions.admit(participant=participant, actor=request.actor, at=now())
    return _back(request, participant)


@require_POST
@desk("hold_sessions")
def decline(request: DeskRequest, pk: UUID) -> HttpResponse:
    participant = participant_of(request, pk)
    actions.decline(participant=participant, actor=request.actor, at=now())
    return _back(request, participant)


@require_POST
@desk("hold_sessions")
def send_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    participant = participant_of(request, pk)
    actions.send_back(participant=participant, actor=request.actor, at=now())
    return _back(request, participant)


@require_POST
@desk("hold_sessions")
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    participant = participant_of(request, pk)
    actions.remove(participant=participant, actor=request.actor, at=now())
    return _back(request, participant)


@require_POST
@desk("hold_sessions")
def tell(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A one-tap reply to somebody waiting."""
    participant = participant_of(request, pk)
    reply = request.POST.get("reply", "")
    if reply in REPLIES:
        actions.tell(participant=participant, reply=reply, actor=request.actor, at=now())
    return _back(request, participant)


def _back(request: DeskRequest, participant: Participant) -> HttpResponse:
    return answer(request, redirect("desk:room", pk=participant.session_id), participant=str(participant.pk))


@desk("hold_sessions")
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What became of the appointment; then the session ends for everybody."""
    session = session_of(request, pk)
    seats = list(session.appointment.seats.select_related("client"))
    if not session.is_open:
        return answer(request, redirect("desk:appointment", pk=seats[0].pk))
    form = EndForm(posted(request), seats=seats)
    facts: dict[str, Any] = {"session": session, "seats": seats, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, session, form)
        except Refusal as refusal:
            if wants_json(request):
                raise
            return render(request, "desk/end.html", facts | {"refusal": refusal}, status=409)
        return answer(request, redirect("desk:appointment", pk=seats[0].pk))
    if wants_json(request) and request.method == "POST":
        return JsonResponse({"ok": False, "sentence": str(_("Choose what became of it."))}, status=409)
    return render(request, "desk/end.html", facts)


def _end(request: DeskRequest, session: Session, form: EndForm) -> None:
    actions.end_session(
        session=session,
        outcomes=form.outcomes,
        actor=request.actor,
        at=now(),
        reason=form.cleaned_data["reason"],
    )
