"""Settings: practice hours and holidays, each clinician's hours, time off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from holdspace.desk.forms.availability import (
    ChangeHoursForm,
    ClosedForm,
    HolidaysForm,
    HoursForm,
    TimeOffForm,
    now_hours,
    now_off,
)
from holdspace.desk.hours import closings, days_of, off_of
from holdspace.desk.tabs import tabs
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.practices import actions as practices
from holdspace.practices.models import Clinician
from holdspace.scheduling import queries
from holdspace.scheduling.actions import hours, time_off
from holdspace.scheduling.models import Hours, TimeOff
from holdspace.scheduling.models.availability import may_change_hours
from holdspace.scheduling.words import day_name

ANYBODYS = ("change_settings", "change_every_availability", "change_own_availability")
USUAL = {"weekdays": [0, 1, 2, 3, 4], "starts": 9 * 60, "ends": 17 * 60}


@desk("change_settings")
def practice_hours(request: DeskRequest) -> HttpResponse:
    """The practice's week, its single days, its holidays and when it is closed besides."""
    form = HolidaysForm(request.POST or None, initial={"holidays": request.practice.holidays})
    if request.method == "POST" and form.is_valid():
        practices.change_practice(
            practice=request.practice, actor=request.actor, at=now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("desk:settings_hours")
    facts = _lists(request, None) | {"form": form, "tabs": tabs(request, "hours")}
    facts |= {"closings": closings(request.practice, now()), "zone": request.practice.time_zone}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/settings/practice_hours.html", facts, status=status)


@require_GET
@desk("change_every_availability", "change_own_availability")
def people(request: DeskRequest) -> HttpResponse:
    """Whose availability one may change; who may change only their own is led there."""
    found = [one for one in _clinicians(request) if may_change_hours(request.actor, one)]
    if len(found) == 1:
        return redirect("desk:settings_clinician_hours", pk=found[0].pk)
    facts = {"clinicians": found, "tabs": tabs(request, "availability")}
    return render(request, "desk/settings/availability.html", facts)


@require_GET
@desk("change_every_availability", "change_own_availability")
def clinician(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One clinician's week, single days and time off."""
    whose = _whose(request, pk)
    facts = _lists(request, whose) | {"clinician": whose, "tabs": tabs(request, "availability")}
    facts |= {"zone": whose.time_zone, "mine": whose.pk == request.actor.clinician_id}
    return render(request, "desk/settings/clinician_hours.html", facts)


@desk("change_settings")
def practice_hours_new(request: DeskRequest) -> HttpResponse:
    return _add_hours(request, None)


@desk("change_every_availability", "change_own_availability")
def hours_new(request: DeskRequest, pk: UUID) -> HttpResponse:
    return _add_hours(request, _whose(request, pk))


def _add_hours(request: DeskRequest, whose: Clinician | None) -> HttpResponse:
    # *Add a day* leaves the week unticked.
    usual = USUAL | ({"weekdays": []} if "single" in request.GET else {})
    form = HoursForm(request.POST or None, initial=usual, practice=request.practice)

    def save(said: dict[str, Any]) -> None:
        hours.add_hours(practice=request.practice, clinician=whose, **said)

    title = _("New hours")
    return edit(request, form, save, title=title, note=_note(request, whose), **_place(whose))


@desk(*ANYBODYS)
def hours_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _row(request, Hours, pk)
    form = ChangeHoursForm(request.POST or None, initial=now_hours(row), practice=request.practice)

    def save(said: dict[str, Any]) -> None:
        hours.change_hours(hours=row, **said)

    note = _note(request, row.clinician)
    return edit(request, form, save, title=day_name(row), note=note, **_place(row.clinician))


@require_POST
@desk(*ANYBODYS)
def hours_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _row(request, Hours, pk)
    hours.remove_hours(hours=row, actor=request.actor, at=now())
    messages.success(request, _("Removed."))
    return redirect(_place(row.clinician)["back"])


@desk("change_settings")
def closed_new(request: DeskRequest) -> HttpResponse:
    form = ClosedForm(request.POST or None, zone=request.practice.time_zone)
    return _add_off(request, form, None, _("Practice closed"))


@desk("change_every_availability", "change_own_availability")
def off_new(request: DeskRequest, pk: UUID) -> HttpResponse:
    whose = _whose(request, pk)
    return _add_off(request, TimeOffForm(request.POST or None, zone=whose.time_zone), whose, _("Time off"))


def _add_off(request: DeskRequest, form: ClosedForm, whose: Clinician | None, title: str) -> HttpResponse:
    def save(said: dict[str, Any]) -> None:
        facts = form.facts() | {"actor": said["actor"], "at": said["at"]}
        _warn(request, time_off.add_time_off(practice=request.practice, clinician=whose, **facts))

    return edit(request, form, save, title=title, note=_note(request, whose), **_place(whose))


@desk(*ANYBODYS)
def off_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    off = _row(request, TimeOff, pk)
    kind = TimeOffForm if off.clinician else ClosedForm
    form = kind(request.POST or None, initial=now_off(off), zone=off.time_zone)

    def save(said: dict[str, Any]) -> None:
        time_off.change_time_off(off=off, actor=said["actor"], at=said["at"], **form.facts())
        _warn(request, off)

    title = str(off.get_kind_display())
    return edit(request, form, save, title=title, note=_note(request, off.clinician), **_place(off.clinician))


@require_POST
@desk(*ANYBODYS)
def off_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    off = _row(request, TimeOff, pk)
    time_off.remove_time_off(off=off, actor=request.actor, at=now())
    messages.success(request, _("Removed."))
    return redirect(_place(off.clinician)["back"])


def _warn(request: DeskRequest, off: TimeOff) -> None:
    """What is booked in that time stays booked: somebody has to move it."""
    n = queries.booked_in(off)
    if n:
        sentence = ngettext(
            "%(n)d appointment is booked in that time. It stays until somebody moves it.",
            "%(n)d appointments are booked in that time. They stay until somebody moves them.",
            n,
        )
        messages.warning(request, sentence % {"n": n})


def _clinicians(request: DeskRequest) -> Any:
    return Clinician.objects.filter(practice=request.practice, active=True).select_related("practice")


def _whose(request: DeskRequest, pk: UUID) -> Clinician:
    found: Clinician = get_object_or_404(_clinicians(request), pk=pk)
    if not may_change_hours(request.actor, found):
        raise Http404
    return found


def _row(request: DeskRequest, model: Any, pk: UUID) -> Any:
    found = model.objects.changeable_by(request.actor).select_related("clinician", "practice")
    return get_object_or_404(found, pk=pk)


def _lists(request: DeskRequest, whose: Clinician | None) -> dict[str, Any]:
    rows = Hours.objects.visible_to(request.actor).filter(clinician=whose).select_related("site")
    off = TimeOff.objects.visible_to(request.actor).filter(clinician=whose, ends_at__gt=now())
    weekly, single = days_of(rows, now())
    return {"weekly": weekly, "single": single, "off": off_of(off.order_by("starts_at"))}


def _place(whose: Clinician | None) -> dict[str, str]:
    """Where a form stands, and where it leads back to."""
    if whose is None:
        return {"tab": "hours", "back": reverse("desk:settings_hours")}
    return {"tab": "availability", "back": reverse("desk:settings_clinician_hours", args=[whose.pk])}


def _note(request: DeskRequest, whose: Clinician | None) -> str:
    """Whose it is, and in which zone it is meant."""
    owner = whose or request.practice
    said = {"name": owner.name, "zone": zones.zone_label(owner.time_zone)}
    return _("%(name)s. Days and times are in %(zone)s.") % said
