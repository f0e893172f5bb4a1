"""How somebody is reached, in their own words; the practice is told.  In an account, or by the link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from holdspace.accounts import kept
from holdspace.clients import phones
from holdspace.clients.actions import Reach, reach_of
from holdspace.clients.models import Client, Contact, Wish
from holdspace.consents import deciding
from holdspace.kit.actor import Holder, Visit
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.messaging.queries import is_opted_out
from holdspace.portal import web
from holdspace.portal.forms.account import ALLOWED, AskingForm, DetailsForm
from holdspace.portal.holding import HolderRequest, holder, typed_before, with_form
from holdspace.scheduling.actions.entering import ACCOUNT
from holdspace.scheduling.actions.own_details import Kept, ask_for_somebody, change_details

NOTHING = Reach(phone="", email="", texts=False, email_ok=False, voicemail_ok=False)


@dataclass(frozen=True)
class Whose:
    """Whose details they are, and where that is changed.

    `person` is the client or who decides for them; None for somebody who says so and isn't on the chart.
    `who` is who that somebody says they are, in a visit by the link.
    """

    client: Client
    person: Client | Contact | None
    actor: Holder | Visit
    who: str = ""

    @property
    def on_file(self) -> Reach:
        """What the page may show: to a name that was only said, nothing of it."""
        return reach_of(self.person) if self.person and not self.who else NOTHING

    @property
    def first(self) -> dict[str, Any]:
        """What the form begins with; a visit by the link gets to see no number and no address."""
        reach, by_link = self.on_file, isinstance(self.actor, Visit)
        return {
            "phone": "" if by_link else phones.shown(reach.phone),
            "texts": reach.texts,
            "voicemail_ok": reach.voicemail_ok,
            "email": "" if by_link else reach.email,
            "email_ok": reach.email_ok,
            "time_zone": self.client.time_zone,
        }


@holder
@with_form
def details(request: HolderRequest) -> HttpResponse:
    """GET shows what is on file; POST keeps what was said."""
    whose = Whose(request.client, request.account.person, request.holder)
    back = reverse("portal:account", args=[request.client.pk])
    answer = _answer(request, whose, back, typed_before(request))
    if answer.status_code == 302:
        # Kept where it belongs now: what came back after signing in isn't needed any more.
        kept.forget(request.user.pk)
    return answer


@web.visit
def in_visit(request: web.VisitRequest) -> HttpResponse:
    """The same without an account; whoever came from theirs goes on there."""
    if request.visit_row.identity_how == ACCOUNT:
        return redirect("portal:details", client=request.seat.client_id)
    return _answer(request, _came(request), reverse("portal:visit_details"), {})


def _came(request: web.VisitRequest) -> Whose:
    """The client; or whoever says they decide for them, with the contact of that name on the chart."""
    client, came = request.seat.client, request.visit_row.came
    if came is None or not came.is_guardian:
        return Whose(client, client, request.visit)
    tie = deciding.on_file(came.name, deciding.guardians_of(request.seat))
    return Whose(client, tie.contact if tie else None, request.visit, f"{came.name}, {came.relation}")


def _answer(request: HttpRequest, whose: Whose, back: str, typed: dict[str, str]) -> HttpResponse:
    """The form, or what became of it: then on to `back`."""
    sent = request.POST if request.method == "POST" else None
    on_file = whose.on_file if isinstance(whose.actor, Visit) else None
    asked = AskingForm if whose.who else DetailsForm
    form = asked(sent, zone=whose.client.time_zone, on_file=on_file, initial=whose.first | typed)
    if request.method != "POST":
        return _page(request, whose, form)
    if not form.is_valid():
        return _page(request, whose, form, status=422)
    try:
        became = _keep(whose, form, now())
    except Refusal as refusal:
        return _page(request, whose, form, refusal, status=409)
    messages.success(request, _said(became, whose))
    return redirect(back)


def _keep(whose: Whose, form: DetailsForm, at: datetime) -> Kept:
    client, person, actor, zone = whose.client, whose.person, whose.actor, form.cleaned_data["time_zone"]
    if isinstance(form, AskingForm) and isinstance(actor, Visit):
        contact = person if isinstance(person, Contact) else None
        return ask_for_somebody(
            client=client,
            contact=contact,
            who=whose.who,
            said=form.said,
            time_zone=zone,
            actor=actor,
            at=at,
        )
    return change_details(
        client=client, person=person or client, reach=form.reach, time_zone=zone, actor=actor, at=at
    )


def _said(became: Kept, whose: Whose) -> str:
    if became.waits and whose.who:
        return _("We have been told. What you said about yourself waits until we have asked you about it.")
    if became.waits:
        return _("We have been told. The new number or address waits until we have asked you about it.")
    return _("Kept. We have been told.") if became.changed else _("Nothing was new.")


def _page(
    request: HttpRequest, whose: Whose, form: DetailsForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "client": whose.client,
        "practice": whose.client.practice,
        "is_self": whose.person == whose.client,
        "form": form,
        "refusal": refusal,
        "said_stop": _said_stop(whose),
        **_by_link(whose),
    }
    return render(request, "portal/details.html", facts, status=status)


def _said_stop(whose: Whose) -> bool:
    person, phone = whose.person, whose.on_file.phone
    stopped = isinstance(person, Client) and person.texts_stopped_at is not None
    return stopped or bool(phone and is_opted_out(whose.client.practice_id, phone))


def _by_link(whose: Whose) -> dict[str, Any]:
    """What the visit's page says instead of what is on file, and what this visit asked for."""
    if isinstance(whose.actor, Holder):
        return {}
    on_file = whose.on_file
    asked = Wish.objects.visible_to(whose.actor).first()
    waits = asked.said if asked else {}
    return {
        "by_link": True,
        "may_be_shown": not whose.who,
        "ends_in": phones.ending(on_file.phone),
        "mail_like": _like(on_file.email),
        "waits": asked is not None,
        "asked_allowed": [
            (DetailsForm.base_fields[name].label, waits[name]) for name in ALLOWED if name in waits
        ],
        "asked_ends_in": phones.ending(waits.get("phone", "")),
        "asked_mail_like": _like(waits.get("email", "")),
    }


def _like(email: str) -> str:
    """*r…@example.org*: enough for whoever knows the address."""
    name, _at, where = email.partition("@")
    return f"{name[:1]}…@{where}" if where else ""
