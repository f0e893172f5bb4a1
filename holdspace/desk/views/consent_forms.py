"""Settings, Consent forms: which there are, their versions, and when each is asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients.languages import LANGUAGES
from holdspace.consents import actions, counts, documents, fields, texts
from holdspace.consents.models import ConsentDraft, ConsentForm, ConsentVersion, FormRule, Purpose
from holdspace.consents.shipped import SHIPPED
from holdspace.desk.forms.consent_forms import FormForm, RulesForm
from holdspace.desk.tabs import tabs
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.scheduling.models import AppointmentType

WHEN = {
    Purpose.TELEHEALTH.value: gettext_lazy("Before meeting by video"),
    Purpose.MINOR.value: gettext_lazy("In its place, for clients under 18 on the day"),
    Purpose.GROUP.value: gettext_lazy("Besides, for appointments of a group"),
}


def form_of(request: DeskRequest, pk: UUID) -> ConsentForm:
    found: ConsentForm = get_object_or_404(ConsentForm.objects.visible_to(request.actor), pk=pk)
    return found


@require_GET
@desk("change_forms")
def index(request: DeskRequest) -> HttpResponse:
    """The three forms, whether in use or not."""
    found = ConsentForm.objects.visible_to(request.actor).prefetch_related("drafts")
    ours = {form.purpose: form for form in found}
    lines = [
        {"purpose": purpose, "form": ours.get(purpose), "title": shipped.title, "when": WHEN[purpose]}
        for purpose, shipped in SHIPPED.items()
    ]
    return _page(request, "consent_forms.html", lines=lines)


@require_POST
@desk("change_forms")
def take_over(request: DeskRequest) -> HttpResponse:
    """Begin with a copy of our text, or ask again with a form that was retired."""
    purpose = request.POST.get("purpose", "")
    if purpose not in SHIPPED:
        return redirect("desk:settings_forms")
    form = actions.take_over(practice=request.practice, purpose=purpose, actor=request.actor, at=now())
    messages.success(request, _("From now on this form is asked."))
    return redirect("desk:settings_form", pk=form.pk)


@require_GET
@desk("change_forms")
def one(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A form with its drafts and its versions."""
    return _one(request, form_of(request, pk))


def _one(request: DeskRequest, form: ConsentForm, refusal: Refusal | None = None) -> HttpResponse:
    found = list(counts.versions(form))
    facts = {
        "form": form,
        "when": WHEN[form.purpose],
        "versions": found,
        "asked_now": counts.current(found),
        "drafts": ConsentDraft.objects.visible_to(request.actor).filter(form=form),
        "languages": LANGUAGES.items(),
        "waiting": counts.concerned(form, at=now()).waiting,
        "may_retire": form.purpose != Purpose.TELEHEALTH and not form.retired_at,
        "refusal": refusal,
    }
    return _page(request, "consent_form.html", status=409 if refusal else 200, **facts)


@desk("change_forms")
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What the form is called, and how long an answer is good."""
    row = form_of(request, pk)
    form = FormForm(request.POST or None, initial={name: getattr(row, name) for name in FormForm.base_fields})

    def save(said: dict[str, Any]) -> None:
        actions.change_form(form=row, **said)

    back = reverse("desk:settings_form", args=[row.pk])
    return edit(request, form, save, tab="forms", title=_("Name and renewal"), back=back)


@require_POST
@desk("change_forms")
def retire(request: DeskRequest, pk: UUID) -> HttpResponse:
    form = form_of(request, pk)
    try:
        actions.retire_form(form=form, actor=request.actor, at=now())
    except Refusal as refusal:
        return _one(request, form, refusal)
    messages.success(request, _("This form is no longer asked."))
    return redirect("desk:settings_form", pk=form.pk)


@require_GET
@desk("change_forms")
def version(request: DeskRequest, pk: UUID, version: UUID) -> HttpResponse:
    """One published text, as it was and stays."""
    return _version(request, _version_of(request, pk, version))


@require_POST
@desk("change_forms")
def retire_version(request: DeskRequest, pk: UUID, version: UUID) -> HttpResponse:
    found = _version_of(request, pk, version)
    try:
        actions.retire_version(version=found, actor=request.actor, at=now())
    except Refusal as refusal:
        return _version(request, found, refusal)
    messages.success(request, _("This version is no longer asked."))
    return redirect("desk:settings_form", pk=pk)


def _version_of(request: DeskRequest, pk: UUID, version: UUID) -> ConsentVersion:
    return get_object_or_404(counts.versions(form_of(request, pk)).select_related("form"), pk=version)


def _version(request: DeskRequest, found: ConsentVersion, refusal: Refusal | None = None) -> HttpResponse:
    facts = {
        "form": found.form,
        "version": found,
        "whole": documents.is_whole(found),
        "retired": getattr(found, "retirement", None),
        "refusal": refusal,
        **texts.page_of(found, fields.sample(request.practice, now())),
    }
    return _page(request, "consent_version.html", status=409 if refusal else 200, **facts)


@desk("change_forms")
def rules(request: DeskRequest) -> HttpResponse:
    """For each type of appointment: what must be accepted, and what may be declined."""
    ours = FormRule.objects.visible_to(request.actor).values_list("form_id", "type_id", "need")
    form = RulesForm(
        request.POST or None,
        types=AppointmentType.objects.filter(practice=request.practice, active=True),
        offered=ConsentForm.objects.visible_to(request.actor).filter(retired_at=None).order_by("-purpose"),
        rules={(one, kind): need for one, kind, need in ours},
    )
    if request.method == "POST" and form.is_valid():
        actions.set_rules(practice=request.practice, rules=form.said, actor=request.actor, at=now())
        messages.success(request, _("Saved."))
        return redirect("desk:settings_forms")
    return _page(request, "consent_rules.html", status=422 if form.errors else 200, form=form)


def _page(request: DeskRequest, template: str, status: int = 200, **facts: Any) -> HttpResponse:
    facts |= {"tabs": tabs(request, "forms"), "zone": request.practice.time_zone}
    return render(request, f"desk/settings/{template}", facts, status=status)
