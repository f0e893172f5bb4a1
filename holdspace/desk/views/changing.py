"""Changing an appointment that is there: the edit form, the *Move* dialog, and a tile that is dragged.

Each starts from the version that its person had before them; whoever comes later is told what differs.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.desk.forms.appointments import EditForm, MoveForm
from holdspace.desk.free import asked_for_free, next_free
from holdspace.desk.looks import SEAT as LOOKED_AT
from holdspace.desk.looks import looked
from holdspace.desk.meanwhile import differing, marks, with_theirs
from holdspace.desk.ranges import shown_zone
from holdspace.desk.views import repeating
from holdspace.desk.views.appointments import seat_of
from holdspace.desk.views.booking import as_it_is, form_page, only_opens, typed, uuid_of, wall_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices.models import Clinician
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.plans import plan_of
from holdspace.scheduling.words import span

MOVE = "desk/move.html"


@desk("book")
def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change an appointment, from the version one looked at."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    facts: dict[str, Any] = {
        "actor": request.actor,
        "practice": request.practice,
        "zone": shown_zone(request),
    }
    facts["repeats"] = repeating.occurrence_of(seat.appointment) is not None
    form = EditForm(typed(request), appointment=seat.appointment, **facts)
    form.initial["scope"] = repeating.scope_of(request)
    if asked_for_free(request):
        return form_page(request, form, seat=seat, free=next_free(request, form, seat.appointment))
    if only_opens(request):
        return as_it_is(request, form, seat)
    if not form.is_valid() or request.POST.get("do") == "look":
        return form_page(request, form, seat=seat, status=422 if form.is_bound else 200)
    try:
        _edit(request, seat.appointment, form)
    except refusals.ChangedMeanwhile as no:
        facts["zone"] = form.shown_zone
        return _both(request, pk, form, partial(EditForm, **facts), no)
    except Refusal as no:
        return form_page(request, form, seat=seat, refusal=no)
    return redirect("desk:appointment", pk=pk)


def _edit(request: DeskRequest, appointment: Appointment, form: EditForm) -> None:
    said, plan = form.cleaned_data, form.plan()
    facts: dict[str, Any] = {"appointment": appointment, "actor": request.actor, "at": now(), "plan": plan}
    facts |= {"version": said["version"] or 0, "joining": form.joining, "leaving": form.leaving}
    facts["tell_client"] = form.tells
    change: Callable[..., Any] = actions.edit
    if said.get("scope", "one") in {"following", "all"}:
        change = repeating.verb(said["scope"])
        facts |= repeating.rest(request, appointment, plan, said["scope"])
    else:
        facts["anyway"] = said["anyway"]
    if form.people:
        actions.change_for_new(change=change, people=form.people, **facts)
    else:
        change(**facts)


@desk("book")
def move(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The *Move* dialog: what dragging does, by keyboard."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    facts: dict[str, Any] = {"actor": request.actor, "zone": shown_zone(request)}
    form = MoveForm(typed(request), appointment=seat.appointment, **facts)
    if request.method != "POST" or asked_for_free(request):
        return form_page(request, form, seat=seat, free=_free_to_move(request, form, seat), template=MOVE)
    if not form.is_valid():
        return form_page(request, form, seat=seat, status=422, template=MOVE)
    try:
        _move(request, seat.appointment, form)
    except refusals.ChangedMeanwhile as no:
        facts["zone"] = form.shown_zone
        return _both(request, pk, form, partial(MoveForm, **facts), no, template=MOVE)
    except Refusal as no:
        return form_page(request, form, seat=seat, refusal=no, template=MOVE)
    return redirect("desk:appointment", pk=pk)


def _free_to_move(request: DeskRequest, form: MoveForm, seat: Seat) -> list[dict[str, str]] | None:
    """Where it could go: asked with the first look, as whoever rings to move asks it first."""
    if not form.is_bound:
        said = {name: str(value) for name, value in form.initial.items() if value is not None}
        form = MoveForm(said, appointment=seat.appointment, actor=request.actor, zone=form.shown_zone)
    return next_free(request, form, seat.appointment)


def _move(request: DeskRequest, appointment: Appointment, form: MoveForm) -> None:
    actions.move(
        appointment=appointment,
        starts_at=form.found_start,
        length=form.length,
        clinician=form.another_clinician,
        version=form.cleaned_data["version"] or 0,
        actor=request.actor,
        at=now(),
        anyway=form.cleaned_data["anyway"],
        tell_client=form.tells,
    )


@require_POST
@desk("book")
def drop(request: DeskRequest) -> HttpResponse:
    """A tile dragged to another time or clinician, or by its edge; also the undoing.  JSON both ways.

    The wall time is in the zone the calendar shows; in the gap or fold of a clock change it is
    refused here, and the *Move* dialog asks.
    """
    appointment = _dragged(request)
    zone = request.POST.get("zone", "")
    wall, minutes = wall_of(request.POST.get("start", "")), request.POST.get("minutes", "")
    if wall is None or not zones.is_zone(zone) or not minutes.lstrip("-").isdecimal() or len(minutes) > 6:
        raise refusals.EndBeforeStart
    starts_at = zones.asked_instant(wall, zone)
    length, version = timedelta(minutes=int(minutes)), request.POST.get("version", "")
    clinician = _their_column(request)
    try:
        actions.move(
            appointment=appointment,
            starts_at=starts_at,
            length=length,
            clinician=clinician,
            version=int(version) if version.isdecimal() else 0,
            actor=request.actor,
            at=now(),
            anyway=request.POST.get("anyway") == "1",
        )
    except refusals.ChangedMeanwhile as no:
        raise _too_late(request, appointment, no, zone) from no
    when = span(appointment.starts_at, appointment.ends_at, zone)
    when = f"{when}, {clinician.name}" if clinician else when
    said = {"ok": True, "version": appointment.version, "when": when}
    return JsonResponse(said | {"following": repeating.way_to_the_rest(appointment)})


def _dragged(request: DeskRequest) -> Appointment:
    try:
        pk = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Http404 from error
    known = Appointment.objects.visible_to(request.actor).select_related("practice", "type", "site")
    return get_object_or_404(known, pk=pk)


def _too_late(
    request: DeskRequest, appointment: Appointment, no: refusals.ChangedMeanwhile, zone: str
) -> refusals.ChangedMeanwhile:
    """The tile is put back to where it really is; the sentence says who was quicker, and where that is."""
    appointment.refresh_from_db()
    if not any(seat.stands for seat in appointment.seats.all()):
        said = _("%(name)s called this appointment off a moment ago. Nothing was moved.")
    elif request.POST.get("undo"):
        said = _("%(name)s changed this appointment since: it is now %(when)s. Nothing was undone.")
    else:
        said = _("%(name)s changed this appointment a moment ago: it is now %(when)s. Yours wasn't moved.")
    when = span(appointment.starts_at, appointment.ends_at, zone)
    return refusals.ChangedMeanwhile(no.by, [], said % {"name": no.by, "when": when})


def _their_column(request: DeskRequest) -> Clinician | None:
    """In whose column it was let go, where that is said; one whom one doesn't know of isn't there."""
    said = request.POST.get("clinician", "")
    if not said:
        return None
    known = Clinician.objects.visible_to(request.actor).select_related("practice")
    return get_object_or_404(known, pk=uuid_of(said))


def _both(
    request: DeskRequest,
    pk: UUID,
    form: EditForm | MoveForm,
    again: Callable[..., EditForm | MoveForm],
    no: refusals.ChangedMeanwhile,
    template: str = "desk/appointment_form.html",
) -> HttpResponse:
    """Somebody was quicker: what differs, and the form with one's own on top of theirs, ready to be saved."""
    seat = seat_of(request, pk)
    said, mine = typed(request) or request.POST, form.plan_on(plan_of(seat.appointment))
    theirs = again(appointment=seat.appointment).initial
    both = again(with_theirs(said, mine, theirs), appointment=seat.appointment)
    lines = differing(seat, said, form.shown_zone, mine)
    facts = {"differs": lines, "marks": marks(seat)}
    return form_page(request, both, seat=seat, refusal=no, template=template, more=facts)
