"""The places and people on a chart: a page each to add, correct and take off, without script too."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.clients import actions, charts
from holdspace.clients.models import Address, Client, Contact, Tie
from holdspace.desk.forms.charts import AddressForm, ContactForm
from holdspace.desk.looks import CLIENT, looked
from holdspace.desk.views.clients import MAY_CHANGE, change, client_of, form_page
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal


def _client(request: DeskRequest, pk: UUID) -> Client:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    return client


def _address(request: DeskRequest, client: Client, pk: UUID) -> Address:
    found = Address.objects.visible_to(request.actor).select_related("client")
    return get_object_or_404(found, client=client, pk=pk)


def _tie(request: DeskRequest, client: Client, pk: UUID) -> Tie:
    found = Tie.objects.visible_to(request.actor).select_related("client", "contact")
    return get_object_or_404(found, client=client, pk=pk)


@desk(*MAY_CHANGE)
def address_new(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = _client(request, pk)
    form = AddressForm(request.POST or None, initial={"label": _("Home"), "state": client.state})
    return change(
        request, client, form, _("New address"), lambda facts: actions.add_address(client=client, **facts)
    )


@desk(*MAY_CHANGE)
def address_edit(request: DeskRequest, pk: UUID, place: UUID) -> HttpResponse:
    client = _client(request, pk)
    row = _address(request, client, place)
    form = AddressForm(request.POST or None, initial=AddressForm.facts_of(row))

    def save(facts: dict[str, Any]) -> None:
        actions.change_address(address=row, **facts)

    return change(request, client, form, _("Address"), save, address=row)


@require_POST
@desk(*MAY_CHANGE)
def address_remove(request: DeskRequest, pk: UUID, place: UUID) -> HttpResponse:
    row = _address(request, _client(request, pk), place)
    actions.remove_address(address=row, actor=request.actor, at=now())
    return _gone(request, pk)


@desk(*MAY_CHANGE)
def contact_new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody new, or, where number or address are on file already, the one who has them."""
    client = _client(request, pk)
    first = {"emergency": True, "email_ok": True, "language": client.language}
    form = ContactForm(request.POST or None, initial=first)
    title = _("Somebody to reach")
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, title, client=client)
    said = form.cleaned_data
    known = charts.contacts_alike(request.actor, phone=said["phone"], email=said["email"])
    same = next((one for one in known if str(one.pk) == request.POST.get("same")), None)
    if known and not same and not request.POST.get("anyway"):
        return form_page(request, form, title, client=client, known=known)
    try:
        _put(request, client, form, same)
    except Refusal as no:
        return form_page(request, form, title, client=client, refusal=no)
    messages.success(request, _("Saved."))
    return redirect("desk:client", pk=client.pk)


def _put(request: DeskRequest, client: Client, form: ContactForm, same: Contact | None) -> Tie:
    who: dict[str, Any] = {"client": client, "role": form.role, "actor": request.actor, "at": now()}
    if same:
        return actions.tie_contact(contact=same, **who)
    return actions.add_contact(person=form.person(request.actor.name), **who)


@desk(*MAY_CHANGE)
def contact_edit(request: DeskRequest, pk: UUID, tie: UUID) -> HttpResponse:
    client = _client(request, pk)
    row = _tie(request, client, tie)
    form = ContactForm(request.POST or None, initial=ContactForm.facts_of(row))

    def save(facts: dict[str, Any]) -> None:
        who = {"actor": facts["actor"], "at": facts["at"]}
        actions.change_contact(tie=row, person=form.person(request.actor.name), role=form.role, **who)

    others = row.contact.ties.count() - 1
    return change(request, client, form, _("Somebody to reach"), save, tie=row, others=others)


@require_POST
@desk(*MAY_CHANGE)
def contact_remove(request: DeskRequest, pk: UUID, tie: UUID) -> HttpResponse:
    row = _tie(request, _client(request, pk), tie)
    actions.remove_contact(tie=row, actor=request.actor, at=now())
    return _gone(request, pk)


def _gone(request: DeskRequest, pk: UUID) -> HttpResponse:
    messages.success(request, _("Removed."))
    return redirect("desk:client", pk=pk)
