"""Settings of the practice: itself, its appointment types, its sites."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from holdspace.desk.forms.settings import PracticeForm, SiteForm, TypeForm
from holdspace.desk.tabs import tabs
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices import actions
from holdspace.practices.models import Site
from holdspace.scheduling.actions import types
from holdspace.scheduling.models import AppointmentType


@require_GET
@desk("change_settings", "change_forms", "change_staff", "test_service", "change_own_availability")
def index(request: DeskRequest) -> HttpResponse:
    """The first page of Settings that this person may see."""
    return redirect(tabs(request)[0]["url"])


@desk("change_settings")
def practice(request: DeskRequest) -> HttpResponse:
    """What the practice is called, where it is, and how its calendar looks."""
    now_so = {name: getattr(request.practice, name) for name in PracticeForm.base_fields}
    form = PracticeForm(request.POST or None, initial=now_so)

    def save(said: dict[str, Any]) -> None:
        actions.change_practice(practice=request.practice, **said)

    return edit(request, form, save, tab="practice", title=_("Practice"), back="desk:settings_practice")


@require_GET
@desk("change_settings")
def type_list(request: DeskRequest) -> HttpResponse:
    found = AppointmentType.objects.filter(practice=request.practice)
    facts = {"types": found, "tabs": tabs(request, "types")}
    return render(request, "desk/settings/types.html", facts)


@desk("change_settings")
def type_new(request: DeskRequest) -> HttpResponse:
    form = TypeForm(
        request.POST or None, initial={"minutes": 50, "hue": 1, "contact_types": ["in_person", "telehealth"]}
    )

    def save(said: dict[str, Any]) -> None:
        types.add_type(practice=request.practice, **said)

    return edit(request, form, save, tab="types", title=_("New appointment type"), back="desk:settings_types")


@desk("change_settings")
def type_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(AppointmentType.objects.filter(practice=request.practice), pk=pk)
    form = TypeForm(request.POST or None, initial={name: getattr(row, name) for name in TypeForm.base_fields})

    def save(said: dict[str, Any]) -> None:
        types.change_type(type=row, **said)

    return edit(
        request, form, save, tab="types", title=_("Edit appointment type"), back="desk:settings_types"
    )


@require_GET
@desk("change_settings")
def site_list(request: DeskRequest) -> HttpResponse:
    found = Site.objects.visible_to(request.actor).order_by("name")
    return render(request, "desk/settings/sites.html", {"sites": found, "tabs": tabs(request, "sites")})


@desk("change_settings")
def site_new(request: DeskRequest) -> HttpResponse:
    def save(said: dict[str, Any]) -> None:
        actions.add_site(practice=request.practice, **said)

    form = SiteForm(request.POST or None)
    return edit(request, form, save, tab="sites", title=_("New site"), back="desk:settings_sites")


@desk("change_settings")
def site_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Site.objects.visible_to(request.actor), pk=pk)
    form = SiteForm(request.POST or None, initial={name: getattr(row, name) for name in SiteForm.base_fields})

    def save(said: dict[str, Any]) -> None:
        actions.change_site(site=row, **said)

    return edit(request, form, save, tab="sites", title=_("Edit site"), back="desk:settings_sites")


def edit(
    request: DeskRequest,
    form: Any,
    save: Callable[[dict[str, Any]], None],
    *,
    tab: str,
    title: str,
    back: str,
    note: str = "",
    template: str = "desk/settings/form.html",
    **more: Any,
) -> HttpResponse:
    """The shape of every form in Settings: show it, or save and go back; a refusal stands on the form."""
    facts: dict[str, Any] = {
        "form": form,
        "title": title,
        "tabs": tabs(request, tab),
        # An address, or the name of one.
        "back": resolve_url(back),
        "note": note,
        "refusal": None,
        **more,
    }
    if request.method != "POST":
        return render(request, template, facts)
    if not form.is_valid():
        return render(request, template, facts, status=422)
    try:
        save({**form.cleaned_data, "actor": request.actor, "at": now()})
    except Refusal as no:
        return render(request, template, facts | {"refusal": no}, status=409)
    messages.success(request, _("Saved."))
    return redirect(back)
