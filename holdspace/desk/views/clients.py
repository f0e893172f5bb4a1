"""Clients: the list, a new one, and the forms about who they are and how to reach them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from holdspace.clients import actions, phones, queries
from holdspace.clients.models import Client
from holdspace.desk.forms.clients import AllowForm, ClientForm, EmailForm, PhoneForm
from holdspace.desk.looks import CLIENT, looked
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal

# Of everybody, and of those whom the words fit: more words find whoever isn't among them.
MOST, MOST_FOUND = 200, 25
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
        found, most = queries.search(request.actor, words, most=MOST_FOUND), MOST_FOUND
    else:
        everybody = Client.objects.visible_to(request.actor).order_by("last_name", "first_name", "pk")
        found, most = list(everybody[:MOST]), MOST
    facts = {"clients": found, "q": words, "most": most, "may_add": may_change(request)}
    return render(request, "desk/clients.html", facts)


def may_change(request: DeskRequest) -> bool:
    return any(request.actor.may(verb) for verb in MAY_CHANGE)


def client_of(request: DeskRequest, pk: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.actor).select_related("practice"), pk=pk)


@desk(*MAY_CHANGE)
def client_new(request: DeskRequest) -> HttpResponse:
    """A new client; somebody alike on file is shown before a second row is made."""
    form = ClientForm(request.POST or None, initial={"time_zone": request.practice.time_zone})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, _("New client"))
    alike = queries.alike(request.actor, **form.looked_for)
    if alike and not request.POST.get("anyway"):
        return form_page(request, form, _("New client"), alike=alike)
    try:
        added = actions.add(practice=request.practice, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as no:
        return form_page(request, form, _("New client"), refusal=no)
    messages.success(request, _("Added."))
    return redirect("desk:client", pk=added.pk)


@desk(*MAY_CHANGE)
def client_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    form = ClientForm(request.POST or None, initial=ClientForm.facts_of(client))
    return change(
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

    return change(request, client, form, _("Phone number"), save)


@desk(*MAY_CHANGE)
def client_email(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    form = EmailForm(request.POST or None, initial={"email": client.email})

    def save(facts: dict[str, Any]) -> None:
        actions.add_email(client=client, raw=facts.pop("email"), **facts)

    return change(request, client, form, _("E-mail address"), save)


@desk(*MAY_CHANGE)
def client_allow(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    first = {"texts": client.texts_agreed_at is not None}
    first |= {"voicemail_ok": client.voicemail_ok, "email_ok": client.email_ok}
    form = AllowForm(request.POST or None, initial=first)

    def save(facts: dict[str, Any]) -> None:
        agreed_by = "client" if facts.pop("agreed") == "client" else request.actor.name
        actions.allow(client=client, agreed_by=agreed_by, **facts)

    return change(request, client, form, _("What the client allows"), save)


def change(
    request: DeskRequest,
    client: Client,
    form: Any,
    title: str,
    save: Callable[[dict[str, Any]], object],
    **shown: Any,
) -> HttpResponse:
    """The shape of all of them: show, or save and go back; a refusal stands on the form itself."""
    shown["client"] = client
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, title, **shown)
    try:
        save({**form.cleaned_data, "actor": request.actor, "at": now()})
    except Refusal as no:
        return form_page(request, form, title, refusal=no, **shown)
    messages.success(request, _("Saved."))
    return redirect("desk:client", pk=client.pk)


def form_page(request: DeskRequest, form: Any, title: str, **facts: Any) -> HttpResponse:
    wrong = any(facts.get(name) for name in ("refusal", "alike", "known"))
    status = 409 if wrong else 422 if form.is_bound and form.errors else 200
    return render(request, "desk/client_form.html", {"form": form, "title": title, **facts}, status=status)
