"""A repeating appointment on the form: booked whole, changed or called off from a day on."""

from typing import Any

from holdspace.desk import repeats
from holdspace.desk.forms.newcomers import BookingForm
from holdspace.desk.forms.repeats import choices_of
from holdspace.desk.web import DeskRequest
from holdspace.kit.clock import now
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.actions.series import rest_of
from holdspace.scheduling.models import Appointment, Occurrence, Seat, Series
from holdspace.scheduling.plans import Plan


def occurrence_of(appointment: Appointment) -> Occurrence | None:
    """The appointment's place in a series, if it belongs to one."""
    return Occurrence.objects.filter(appointment=appointment).select_related("series").first()


def book(request: DeskRequest, form: BookingForm, facts: dict[str, Any]) -> Series:
    """The series that was typed; for somebody new, who is added with it or not at all."""
    repeat = form.repeat
    if repeat is None:
        raise ValueError("ask for a single appointment")
    said = facts | {"repeat": repeat, "choices": choices_of(request.POST, form.shown_zone)}
    if form.chosen:
        return actions.book_series(clients=[form.chosen], **said)
    return actions.book_series_for_new(person=form.newcomer or {}, **said)


def change(request: DeskRequest, appointment: Appointment, plan: Plan, version: int, scope: str) -> None:
    """*This and following*, or *all*, become what the form says; the rhythm stays."""
    occurrence = appointment.occurrence
    verb = actions.change_all if scope == "all" else actions.change_from
    verb(
        appointment=appointment,
        plan=plan,
        repeat=rest_of(occurrence, plan, from_now=scope == "all", at=now()),
        version=version,
        actor=request.actor,
        at=now(),
        choices=choices_of(request.POST, plan.time_zone),
    )


def days(request: DeskRequest, no: refusals.SeriesClashes, form: Any, seat: Seat | None) -> dict[str, Any]:
    """What the form shows of a series that clashes: each day, and what could be done about it."""
    plan = form.plan(form.leads) if seat else form.plan()
    clients = [client for client in [seat.client if seat else form.chosen] if client]
    decided = choices_of(request.POST, plan.time_zone)
    lines = repeats.days_to_decide(no.coming, plan, clients, decided, now())
    return {"days": lines, "all_days": len(no.coming)}
