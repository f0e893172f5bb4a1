"""A repeating appointment on the form: booked whole, changed or called off from a day on."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from holdspace.desk import repeats
from holdspace.desk.forms.booking import BookingForm
from holdspace.desk.forms.repeats import choices_of
from holdspace.desk.web import DeskRequest
from holdspace.kit.clock import now
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.actions.series import rest_of
from holdspace.scheduling.models import Appointment, Occurrence, Series
from holdspace.scheduling.plans import Plan


def occurrence_of(appointment: Appointment) -> Occurrence | None:
    """The appointment's place in a series, if it belongs to one."""
    return Occurrence.objects.filter(appointment=appointment).select_related("series").first()


def way_to_the_rest(appointment: Appointment) -> str:
    """The form that makes those after it follow one that was moved; "" where none repeats."""
    if occurrence_of(appointment) is None:
        return ""
    seat = appointment.seats.order_by("pk").first()
    return f"{reverse('desk:appointment_edit', args=[seat.pk])}?scope=following" if seat else ""


def scope_of(request: DeskRequest) -> str:
    """Which of a series the form is opened for."""
    said = request.GET.get("scope", "")
    return said if said in {"following", "all"} else "one"


def book(request: DeskRequest, form: BookingForm, facts: dict[str, Any]) -> Series:
    """The series that was typed; whoever is new is added with it or not at all."""
    repeat = form.repeat
    if repeat is None:
        raise ValueError("ask for a single appointment")
    said = facts | {"repeat": repeat, "choices": choices_of(request.POST, form.shown_zone)}
    said["clients"] = form.chosen
    if form.people:
        return actions.book_series_for_new(people=form.people, **said)
    return actions.book_series(**said)


def verb(scope: str) -> Callable[..., Series]:
    """What *this and following*, or *all*, do."""
    return actions.change_all if scope == "all" else actions.change_from


def rest(request: DeskRequest, appointment: Appointment, plan: Plan, scope: str) -> dict[str, Any]:
    """What they need besides the plan: the rhythm, which stays, and what was chosen for days that clash."""
    return {
        "repeat": rest_of(appointment.occurrence, plan, from_now=scope == "all", at=now()),
        "choices": choices_of(request.POST, plan.time_zone),
    }


def days(request: DeskRequest, no: refusals.SeriesClashes, form: Any) -> dict[str, Any]:
    """What the form shows of a series that clashes: each day, and what could be done about it."""
    plan = form.plan()
    decided = choices_of(request.POST, plan.time_zone)
    lines = repeats.days_to_decide(no, plan, form.chosen, decided, now())
    undecided = sum(not line["chosen"] for line in lines)
    return {"days": lines, "undecided": undecided, "all_days": len(no.coming)}
