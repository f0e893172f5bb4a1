"""The appointment form: new, edit and move; a refusal gives back everything that was typed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.clients import queries as clients
from holdspace.desk import notices
from holdspace.desk.forms.appointments import EditForm, MoveForm
from holdspace.desk.forms.booking import BookingForm
from holdspace.desk.forms.leads import ADD
from holdspace.desk.free import asked_for_free, free_button, next_free
from holdspace.desk.looks import SEAT as LOOKED_AT
from holdspace.desk.looks import looked
from holdspace.desk.ranges import shown_zone
from holdspace.desk.views import repeating
from holdspace.desk.views.appointments import FIELDS, frame_of, seat_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.practices.models import Clinician
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.habits import Habit, habits_of
from holdspace.scheduling.models import Appointment, AppointmentType, ContactType, Seat, Series
from holdspace.scheduling.words import span

MOVE = "desk/move.html"


@desk("book")
def new(request: DeskRequest) -> HttpResponse:
    """The form with what the address or a click filled in; **Create** books."""
    facts: dict[str, Any] = {
        "actor": request.actor,
        "practice": request.practice,
        "zone": shown_zone(request),
    }
    first = _first(request)
    if request.method != "POST":
        return _first_form(request, first, facts)
    form = BookingForm(_typed(request), initial=first, **facts)
    if asked_for_free(request):
        return _form(request, form, free=next_free(request, form))
    if _only_opens(request):
        return _as_it_is(request, form)
    if not form.is_valid() or request.POST.get("do") == "look":
        return _form(request, form, status=422)
    try:
        _book(request, form)
    except Refusal as no:
        return _form(request, form, refusal=no)
    return _done(request, form.found_start, _("Created."))


def _first_form(request: DeskRequest, first: dict[str, Any], facts: dict[str, Any]) -> HttpResponse:
    """The form as it opens; with free times at once where *Next free* was pressed beside a client."""
    if not asked_for_free(request):
        return _form(request, BookingForm(initial=first, **facts))
    known = {name: value for name, value in (BookingForm.usual | first).items() if value}
    said = {name: value if isinstance(value, list) else str(value) for name, value in known.items()}
    form = BookingForm(said, initial=first, **facts)
    return _form(request, form, free=next_free(request, form))


def _book(request: DeskRequest, form: BookingForm) -> Appointment | Series:
    said = form.cleaned_data
    facts: dict[str, Any] = {"plan": form.plan(), "actor": request.actor, "at": now()}
    facts |= {"client_time_zone": said["client_time_zone"], "tell_client": form.tells}
    if form.repeat:
        return repeating.book(request, form, facts)
    facts |= {"clients": form.chosen, "anyway": said["anyway"]}
    if form.people:
        return actions.book_for_new(people=form.people, **facts)
    return actions.book(**facts)


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
    repeats = repeating.occurrence_of(seat.appointment) is not None
    form = EditForm(_typed(request), appointment=seat.appointment, repeats=repeats, **facts)
    form.initial["scope"] = repeating.scope_of(request)
    if asked_for_free(request):
        return _form(request, form, seat=seat, free=next_free(request, form, seat.appointment))
    if _only_opens(request):
        return _as_it_is(request, form, seat)
    if not form.is_valid() or request.POST.get("do") == "look":
        return _form(request, form, seat=seat, status=422 if form.is_bound else 200)
    try:
        _edit(request, seat.appointment, form)
    except Refusal as no:
        return _form(request, form, seat=seat, refusal=no)
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


def _only_opens(request: DeskRequest) -> bool:
    """Whether a chip was put down or another clinician asked for: then nothing is booked yet."""
    return request.POST.get("do") == ADD or "drop" in request.POST


def _as_it_is(request: DeskRequest, form: Any, seat: Any = None) -> HttpResponse:
    """The form with what is typed so far; what isn't filled in yet is no error now."""
    form.errors.clear()
    return _form(request, form, seat=seat)


