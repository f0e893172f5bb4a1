"""Camera, sound and network, tried at leisure before the day; what came of it is kept with the seat."""

import time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from holdspace.portal import web
from holdspace.telehealth.engines.p2p import CREDENTIALS_LIVE, ice_servers


@require_GET
@web.visit
@web.with_devices
def check(request: web.VisitRequest) -> HttpResponse:
    """The page; its answer goes to `checked`, like the room's own."""
    facts = {
        "seat": request.seat,
        "practice": request.practice,
        "clinician": request.seat.appointment.clinicians.first(),
        "network": _network(),
    }
    return render(request, "portal/check.html", facts)


def _network() -> dict[str, Any]:
    """The relay as a session would have it: a trial call goes through it where there is one."""
    return {"iceServers": ice_servers(int(time.time()) + CREDENTIALS_LIVE)}
