"""Clients: the list, and one chart with how to reach them, what they agreed to and when they come."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from holdspace.audit import trail
from holdspace.clients import actions, phones, queries
from holdspace.clients.models import Client
from holdspace.consents.models import Consent
from holdspace.desk.forms.clients import ClientForm, EmailForm, PhoneForm
from holdspace.desk.looks import CLIENT, looked
from holdspace.desk.ranges import shown_zone
from holdspace.desk.tiles import CONTACT_ICONS, LOOKS
from holdspace.desk.views.delivery import TAGS
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.messaging.models import Message
from holdspace.scheduling.models import Seat

MOST = 200
SHOWN = 10
MAY_CHANGE = ("book", "change_settings")


@require_GET
@desk("see_clients")
def client_list(request: DeskRequest) -> HttpResponse:
    """Everyone by name, or those whom the words fit."""
    return _list(request, "")


@require_http_methods(["POST"])
@desk("see_clients")
def client_search(request: DeskRequest) -> HttpResponse:
    """The same, for words typed: a name never stands in an address."""
    return _list(request, request.POST.get("q", "")[:80])


def _list(request: DeskRequest, words: str) -> HttpResponse:
    if words:
        found = queries.search(request.actor, words, most=MOST)
    else:
        found = list(
            Client.objects.visible_to(request.actor).order_by("last_name", "first_name", "pk")[:MOST]
        )
    facts = {"clients": found, "q": words, "most": MOST, "may_add": _may_change(request)}
    return render(request, "desk/clients.html", facts)


def _may_change(request: DeskRequest) -> bool:
    return any(request.actor.may(verb) for verb in MAY_CHANGE)


def client_of(request: DeskRequest, pk: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.actor).select_related("practice"), pk=pk)


@require_GET
@desk("see_clients")
def client(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The chart.  Opening it is an entry in the trail."""
    client = client_of(request, pk)
    # Asked again by the open page after a change, it is the same look.
    if wants_fragment(request):
        looked(request, CLIENT, client)
    else:
        trail.record(request.actor, CLIENT, client, at=now())
    return render(request, "desk/client.html", _facts(request, client))


def _facts(request: DeskRequest, client: Client) -> dict[str, Any]:
    at = now()
    seats = Seat.objects.visible_to(request.actor).filter(client=client).select_related("appointment__type")
    seats = seats.prefetch_related("appointment__clinicians")
    consents = Consent.objects.visible_to(request.actor).filter(client=client).select_related("version__form")
    sent = Message.objects.visible_to(request.actor).filter(client_id=client.pk).order_by("-queued_at")
    return {
        "client": client,
        "phone": phones.shown(client.phone) if client.phone else "",
        "zone": shown_zone(request),
        "coming": _rows(
            seats.filter(appointment__ends_at__gte=at).order_by("appointment__starts_at")[:SHOWN]
        ),
        "past": _rows(seats.filter(appointment__ends_at__lt=at).order_by("-appointment__starts_at")[:SHOWN]),
        "consents": consents.defer("document").order_by("-pk").distinct()[:SHOWN],
        "sent": [(message, TAGS[Message.Status(message.status)]) for message in sent[:SHOWN]],
        "may_change": _may_change(request),
        "may_book": request.actor.may("book"),
    }


def _rows(seats: Any) -> list[dict[str, Any]]:
    return [
        {
            "seat": s,
            "icon": CONTACT_ICONS[s.appointment.contact_type],
            "look": LOOKS[s.status][0],
            "tone": LOOKS[s.status][2],
        }
        for s in seats
    ]


@desk(*MAY_CHANGE)
def client_new(request: DeskRequest) -> HttpResponse:
    """A new client; somebody alike on file is shown before a second row is made."""
    form = ClientForm(request.POST or None, initial={"time_zone": request.practice.time_zone})
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, _("New client"))
    alike = queries.alike(request.actor, **form.looked_for)
    if alike and not request.POST.get("anyway"):
        return _form(request, form, _("New client"), alike=alike)
    try:
        added = actions.add(practice=request.practice, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as no:
        return _form(request, form, _("New client"), refusal=no)
    messages.success(request, _("Added."))
    return redirect("desk:client", pk=added.pk)


@desk(*MAY_CHANGE)
def client_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    form = ClientForm(request.POST or None, initial=ClientForm.facts_of(client))
    return _change(
        request, client, form, _("Edit client"), lambda facts: actions.change(client=client, **facts)
    )


@desk(*MAY_CHANGE)
def client_phone(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    form = PhoneForm(
        request.POST or None, initial={"phone": phones.shown(client.phone) if client.phone else ""}
    )

    def save(facts: dict[str, Any]) -> None:
        agreed_by = {"client": "client", "staff": request.actor.name}.get(facts.pop("agreed"), "")
        actions.add_phone(client=client, raw=facts.pop("phone"), agreed_by=agreed_by, **facts)

    return _change(request, client, form, _("Phone number"), save)


@desk(*MAY_CHANGE)
def client_email(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    form = EmailForm(request.POST or None, initial={"email": client.email})

    def save(facts: dict[str, Any]) -> None:
        actions.add_email(client=client, raw=facts.pop("email"), **facts)

    return _change(request, client, form, _("E-mail address"), save)


def _change(
    request: DeskRequest, client: Client, form: Any, title: str, save: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    """The shape of all three: show, or save and go back; a refusal stands on the form itself."""
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, title, client=client)
    try:
        save({**form.cleaned_data, "actor": request.actor, "at": now()})
    except Refusal as no:
        return _form(request, form, title, client=client, refusal=no)
    messages.success(request, _("Saved."))
    return redirect("desk:client", pk=client.pk)


def _form(request: DeskRequest, form: Any, title: str, **facts: Any) -> HttpResponse:
    wrong = bool(facts.get("refusal") or facts.get("alike"))
    status = 409 if wrong else 422 if form.is_bound and form.errors else 200
    return render(request, "desk/client_form.html", {"form": form, "title": title, **facts}, status=status)
