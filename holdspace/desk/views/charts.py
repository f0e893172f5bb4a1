"""A client's chart: who they are, how and through whom to reach them, what they agreed to, when they come."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from holdspace.clients import charts, phones
from holdspace.clients.languages import language_label
from holdspace.clients.models import Client, Wish
from holdspace.consents.models import Consent
from holdspace.desk.looks import CLIENT, looked
from holdspace.desk.ranges import shown_zone
from holdspace.desk.tiles import CONTACT_ICONS, LOOKS
from holdspace.desk.views.clients import client_of, may_change
from holdspace.desk.views.delivery import TAGS
from holdspace.desk.views.messages import page_number
from holdspace.desk.views.start import STARTERS
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.messaging.models import Message
from holdspace.scheduling.models import Seat
from holdspace.telehealth.models import Session

SHOWN, PAGE = 5, 25


@require_GET
@desk("see_clients")
def client(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The chart.  Reading it is an entry in the trail, once an hour."""
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    return chart(request, client)


def chart(request: DeskRequest, client: Client, refusal: Refusal | None = None) -> HttpResponse:
    """The page itself, also after something on it was refused."""
    facts = _who(request, client) | _comings(request, client) | _records(request, client)
    status = 409 if refusal else 200
    return render(request, "desk/client.html", facts | {"refusal": refusal}, status=status)


@require_GET
@desk("see_clients")
def client_appointments(request: DeskRequest, pk: UUID) -> HttpResponse:
    """All of the client's appointments that this person may know, the newest first, a page at a time."""
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    found = _seats(request, client).order_by("-appointment__starts_at", "-pk")
    return _paged(request, client, "desk/client_appointments.html", found, seat_lines)


@require_GET
@desk("see_clients")
def client_sessions(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The client's sessions, for those who were, or are to be, in them."""
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    found = _sessions(request, client)
    return _paged(request, client, "desk/client_sessions.html", found, list)


@require_GET
@desk("see_clients")
def client_consents(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Everything the client was asked, and what they said, the newest first."""
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    papers = {"may_read_papers": _may_read_papers(request)}
    return _paged(request, client, "desk/client_consents.html", _consents(request, client), list, papers)


def _paged(
    request: DeskRequest,
    client: Client,
    template: str,
    found: QuerySet[Any],
    lines: Any,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    page = page_number(request)
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    facts = {"client": client, "zone": shown_zone(request), "number": page, "has_next": len(rows) > PAGE}
    return render(request, template, facts | {"rows": lines(rows[:PAGE])} | (more or {}))


def _who(request: DeskRequest, client: Client) -> dict[str, Any]:
    """Identity, and the places and people on the chart."""
    at = now()
    ties = charts.ties_of(request.actor, client)
    people = [{"tie": tie, "acts": tie.acts(at), "phone": phones.shown(tie.contact.phone)} for tie in ties]
    minor = client.is_minor(at)
    return {
        "client": client,
        "phone": phones.shown(client.phone),
        "language": language_label(client.language),
        "is_minor": minor,
        "needs_guardian": minor and not any(one["acts"] for one in people),
        "addresses": charts.addresses_of(request.actor, client),
        "people": people,
        "wishes": _wishes(request, client),
        "may_change": may_change(request),
        "may_book": request.actor.may("book"),
    }


def _wishes(request: DeskRequest, client: Client) -> list[dict[str, Any]]:
    """What was asked for by the link, in words; and whose, if that somebody is on the chart."""
    found = Wish.objects.visible_to(request.actor).filter(client=client).select_related("client", "contact")
    return [
        {"wish": wish, "said": wish.said, "phone": phones.shown(wish.said.get("phone", ""))} for wish in found
    ]


def _comings(request: DeskRequest, client: Client) -> dict[str, Any]:
    seats, at = _seats(request, client), now()
    coming = seats.filter(appointment__ends_at__gte=at).order_by("appointment__starts_at", "pk")[:SHOWN]
    past = seats.filter(appointment__ends_at__lt=at).order_by("-appointment__starts_at", "-pk")[: SHOWN + 1]
    return {
        "zone": shown_zone(request),
        "coming": seat_lines(coming),
        "past": seat_lines(past)[:SHOWN],
        "may_see_sessions": request.actor.may("hold_sessions"),
        "sessions": _sessions(request, client)[:SHOWN],
    }


def _records(request: DeskRequest, client: Client) -> dict[str, Any]:
    sent = Message.objects.visible_to(request.actor).filter(client_id=client.pk).order_by("-queued_at", "-pk")
    return {
        "consents": _consents(request, client)[:SHOWN],
        "may_read_papers": _may_read_papers(request),
        "sent": [(message, TAGS[Message.Status(message.status)]) for message in sent[:SHOWN]],
    }


def _consents(request: DeskRequest, client: Client) -> QuerySet[Consent]:
    theirs = Consent.objects.visible_to(request.actor).filter(client=client).select_related("version__form")
    return theirs.defer("document").order_by("-pk").distinct()


def _may_read_papers(request: DeskRequest) -> bool:
    return any(request.actor.may(verb) for verb in STARTERS)


def _seats(request: DeskRequest, client: Client) -> QuerySet[Seat]:
    seats = Seat.objects.visible_to(request.actor).filter(client=client)
    return seats.select_related("appointment__type").prefetch_related("appointment__clinicians")


def _sessions(request: DeskRequest, client: Client) -> QuerySet[Session]:
    theirs = Session.objects.visible_to(request.actor).filter(appointment__seats__client=client)
    return theirs.select_related("appointment__type").order_by("-opened_at", "-pk")


def seat_lines(seats: Any) -> list[dict[str, Any]]:
    """What a line about an appointment shows: how it is held and what became of it, by icon too."""
    return [
        {
            "seat": seat,
            "icon": CONTACT_ICONS[seat.appointment.contact_type],
            "look": LOOKS[seat.status][0],
            "tone": LOOKS[seat.status][2],
        }
        for seat in seats
    ]
