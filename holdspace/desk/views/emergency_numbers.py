"""Settings > Emergency numbers: whom to call where a client is, and when somebody last tried it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients import phones
from holdspace.desk.forms.licenses import EmergencyNumberForm
from holdspace.desk.tabs import tabs
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.practices import actions, places
from holdspace.practices.models import EmergencyNumber

BACK = "desk:settings_emergency"


@require_GET
@desk("change_settings")
def number_list(request: DeskRequest) -> HttpResponse:
    today = zones.wall_of(now(), request.practice.time_zone).date()
    lines = [
        {
            "row": one,
            "state": places.name_of(one.state),
            "phone": phones.shown(one.number),
            "stale": one.is_stale(today),
        }
        for one in EmergencyNumber.objects.visible_to(request.actor)
    ]
    facts = {"lines": lines, "tabs": tabs(request, "emergency")}
    return render(request, "desk/settings/emergency_numbers.html", facts)


@desk("change_settings")
def number_new(request: DeskRequest) -> HttpResponse:
    def save(said: dict[str, Any]) -> None:
        actions.add_emergency_number(practice=request.practice, **said)

    form = EmergencyNumberForm(request.POST or None, initial={"state": request.practice.state})
    note = _("Call it first, or look it up where it is published: today's date is written beside it.")
    return edit(request, form, save, tab="emergency", title=_("New emergency number"), back=BACK, note=note)


@desk("change_settings")
def number_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _number(request, pk)

    def save(said: dict[str, Any]) -> None:
        actions.change_emergency_number(kept=row, **said)

    form = EmergencyNumberForm(request.POST or None, initial=EmergencyNumberForm.facts_of(row))
    return edit(request, form, save, tab="emergency", title=_("Emergency number"), back=BACK)


@require_POST
@desk("change_settings")
def number_verify(request: DeskRequest, pk: UUID) -> HttpResponse:
    """*Works today*: somebody called it, and the right ones answered."""
    actions.verify_emergency_number(kept=_number(request, pk), actor=request.actor, at=now())
    messages.success(request, _("Written down as tried today."))
    return redirect(BACK)


@require_POST
@desk("change_settings")
def number_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    actions.remove_emergency_number(kept=_number(request, pk), actor=request.actor, at=now())
    messages.success(request, _("Removed."))
    return redirect(BACK)


def _number(request: DeskRequest, pk: UUID) -> EmergencyNumber:
    return get_object_or_404(EmergencyNumber.objects.visible_to(request.actor), pk=pk)
