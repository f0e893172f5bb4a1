"""A client's portal accounts: their own and their guardians'; invite, withdraw, close."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients import actions, charts, portal
from holdspace.clients.models import Client, Contact, PortalAccount, PortalInvitation
from holdspace.desk.looks import CLIENT, looked
from holdspace.desk.views.clients import MAY_CHANGE, client_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.messaging.queries import may_text


@require_GET
@desk(*MAY_CHANGE)
def page(request: DeskRequest, pk: UUID) -> HttpResponse:
    client = client_of(request, pk)
    looked(request, CLIENT, client)
    return _page(request, client)


def _page(request: DeskRequest, client: Client, refusal: Refusal | None = None) -> HttpResponse:
    facts = {"client": client, "lines": _lines(request, client), "refusal": refusal}
    return render(request, "desk/client_portal.html", facts, status=409 if refusal else 200)


def _lines(request: DeskRequest, client: Client) -> list[dict[str, Any]]:
    """The client, then who decides for them: what each has, and how each could be invited."""
    people = _people(request, client)
    accounts = portal.accounts_among(request.actor, people)
    invitations = portal.invitations_among(request.actor, people, at=now())
    return [
        {
            "person": person,
            "what": what,
            "account": accounts.get(person.pk),
            "invitation": invitations.get(person.pk),
            "by_email": person.may_email,
            "by_sms": bool(person.email) and may_text(person),
        }
        for person, what in people.items()
    ]


def _people(request: DeskRequest, client: Client) -> dict[Client | Contact, str]:
    """Whose account may show this client's pages, with what they are to the client."""
    people: dict[Client | Contact, str] = {client: _("the client")}
    for tie in charts.guardians(request.actor, client, at=now()):
        tie.contact.practice = client.practice
        people[tie.contact] = tie.relation
    return people


def _person(request: DeskRequest, client: Client) -> Client | Contact:
    """The one of them that the form names; somebody else's is not there."""
    named = request.POST.get("person", "")
    for person in _people(request, client):
        if str(person.pk) == named:
            return person
    raise Http404


@require_POST
@desk(*MAY_CHANGE)
def invite(request: DeskRequest, pk: UUID) -> HttpResponse:
    """By e-mail or text; what is missing for it is said on the page."""
    client = client_of(request, pk)
    channel = "sms" if request.POST.get("channel") == "sms" else "email"
    try:
        actions.invite(person=_person(request, client), channel=channel, actor=request.actor, at=now())
    except Refusal as no:
        return _page(request, client, no)
    messages.success(request, _("The invitation is on its way."))
    return redirect("desk:client_portal", pk=pk)


@require_POST
@desk(*MAY_CHANGE)
def withdraw(request: DeskRequest, pk: UUID) -> HttpResponse:
    person = _person(request, client_of(request, pk))
    known = PortalInvitation.objects.visible_to(request.actor).of(person)
    for invitation in known.filter(used_at=None, ended_at=None)[:1]:
        actions.withdraw_invitation(invitation=invitation, actor=request.actor, at=now())
    messages.success(request, _("The invitation leads nowhere now."))
    return redirect("desk:client_portal", pk=pk)


@require_POST
@desk(*MAY_CHANGE)
def close(request: DeskRequest, pk: UUID) -> HttpResponse:
    person = _person(request, client_of(request, pk))
    known = PortalAccount.objects.visible_to(request.actor).of(person).filter(closed_at=None)
    actions.close_account(account=get_object_or_404(known), actor=request.actor, at=now())
    messages.success(request, _("The account is closed."))
    return redirect("desk:client_portal", pk=pk)
