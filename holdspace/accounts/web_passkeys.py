"""The two turns of signing in by passkey, for the desk's door and the portal's; script asks, JSON answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.accounts import passkeys, refusals
from holdspace.accounts.adapter import said_who_they_are_just_now
from holdspace.accounts.models import User
from holdspace.accounts.stages import SecondFactorStage
from holdspace.kit.clock import now
from holdspace.kit.web import wants_json

View = Callable[..., HttpResponse]


def anyone(view: View) -> View:
    """Marks a view that needs no sign-in; it says itself what it needs."""
    view.who_may = ("anyone",)  # type: ignore[attr-defined]
    return view


def can_be_used_at(request: HttpRequest) -> bool:
    """Whether browsers know passkeys at this address: over https, and on this machine's own name."""
    name = request.get_host().rpartition(":")[0] or request.get_host()
    return request.is_secure() or name == "localhost" or name.endswith(".localhost")


def first_who(request: HttpRequest, then: str) -> HttpResponse | None:
    """To saying who they are, and on to `then`; None if they did so within some minutes.

    Who is at an open page may not be whose page it is: before a way in is added or taken away.
    """
    user = request.user
    methods = get_adapter(request).get_reauthentication_methods(user)
    if not isinstance(user, User) or not methods or said_who_they_are_just_now(user):
        return None
    address = f"{methods[0]['url']}?{urlencode({'next': then})}"
    return to(address) if wants_json(request) else HttpResponseRedirect(address)


def who_first(view: View) -> View:
    """Have people say who they are before a page about their ways in, and come back to it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return first_who(request, request.path) or view(request, *args, **kwargs)

    return inner


def own_passkey(request: HttpRequest, pk: int) -> passkeys.Passkey:
    """The person's own passkey; anybody else's isn't there."""
    mine = passkeys.passkey_of(request.user, pk) if isinstance(request.user, User) else None
    if mine is None:
        raise Http404
    return mine


def to(address: str, **facts: Any) -> JsonResponse:
    """Where the script goes on to, or what it needs before."""
    return JsonResponse({"ok": True, "to": address, **facts})


@require_POST
@anyone
def ask(request: HttpRequest) -> HttpResponse:
    """A challenge for whoever comes: the person chooses which passkey, and so who they are."""
    return _options(None)


@require_POST
@anyone
@sensitive_post_parameters("credential")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The answer to it: in, and on to `next`."""
    passkey = passkeys.read_known(_said(request))
    login = Login(user=passkey.user, redirect_url=get_next_redirect_url(request))
    response = perform_passwordless_login(request, passkey, login)
    if request.user == passkey.user:
        passkeys.used(passkey, at=now())
    return to(response["Location"])


def _said(request: HttpRequest) -> str:
    if not ratelimit.consume(request, app="allauth.mfa", action="webauthn_login"):
        raise refusals.TooOften
    return request.POST.get("credential", "")


def _options(user: User | None) -> HttpResponse:
    return to("", options=passkeys.options_for_known(user))


def _waiting(request: HttpRequest) -> LoginStage:
    """Whoever has said their password and not yet more."""
    stage = LoginStageController.enter(request, SecondFactorStage.key)
    if stage is None:
        raise refusals.SignInOver
    return stage


@require_POST
@anyone
def ask_second(request: HttpRequest) -> HttpResponse:
    """A challenge for the passkeys of whoever has said their password."""
    return _options(_waiting(request).login.user)


@require_POST
@anyone
@sensitive_post_parameters("credential")
def second(request: HttpRequest) -> HttpResponse:
    """The passkey beside the password: in."""
    stage = _waiting(request)
    passkey = passkeys.read_known(_said(request), stage.login.user)
    post_authentication(request, passkey)
    response = stage.exit()
    passkeys.used(passkey, at=now())
    return to(response["Location"])


@require_POST
@anyone
def ask_again(request: HttpRequest) -> HttpResponse:
    """A challenge for the passkeys of whoever is signed in."""
    if not isinstance(request.user, User):
        raise refusals.SignInOver
    return _options(request.user)


@require_http_methods(["GET", "POST"])
@anyone
@sensitive_post_parameters("credential")
def again(request: HttpRequest) -> HttpResponse:
    """*Is it you?*, answered by passkey, before something about signing in is changed."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    on = get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL
    if request.method != "POST":
        others = get_adapter(request).get_reauthentication_methods(request.user)
        return render(request, "accounts/passkey_again.html", {"next": on, "others": others})
    passkey = passkeys.read_known(_said(request), request.user)
    post_authentication(request, passkey, reauthenticated=True)
    return to(on)
