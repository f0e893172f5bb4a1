"""What one press on the Today board does: a status, or a word to whoever waits and for whom they wait."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.desk.views.sessions import REPLIES
from holdspace.desk.views.today import board_page
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.scheduling import actions
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.telehealth import actions as telehealth
from holdspace.telehealth import queries

CLINICIAN = "clinician"


@require_POST
@desk("book")
def press_status(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Arrived, Checked-In, No Show: set at once; a refusal stands on the board."""
    seat, wanted = _seat_of(request, pk), request.POST.get("status", "")
    if wanted not in SeatStatus.values or wanted == seat.status:
        return _board(request)
    try:
        actions.set_status(seat=seat, status=wanted, actor=request.actor, at=now())
    except Refusal as no:
        return board_page(request, no)
    return _board(request)


@require_POST
@desk("send_links")
def press_tell(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Tell somebody who waits how long it takes, or ring for the clinician they wait for."""
    participant = queries.waiting_in(_seat_of(request, pk))
    said = request.POST.get("reply", "")
    if participant and said == CLINICIAN:
        telehealth.tell_clinicians(participant=participant, actor=request.actor, at=now())
        return _board(request, _("Their bell has rung."))
    if participant and said in REPLIES:
        telehealth.tell(participant=participant, reply=said, actor=request.actor, at=now())
    return _board(request)


def _seat_of(request: DeskRequest, pk: UUID) -> Seat:
    known = Seat.objects.visible_to(request.actor).select_related("appointment", "practice")
    return get_object_or_404(known, pk=pk)


def _board(request: DeskRequest, words: str = "") -> HttpResponse:
    """The part alone to the page's script; without script back to the same day."""
    if wants_fragment(request):
        return board_page(request, said=words)
    if words:
        messages.success(request, words)
    answer = redirect("desk:today")
    said = request.GET.urlencode()
    answer["Location"] += f"?{said}" if said else ""
    return answer