@desk("book")
def move(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The *Move* dialog: what dragging does, by keyboard."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    zone = shown_zone(request)
    form = MoveForm(_typed(request), appointment=seat.appointment, actor=request.actor, zone=zone)
    if request.method != "POST" or asked_for_free(request):
        return _form(request, form, seat=seat, free=_free_to_move(request, form, seat), template=MOVE)
    if not form.is_valid():
        return _form(request, form, seat=seat, status=422, template=MOVE)
    try:
        _move(request, seat.appointment, form)
    except Refusal as no:
        return _form(request, form, seat=seat, refusal=no, template=MOVE)
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
    wall, minutes = _wall(request.POST.get("start", "")), request.POST.get("minutes", "")
    if wall is None or not zones.is_zone(zone) or not minutes.lstrip("-").isdecimal() or len(minutes) > 6:
        raise refusals.EndBeforeStart
    starts_at = zones.asked_instant(wall, zone)
    length, version = timedelta(minutes=int(minutes)), request.POST.get("version", "")
    clinician = _their_column(request)
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


def _their_column(request: DeskRequest) -> Clinician | None:
    """In whose column it was let go, where that is said; one whom one doesn't know of isn't there."""
    said = request.POST.get("clinician", "")
    if not said:
        return None
    known = Clinician.objects.visible_to(request.actor).select_related("practice")
    return get_object_or_404(known, pk=_uuid(said))


def _wall(said: str) -> datetime | None:
    try:
        wall = parse_datetime(said[:19])
    except ValueError:
        return None
    return wall.replace(tzinfo=None) if wall and 1900 <= wall.year <= 2200 else None


@require_POST
@desk("book")
def find_client(request: DeskRequest) -> HttpResponse:
    """Who the words in **Client** may mean.  A post, so that no name stands in an address."""
    said = request.POST.get("client_text", "")
    found = clients.search(request.actor, said)
    habits = habits_of(request.actor, [client.pk for client in found])
    facts: dict[str, Any] = {"matches": found, "said": said.strip()}
    facts |= {"habits": {str(client): habit.said for client, habit in habits.items()}}
    return render(request, "desk/parts/appointment_matches.html", facts)


def _typed(request: DeskRequest) -> QueryDict | None:
    """What was typed; with *Take 5:00 PM* pressed, or a free time chosen, at that time instead."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    said, _bar, clinician = (typed.get("take") or typed.get("fill", "")).partition("|")
    date, _at, start = said.partition("T")
    if start:
        typed["date"], typed["start"] = date, start
    if clinician:
        typed["clinician"] = clinician
    return typed


def _first(request: DeskRequest) -> dict[str, Any]:
    """What a click on a vacant slot, a link or nothing at all fills in."""
    zone, said = shown_zone(request), request.GET
    wall = _wall(said.get("start", "")) or _first_hour(request, said.get("date", ""), zone)
    habit = _habit(request)
    kind = _usual_type(request, habit)
    ways = kind.contact_types if kind else []
    told = _uuid(said.get("clinician", "")) or request.actor.clinician_id
    return {
        "clinician": told or (habit and habit.clinician),
        "client": [said.get("client", "")],
        "type": kind.pk if kind else None,
        "contact_type": _usual_way(ways, habit),
        "date": wall.date(),
        "start": wall.time(),
        "minutes": _minutes(said.get("minutes", "")) or (kind.minutes if kind else 50),
    }


def _habit(request: DeskRequest) -> Habit | None:
    """What the client in the address usually comes for."""
    client = _uuid(request.GET.get("client", ""))
    return habits_of(request.actor, [client]).get(client) if client else None


def _usual_way(ways: list[str], habit: Habit | None) -> str:
    if habit and habit.contact_type in ways:
        return habit.contact_type
    return ContactType.TELEHEALTH if ContactType.TELEHEALTH in ways else (ways or [""])[0]


def _usual_type(request: DeskRequest, habit: Habit | None) -> AppointmentType | None:
    """Theirs, or else the one for one person and nearest to the usual fifty minutes."""
    found = AppointmentType.objects.filter(practice=request.practice, active=True)
    theirs = next((kind for kind in found if habit and kind.pk == habit.type), None)
    return theirs or min(
        found, key=lambda kind: (kind.is_group, abs(kind.minutes - 50), kind.name), default=None
    )


def _first_hour(request: DeskRequest, day: str, zone: str) -> datetime:
    """The next full hour, or when work begins: today, or on the day that was looked at."""
    wall = zones.wall_of(now(), zone).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    opens = wall.replace(hour=request.practice.day_starts)
    asked = _wall(f"{day}T{opens:%H:%M}")
    return asked if asked and asked.date() > wall.date() else max(wall + timedelta(hours=1), opens)


def _minutes(said: str) -> int | None:
    return int(said) if said.isdecimal() and 5 <= int(said[:5]) <= 720 else None


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _done(request: DeskRequest, starts_at: datetime, words: str) -> HttpResponse:
    """In the drawer nothing more is needed; a page leads back to the day."""
    if wants_fragment(request):
        return HttpResponse(status=204)
    messages.success(request, words)
    day = zones.wall_of(starts_at, shown_zone(request)).date()
    response = redirect("desk:calendar")
    response["Location"] += f"?date={day.isoformat()}"
    return response


def _form(
    request: DeskRequest,
    form: Any,
    *,
    refusal: Refusal | None = None,
    seat: Any = None,
    status: int = 200,
    template: str = "desk/appointment_form.html",
    free: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The form with what was typed, what is wrong with it, and what could be taken instead."""
    facts: dict[str, Any] = {"page": frame_of(request), "form": form, "seat": seat, "refusal": refusal}
    facts |= {"zone": form.shown_zone, "types": _types(request), "next_free": free}
    facts["tell_how"] = notices.how(seat.client if seat else None)
    facts |= {"said": _said(request), "filled": "fill" in request.POST}
    if isinstance(refusal, refusals.TimeTaken):
        facts["free"] = [free_button(start, form.shown_zone) for start in refusal.free]
        facts["may_overrule"] = refusal.may_overrule
    if isinstance(refusal, refusals.SeriesClashes):
        facts |= repeating.days(request, refusal, form)
    if isinstance(refusal, refusals.ChangedMeanwhile):
        facts["differences"] = [(FIELDS.get(one.field, one.field), one) for one in refusal.differences]
        facts["version_now"] = seat.appointment.__class__.objects.get(pk=seat.appointment_id).version
    return render(request, template, facts, status=409 if refusal else status)


def _said(request: DeskRequest) -> str:
    """What a column that was clicked in, or a length that was drawn, settled: no habit changes it."""
    whose = request.GET.get("clinician") or request.actor.clinician_id
    return " ".join([*(["clinician"] if whose else []), *(["type"] if request.GET.get("minutes") else [])])


def _types(request: DeskRequest) -> dict[str, Any]:
    """What choosing a type fills in, for the page's script."""
    found = AppointmentType.objects.filter(practice=request.practice, active=True)
    return {
        str(kind.pk): {"minutes": kind.minutes, "ways": kind.contact_types, "places": kind.places}
        for kind in found
    }
