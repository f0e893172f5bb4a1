"""Settings > Telehealth: on for whom, how clients come in, whose addresses are hidden, and the test."""

import json
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.desk.forms.settings import TelehealthForm
from holdspace.desk.tabs import tabs
from holdspace.desk.web import DeskRequest, desk, with_devices
from holdspace.kit.actor import NOBODY
from holdspace.kit.clock import now
from holdspace.kit.web import answer
from holdspace.practices import actions
from holdspace.practices.models import Clinician
from holdspace.telehealth.actions.service import record_service_test
from holdspace.telehealth.engines.p2p import ice_servers
from holdspace.telehealth.models import ServiceTest

BACK = "desk:settings_telehealth"
CREDENTIALS = 600  # seconds: a test takes a quarter of a minute
SWITCHES = ("telehealth_enabled", "hide_addresses")


@require_GET
@desk("change_settings", "test_service")
@with_devices
def telehealth(request: DeskRequest) -> HttpResponse:
    return page(request, TelehealthForm(initial=_now_so(request)))


def page(request: DeskRequest, form: TelehealthForm, status: int = 200) -> HttpResponse:
    may = request.actor.may("change_settings")
    clinicians = Clinician.objects.filter(practice=request.practice, active=True)
    facts = {
        "tabs": tabs(request, "telehealth"),
        "form": form,
        "may": may,
        "clinicians": clinicians if may else clinicians.filter(pk=request.actor.clinician_id or NOBODY),
        "enabled": clinicians.filter(telehealth_enabled=True).count(),
        "count": clinicians.count(),
        "last_test": ServiceTest.objects.filter(membership_id=request.actor.membership_id)
        .order_by("-at")
        .first(),
        "service": service(request),
        "relay": bool(settings.TURN_URLS),
    }
    return render(request, "desk/settings/telehealth.html", facts, status=status)


def service(request: DeskRequest) -> dict[str, Any]:
    """What the test needs: whom to send notes to, and the relay as a session would have it."""
    own = Clinician.objects.filter(pk=request.actor.clinician_id or NOBODY, hide_addresses=True).exists()
    servers = ice_servers(int(time.time()) + CREDENTIALS)
    policy = "relay" if request.practice.hide_addresses or own else "all"
    return {"me": str(request.actor.user_id), "iceServers": servers, "policy": policy}


def _now_so(request: DeskRequest) -> dict[str, Any]:
    return {name: getattr(request.practice, name) for name in TelehealthForm.base_fields}


@require_POST
@desk("change_settings")
def telehealth_save(request: DeskRequest) -> HttpResponse:
    form = TelehealthForm(request.POST, initial=_now_so(request))
    if not form.is_valid():
        return page(request, form, status=422)
    actions.change_practice(practice=request.practice, actor=request.actor, at=now(), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(BACK)


@require_POST
@desk("change_settings")
def practice_switch(request: DeskRequest) -> HttpResponse:
    """One switch of the practice, saved at once."""
    facts = switched(request)
    actions.change_practice(practice=request.practice, actor=request.actor, at=now(), **facts)
    return redirect(BACK)


@require_POST
@desk("change_settings", "hold_sessions")
def clinician_switch(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One switch of a clinician: any by the owner, their own addresses by themselves."""
    known = Clinician.objects.filter(practice=request.practice, active=True)
    if not request.actor.may("change_settings"):
        known = known.filter(pk=request.actor.clinician_id or NOBODY)
    clinician = get_object_or_404(known, pk=pk)
    actions.change_clinician(clinician=clinician, actor=request.actor, at=now(), **switched(request))
    return redirect(BACK)


def switched(request: DeskRequest) -> dict[str, bool]:
    """The one switch that was pressed, and what it should be now."""
    return {name: request.POST[name] == "on" for name in SWITCHES if name in request.POST}


@require_POST
@desk("test_service")
def service_tested(request: DeskRequest) -> HttpResponse:
    """The verdict of a test that the page has just made."""
    record_service_test(
        practice=request.practice,
        verdict=request.POST.get("verdict", ""),
        parts=_parts(request.POST.get("parts", "")),
        actor=request.actor,
        at=now(),
    )
    return answer(request, redirect(BACK))


def _parts(said: str) -> dict[str, Any]:
    try:
        parts = json.loads(said)
    except ValueError:
        return {}
    return parts if isinstance(parts, dict) else {}
