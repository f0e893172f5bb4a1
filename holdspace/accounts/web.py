"""Idle log-off: after some quiet minutes the sign-in ends; pings and polls are not activity.

What somebody sends after it comes back filled once they have signed in again (`kept.py`).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from holdspace.accounts import kept
from holdspace.accounts.models import User
from holdspace.accounts.queries import SEEN, WAS, is_awake
from holdspace.kit.clock import now
from holdspace.kit.web import wants_fragment, wants_json
from holdspace.live import bus

POLL = "X-Holdspace-Poll"
SIGNED_OUT = "X-Holdspace-Signed-Out"
# A sign of life is written this often and no oftener: not every request costs a write.
SECONDS = 30
KEPT_URL = "/kept"


class IdleMiddleware:
    """Ends a sign-in that nobody has used, and keeps what is sent after."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not is_awake(request.session, at=now()):
            end(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _touch(request)
            return response
        return _said_to_scripts(request, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Here, after the check against forgery, and not before: nobody else may leave a form behind.
        if request.user.is_authenticated:
            # A view that takes its form as a stream reads it itself, and first.
            if not getattr(view, "streams", False):
                _forget_sent(request)
            return None
        was = request.session.get(WAS)
        if request.method != "POST" or not was or not getattr(view, "signed_in_only", False):
            return None
        if not wants_json(request):
            kept.keep(UUID(was), request)
        return _to_sign_in(request, KEPT_URL)


def tell_open_pages(user: User | None, **said: Any) -> None:
    """A sign-in ended, by hand or for want of use: the sockets that lived by it are closed soon."""
    if user is not None:
        bus.publish("user.signed_out", [f"user:{user.pk}"])


def end(request: HttpRequest) -> None:
    """End this sign-in, remembering whose it was: only they get back what is sent after."""
    was = str(request.user.pk)
    logout(request)
    request.session[WAS] = was


def sign_in(request: HttpRequest, user: User, *, method: str = "password") -> None:
    """Let this user in here and now: the demo's one click, and whoever has just set the practice up."""
    from allauth.account.adapter import get_adapter
    from allauth.account.internal.flows.login import record_authentication

    get_adapter(request).login(request, user)
    record_authentication(request, user, method=method)


def is_activity(request: HttpRequest) -> bool:
    """Whether a person did this: followed a link, sent a form, pressed something.

    Not what a page asks by itself: a poll says so, and other fetches give themselves away.
    """
    if POLL in request.headers:
        return False
    by_script = request.headers.get("Sec-Fetch-Dest") == "empty" and "HX-Request" not in request.headers
    return request.method != "GET" or not by_script


def _touch(request: HttpRequest) -> None:
    at = int(now().timestamp())
    fresh = SEEN not in request.session
    if fresh or (is_activity(request) and at - request.session[SEEN] >= SECONDS):
        request.session[SEEN] = at


def _forget_sent(request: HttpRequest) -> None:
    if request.method == "POST" and kept.FIELD in request.POST and request.user.pk:
        kept.forget(request.user.pk)


def _said_to_scripts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A script that meets the sign-in page is told so, rather than shown it in the middle of a page."""
    if response.status_code != 302 or not response["Location"].startswith(settings.LOGIN_URL):
        return response
    if POLL in request.headers or wants_json(request):
        return _to_sign_in(request, "/")
    if wants_fragment(request):
        return _to_sign_in(request, urlsplit(request.headers.get("HX-Current-URL", "/")).path or "/")
    return response


def _to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    address = f"{settings.LOGIN_URL}?{urlencode({'next': then})}"
    if POLL in request.headers:
        return HttpResponse(status=204, headers={SIGNED_OUT: "1"})
    if wants_json(request):
        sentence = _("You have been signed out. Sign in again, then press it once more.")
        return JsonResponse({"ok": False, "sentence": sentence}, status=401, headers={SIGNED_OUT: "1"})
    if wants_fragment(request):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
