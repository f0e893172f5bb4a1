"""Guests of a session that is open: inviting somebody, and taking it back."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.desk.forms.guests import GuestForm
from holdspace.desk.views.sessions import session_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.web import answer, wants_json
from holdspace.telehealth import actions
from holdspace.telehealth.models import Invitation


@desk("hold_sessions")
def invite(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A link for one more person; it is shown in the answer, and never again."""
    session = session_of(request, pk)
    form = GuestForm(request.POST or None)
    if form.is_valid():
        made, link = actions.invite(session=session, actor=request.actor, at=now(), **form.cleaned_data)
        facts = {"session": session, "invitation": made, "link": link}
        return answer(request, render(request, "desk/guest.html", facts), link=link, name=made.name)
    if wants_json(request):
        sentence = _("Write what they are called, up to 80 letters.")
        return JsonResponse({"ok": False, "sentence": sentence}, status=409)
    return render(request, "desk/guest.html", {"session": session, "form": form})


@require_POST
@desk("hold_sessions")
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The link is worthless from now on, and whoever came by it is out."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    actions.take_back(invitation=invitation, actor=request.actor, at=now())
    return answer(request, redirect("desk:room", pk=invitation.session_id))
