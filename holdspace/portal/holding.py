"""What every page of a portal account has: who is signed in, whose pages these are, and who may.

The account is apart from a link's visit: a visit is for one seat and needs no password, an account is
for everything of one client and sees no session by itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from holdspace.accounts import kept
from holdspace.accounts.models import User
from holdspace.accounts.queries import WAS
from holdspace.clients.models import Client, PortalAccount
from holdspace.clients.portal import Held, held_by
from holdspace.kit.actor import Holder
from holdspace.kit.clock import now
from holdspace.portal.web import quiet
from holdspace.practices.models import Practice

# A page that nobody looks at any more asks again when the sign-in is over, and so shows nothing.
# Not one that is typed into: what stands there would be lost.
A_MOMENT = 5


class HolderRequest(HttpRequest):
    """A request by somebody signed in, about one client they hold: `@holder` has seen to it."""

    user: User
    holder: Holder
    client: Client
    account: PortalAccount
    practice: Practice
    held: list[Held]


def with_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose form comes back filled if the sign-in ended while it was typed."""
    view.shows_form = True  # type: ignore[attr-defined]
    return view


def holder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one client, for whoever signed in and holds them; for anybody else it isn't there."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, client: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return to_sign_in(request, comes_back=getattr(view, "shows_form", False))
        known = cast(HolderRequest, request)
        known.held = held_by(known.user.pk, at=now())
        mine = next((one for one in known.held if one.client.pk == client), None)
        if mine is None:
            raise Http404
        known.client, known.account, known.holder = mine.client, mine.account, mine.as_actor()
        known.practice = mine.account.practice
        response = quiet(view(known, *args, **kwargs))
        return response if getattr(view, "shows_form", False) else _soon_over(response)

    inner.who_may = (OWN_ACCOUNT,)  # type: ignore[attr-defined]
    return inner


OWN_ACCOUNT = "the client's own account"


def to_sign_in(request: HttpRequest, *, comes_back: bool) -> HttpResponse:
    """To the way in, and back here after; what was typed is kept for its sender alone."""
    was = request.session.get(WAS)
    if request.method == "POST" and comes_back and was:
        kept.keep(UUID(was), request)
    back = request.method == "GET" or comes_back
    front = reverse("portal:front")
    return redirect(f"{front}?{urlencode({'next': request.path})}" if back else front)


def typed_before(request: HolderRequest) -> dict[str, str]:
    """What this person sent to this very page after their sign-in had ended."""
    form = kept.look(request.user.pk)
    return dict(form.fields) if form and form.path == request.path else {}


def _soon_over(response: HttpResponse) -> HttpResponse:
    if response.status_code == 200:
        response["Refresh"] = str(settings.IDLE_MINUTES * 60 + A_MOMENT)
    return response
