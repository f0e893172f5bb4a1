"""Settings > Staff: who works here and as what; inviting somebody."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from holdspace.desk.forms.settings import ChangeMemberForm, InviteForm
from holdspace.desk.tabs import tabs
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices import actions, licenses, places
from holdspace.practices.models import Clinician, Membership
from holdspace.practices.roles import NAMES


@require_GET
@desk("change_staff")
def staff_list(request: DeskRequest) -> HttpResponse:
    found = (
        Membership.objects.visible_to(request.actor).select_related("user").order_by("-active", "user__name")
    )
    lines = [(one, [NAMES.get(role, role) for role in one.roles]) for one in found]
    return render(request, "desk/settings/staff.html", {"lines": lines, "tabs": tabs(request, "staff")})


@desk("change_staff")
def staff_new(request: DeskRequest) -> HttpResponse:
    """Invite; the way to a password is shown once, to be handed over."""
    form = InviteForm(request.POST or None)
    facts: dict[str, Any] = {
        "form": form,
        "title": _("Invite someone"),
        "tabs": tabs(request, "staff"),
        "back": "desk:settings_staff",
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/settings/form.html", facts, status=422 if form.is_bound else 200)
    said = {name: form.cleaned_data[name] for name in ("name", "email", "roles")}
    try:
        _member, path = actions.invite(practice=request.practice, actor=request.actor, at=now(), **said)
    except Refusal as no:
        return render(request, "desk/settings/form.html", facts | {"refusal": no}, status=409)
    link = f"{settings.PUBLIC_URL}{path}" if path else ""
    return render(
        request, "desk/settings/invited.html", {"name": said["name"], "link": link, "tabs": facts["tabs"]}
    )


@desk("change_staff")
def staff_member(request: DeskRequest, pk: UUID) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.visible_to(request.actor).select_related("user", "practice"), pk=pk
    )
    now_so = {"roles": membership.roles, "active": membership.active}
    form = ChangeMemberForm(request.POST or None, initial=now_so)

    def save(said: dict[str, Any]) -> None:
        actions.change_member(membership=membership, **said)

    return edit(
        request,
        form,
        save,
        tab="staff",
        title=membership.user.name,
        back="desk:settings_staff",
        template="desk/settings/member.html",
        **_licenses(membership),
    )


def _licenses(membership: Membership) -> dict[str, Any]:
    """What they are licensed for, if they are a clinician; how each stands today."""
    clinician = Clinician.objects.filter(membership=membership).first()
    if clinician is None:
        return {"clinician": None}
    today = zones.wall_of(now(), clinician.time_zone).date()
    lines = [
        {"row": one, "state": places.name_of(one.state), "standing": licenses.standing_of(one, today)}
        for one in clinician.licenses.all()
    ]
    return {"clinician": clinician, "licenses": lines}
