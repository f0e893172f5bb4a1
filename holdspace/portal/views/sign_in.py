"""The way into a portal account: the same machinery as the desk's, with a door and words of its own."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_GET, require_POST

from holdspace.accounts.models import User
from holdspace.accounts.web import end
from holdspace.clients.portal import held_by
from holdspace.kit.clock import now
from holdspace.portal import web
from holdspace.practices.queries import only_practice
from holdspace.scheduling.actions.entering import end_visit
from holdspace.scheduling.actions.links import visit_of


class SignIn(LoginView):  # type: ignore[misc]
    template_name = "portal/sign_in.html"
    success_url = reverse_lazy("portal:front")


class Forgot(PasswordResetView):  # type: ignore[misc]
    template_name = "portal/forgot.html"
    success_url = reverse_lazy("portal:forgot_sent")


_sign_in, _forgot = SignIn.as_view(), Forgot.as_view()


@web.public
def front(request: HttpRequest) -> HttpResponse:
    """Signed out: the way in.  Signed in: on to one's own pages, or to the choice whose."""
    if not isinstance(request.user, User):
        return _for_anybody(request, _sign_in)
    held = held_by(request.user.pk, at=now())
    if len(held) == 1:
        return redirect("portal:account", client=held[0].client.pk)
    return render(request, "portal/whose.html", {"held": held})


@web.public
def forgot(request: HttpRequest) -> HttpResponse:
    """A way to a new password, by mail; the answer is the same whoever asks."""
    return _for_anybody(request, _forgot)


@require_GET
@web.public
def forgot_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/forgot_sent.html", {"practice": only_practice()})


def _for_anybody(request: HttpRequest, view: Any) -> HttpResponse:
    # Nobody is known yet: the practice is named only where there is no other.
    request.practice = only_practice()  # type: ignore[attr-defined]
    response: HttpResponse = view(request)
    return response


@require_POST
@web.public
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out of the account, and of the visit that began from it; one that came by a link stays."""
    row = visit_of(request.COOKIES.get(web.COOKIE, ""), at=now())
    if row and isinstance(request.user, User):
        end_visit(visit=row, at=now())
    if isinstance(request.user, User):
        end(request)
    return redirect("portal:front")
