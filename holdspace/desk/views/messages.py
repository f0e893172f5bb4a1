"""What was sent and what became of it; and the trail, for whoever may read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from holdspace.audit import queries as audit
from holdspace.clients.models import Client
from holdspace.desk.ranges import shown_zone
from holdspace.desk.views.delivery import TAGS
from holdspace.desk.web import DeskRequest, desk
from holdspace.desk.words import done
from holdspace.kit.web import wants_fragment
from holdspace.messaging.models import Message
from holdspace.messaging.refusals import WHY

PAGE = 50


@require_GET
@desk("see_clients")
def outbox(request: DeskRequest) -> HttpResponse:
    """Newest first, with each one's present state; only what failed, where asked."""
    page = page_number(request)
    found = Message.objects.visible_to(request.actor).order_by("-queued_at", "-pk")
    only = request.GET.get("only", "")
    if only == "failed":
        found = found.filter(status__in=["failed", "unknown"])
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    facts = {"lines": lines(request, shown[:PAGE]), "page": page, "more": len(shown) > PAGE, "only": only}
    template = "desk/messages.html#outbox" if wants_fragment(request) else "desk/messages.html"
    return render(request, template, facts | {"zone": shown_zone(request)})


def lines(request: DeskRequest, messages: list[Message]) -> list[dict[str, Any]]:
    """Each message with its client's name, where this person may know it."""
    known = Client.objects.visible_to(request.actor).in_bulk({m.client_id for m in messages if m.client_id})
    return [
        {
            "message": m,
            "client": known.get(m.client_id) if m.client_id else None,
            "tag": TAGS[Message.Status(m.status)],
            "why": WHY.get(m.trouble, ""),
        }
        for m in messages
    ]


@require_GET
@desk("read_trail")
def trail_pages(request: DeskRequest) -> HttpResponse:
    page = audit.entries_for(request.practice.pk, page_number(request))
    facts = {
        "page": page,
        "zone": request.practice.time_zone,
        "lines": [(line, done(line.what)) for line in page.lines],
    }
    return render(request, "desk/trail.html", facts)


def page_number(request: DeskRequest) -> int:
    said = request.GET.get("page", "1")
    return max(int(said), 1) if said.isdecimal() and len(said) < 6 else 1
