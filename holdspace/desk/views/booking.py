"""The appointment form: a new one; a refusal gives back everything that was typed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.clients import queries as clients
from holdspace.desk import notices
from holdspace.desk.forms.booking import BookingForm
from holdspace.desk.forms.leads import ADD
from holdspace.desk.free import asked_for_free, free_button, next_free
from holdspace.desk.meanwhile import marks
from holdspace.desk.ranges import shown_zone
from holdspace.desk.together import others_at
from holdspace.desk.views import repeating
from holdspace.desk.views.appointments import frame_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.habits import Habit, habits_of
from holdspace.scheduling.models import Appointment, AppointmentType, ContactType, Series


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
    form = BookingForm(typed(request), initial=first, **facts)
    if asked_for_free(request):
        return form_page(request, form, free=next_free(request, form))
    if only_opens(request):
        return as_it_is(request, form)
    if not form.is_valid() or request.POST.get("do") == "look":
        return form_page(request, form, status=422)
    try:
        _book(request, form)
    except Refusal as no:
        return form_page(request, form, refusal=no)
    return _done(request, form.found_start, _("Created."))


def _first_form(request: DeskRequest, first: dict[str, Any], facts: dict[str, Any]) -> HttpResponse:
    """The form as it opens; with free times at once where *Next free* was pressed beside a client."""
    if not asked_for_free(request):
        return form_page(request, BookingForm(initial=first, **facts))
    known = {name: value for name, value in (BookingForm.usual | first).items() if value}
    said = {name: value if isinstance(value, list) else str(value) for name, value in known.items()}
    form = BookingForm(said, initial=first, **facts)
    return form_page(request, form, free=next_free(request, form))


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


def only_opens(request: DeskRequest) -> bool:
    """Whether a chip was put down or another clinician asked for: then nothing is booked yet."""
    return request.POST.get("do") == ADD or "drop" in request.POST


def as_it_is(request: DeskRequest, form: Any, seat: Any = None) -> HttpResponse:
    """The form with what is typed so far; what isn't filled in yet is no error now."""
    form.errors.clear()
    return form_page(request, form, seat=seat)


def wall_of(said: str) -> datetime | None:
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


def typed(request: DeskRequest) -> QueryDict | None:
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
    wall = wall_of(said.get("start", "")) or _first_hour(request, zone)
    habit = _habit(request)
    kind = _usual_type(request, habit)
    ways = kind.contact_types if kind else []
    told = uuid_of(said.get("clinician", "")) or request.actor.clinician_id
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
    client = uuid_of(request.GET.get("client", ""))
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


def _first_hour(request: DeskRequest, zone: str) -> datetime:
    """The next full hour, or when work begins: on the day that was pressed, or looked at and not over."""
    wall = zones.wall_of(now(), zone).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    opens = wall.replace(hour=request.practice.day_starts)
    pressed, seen = (wall_of(f"{request.GET.get(day, '')}T{opens:%H:%M}") for day in ("on", "date"))
    if pressed and pressed.date() != wall.date():
        return pressed
    if seen and seen.date() > wall.date():
        return seen
    soon = max(wall + timedelta(hours=1), opens)
    # The day's last hour: whoever pressed the day means it, anybody else the next morning, not midnight.
    return soon if soon.date() == wall.date() else pressed or opens + timedelta(days=1)


def _minutes(said: str) -> int | None:
    return int(said) if said.isdecimal() and 5 <= int(said[:5]) <= 720 else None


def uuid_of(said: str) -> UUID | None:
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


def form_page(
    request: DeskRequest,
    form: Any,
    *,
    refusal: Refusal | None = None,
    seat: Any = None,
    status: int = 200,
    template: str = "desk/appointment_form.html",
    free: list[dict[str, str]] | None = None,
    more: dict[str, Any] | None = None,
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
    if seat:
        facts |= others_at(seat.appointment, request.actor, now()) | {"marks": marks(seat, form.data)}
    return render(request, template, facts | (more or {}), status=409 if refusal else status)


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
