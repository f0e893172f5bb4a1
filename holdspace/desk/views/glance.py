"""Finding a client from any page: who they are and when they come next, at a glance."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from holdspace.clients import queries as clients
from holdspace.clients.models import Client
from holdspace.desk.ranges import shown_zone
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from holdspace.scheduling.models.seats import NOT_HELD


@require_POST
@desk("see_clients")
def glance(request: DeskRequest) -> HttpResponse:
    """Those whom the words fit.  A post, so that no name stands in an address."""
    said = request.POST.get("q", "")[:80]
    found = clients.search(request.actor, said)
    coming = _next_of(request, found, now())
    facts: dict[str, Any] = {"said": said.strip(), "zone": shown_zone(request)}
    facts["found"] = [{"client": client, "next": coming.get(client.pk)} for client in found]
    return render(request, "desk/parts/finder_found.html", facts)


def _next_of(request: DeskRequest, found: Sequence[Client], at: datetime) -> dict[Any, Seat]:
    """Each one's next appointment, or the one that is going on; two queries however many they are."""
    seats = Seat.objects.visible_to(request.actor).filter(client__in=found, appointment__ends_at__gt=at)
    seats = seats.exclude(status__in=[*NOT_HELD, "requested"]).select_related("appointment")
    latest_first = seats.prefetch_related("appointment__clinicians").order_by("-appointment__starts_at")
    return {seat.client_id: seat for seat in latest_first}
