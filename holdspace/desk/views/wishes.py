"""What a client asked for by their link, about how they are reached: taken over, or left as it is."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.clients import actions
from holdspace.clients.models import Wish
from holdspace.desk.views.charts import chart
from holdspace.desk.views.clients import MAY_CHANGE, client_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal


@require_POST
@desk(*MAY_CHANGE)
def take(request: DeskRequest, pk: UUID, wish: UUID) -> HttpResponse:
    """Somebody here has asked them, and it is right."""
    return _decide(request, pk, wish, actions.take_wish, _("Saved. From now on they are reached like that."))


@require_POST
@desk(*MAY_CHANGE)
def drop(request: DeskRequest, pk: UUID, wish: UUID) -> HttpResponse:
    """It wasn't them, or it is done by hand."""
    return _decide(request, pk, wish, actions.drop_wish, _("Everything stays as it was."))


def _decide(
    request: DeskRequest, pk: UUID, wish: UUID, action: Callable[..., None], said: str
) -> HttpResponse:
    client = client_of(request, pk)
    asked = get_object_or_404(Wish.objects.visible_to(request.actor), client=client, pk=wish)
    try:
        action(wish=asked, actor=request.actor, at=now())
    except Refusal as refusal:
        return chart(request, client, refusal)
    messages.success(request, said)
    return redirect("desk:client", pk=pk)
