"""The bell: its list, its way to the thing itself, and the pulse that every page asks for."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from holdspace.desk import bells
from holdspace.desk.board import says_someone_waits, waiting_now
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Bell

MOST = 100
FRESH = timedelta(hours=1)
SHOW_IT_THEMSELVES = ("/today", "/sessions/")


@require_GET
@desk()
def bell_list(request: DeskRequest) -> HttpResponse:
    rung = Bell.objects.visible_to(request.actor).order_by("-at")[:MOST]
    return render(request, "desk/bells.html", {"lines": bells.lines(request.actor, rung)})


@require_POST
@desk()
def bell_open(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Read, and on to what it is about."""
    bell = get_object_or_404(Bell.objects.visible_to(request.actor), pk=pk)
    messages.read_bell(bell, request.actor, now())
    return redirect(bells.address(request.actor, bell))


@require_POST
@desk()
def bells_read(request: DeskRequest) -> HttpResponse:
    messages.read_all_bells(request.actor, now())
    return redirect("desk:bells")


@require_GET
@desk()
def pulse(request: DeskRequest) -> HttpResponse:
    """What is new: the counts, who waits (without a name), the newest unread bell."""
    return render(request, "desk/pulse.html", news(request))


def news(request: DeskRequest) -> dict[str, Any]:
    unread = Bell.objects.visible_to(request.actor).filter(read_at=None)
    fresh = unread.filter(at__gte=now() - FRESH).exclude(kind="waiting").order_by("-at")[:1]
    waiting = waiting_now(request.actor)
    return {
        "bells": unread.count(),
        "bell": next(iter(bells.lines(request.actor, fresh)), None),
        "waiting": waiting,
        "others": len(waiting) - 1,
        # The board and the room show who waits themselves.
        "quiet_page": urlsplit(request.headers.get("HX-Current-URL", "")).path.startswith(SHOW_IT_THEMSELVES),
        "says": says_someone_waits(waiting[0]) if waiting else "",
    }
