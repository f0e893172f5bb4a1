"""How somebody is reached, in their own words; the practice is told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdspace.accounts import kept
from holdspace.clients import phones
from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.messaging.queries import is_opted_out
from holdspace.portal.forms.account import DetailsForm
from holdspace.portal.holding import HolderRequest, holder, typed_before, with_form
from holdspace.scheduling.actions.own_details import change_details


@holder
@with_form
def details(request: HolderRequest) -> HttpResponse:
    """GET shows what is on file; POST keeps what was said."""
    zone = request.client.time_zone
    if request.method != "POST":
        return _page(request, DetailsForm(zone=zone, initial=_on_file(request) | typed_before(request)))
    form = DetailsForm(request.POST, zone=zone)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        changed = _keep(request, form)
    except Refusal as refusal:
        return _page(request, form, refusal, status=409)
    kept.forget(request.user.pk)
    messages.success(request, _("Kept. We have been told.") if changed else _("Nothing was new."))
    return redirect("portal:account", client=request.client.pk)


def _keep(request: HolderRequest, form: DetailsForm) -> bool:
    return change_details(
        client=request.client,
        person=request.account.person,
        reach=form.reach,
        time_zone=form.cleaned_data["time_zone"],
        actor=request.holder,
        at=now(),
    )


def _on_file(request: HolderRequest) -> dict[str, Any]:
    person = request.account.person
    return {
        "phone": phones.shown(person.phone),
        "texts": person.texts_agreed_at is not None,
        "voicemail_ok": person.voicemail_ok,
        "email": person.email,
        "email_ok": person.email_ok,
        "time_zone": request.client.time_zone,
    }


def _page(
    request: HolderRequest, form: DetailsForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    person = request.account.person
    stopped = isinstance(person, Client) and person.texts_stopped_at is not None
    facts = {
        "client": request.client,
        "person": person,
        "is_self": request.account.client_id is not None,
        "form": form,
        "refusal": refusal,
        "said_stop": stopped or bool(person.phone and is_opted_out(person.practice_id, person.phone)),
    }
    return render(request, "portal/details.html", facts, status=status)
