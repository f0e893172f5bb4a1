"""Settings > Staff: what a clinician is licensed for, and where."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.desk.forms.licenses import LicenseForm
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.practices import actions, compacts
from holdspace.practices.models import Clinician, License


@desk("change_staff")
def license_new(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One more license of the clinician who has this membership."""
    known = Clinician.objects.filter(practice=request.practice, membership=pk)
    clinician = get_object_or_404(known)

    def save(said: dict[str, Any]) -> None:
        actions.add_license(clinician=clinician, **said)

    form = LicenseForm(request.POST or None)
    return _edit(request, form, save, _("New license: %(name)s") % {"name": clinician.name}, clinician)


@desk("change_staff")
def license_edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _license(request, pk)

    def save(said: dict[str, Any]) -> None:
        actions.change_license(license=row, **said)

    form = LicenseForm(request.POST or None, initial=LicenseForm.facts_of(row))
    title = _("License: %(name)s") % {"name": row.clinician.name}
    return _edit(request, form, save, title, row.clinician)


@require_POST
@desk("change_staff")
def license_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _license(request, pk)
    actions.remove_license(license=row, actor=request.actor, at=now())
    messages.success(request, _("Removed."))
    return redirect("desk:settings_member", pk=row.clinician.membership_id)


def _license(request: DeskRequest, pk: UUID) -> License:
    return get_object_or_404(License.objects.visible_to(request.actor).select_related("clinician"), pk=pk)


def _edit(
    request: DeskRequest, form: LicenseForm, save: Any, title: str, clinician: Clinician
) -> HttpResponse:
    back = reverse("desk:settings_member", args=[clinician.membership_id])
    return edit(request, form, save, tab="staff", title=title, back=back, note=_compacts())


def _compacts() -> str:
    """What the table of compacts knows, with its date: whoever types a license can judge it."""
    said = {
        "psypact": len(compacts.members(compacts.PSYPACT)),
        "counseling": ", ".join(sorted(compacts.members(compacts.COUNSELING))),
        "day": compacts.as_of().strftime("%m/%d/%Y"),
    }
    return (
        _(
            "As of %(day)s: PSYPACT covers %(psypact)s states and territories. The Counseling Compact gives "
            "privileges in %(counseling)s: add a row for each. The Social Work Compact gives no multistate "
            "license yet: such a license covers its own state."
        )
        % said
    )
