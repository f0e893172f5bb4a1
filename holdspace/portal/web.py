"""What every portal page has: a visit or the one neutral page, no referrer, no cache, and who may."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from holdspace.kit.actor import Guest, Visit
from holdspace.kit.clock import now
from holdspace.kit.web import wants_json
from holdspace.practices.models import Practice
from holdspace.scheduling.actions.entering import ACCOUNT
from holdspace.scheduling.actions.links import visit_of
from holdspace.scheduling.models import Seat, VisitRow
from holdspace.telehealth.guests import guest_of
from holdspace.telehealth.models import Invitation

COOKIE = "visit"
GUEST_COOKIE = "guest"
CLIENTS = ("/v/", "/portal/")  # one of them in every address of a client's
# When camera and sound last worked in this browser; says nothing about whose it is.
DEVICES_COOKIE, DEVICES_KEPT = "devices", timedelta(days=14)
# At the beginning of the short addresses.
SHORT = ("/j", "/j/who")


class VisitRequest(HttpRequest):
    """A request by a client who has shown who they are: `@visit` has seen to it."""

    visit: Visit
    visit_row: VisitRow
    seat: Seat
    practice: Practice


class GuestRequest(HttpRequest):
    """A request by somebody with an invitation that is good: `@guest` has seen to it."""

    guest: Guest
    invitation: Invitation
    practice: Practice


class OriginOfQuietPages:
    """Lets forms of pages that send no referrer be posted.

    Browsers then say `Origin: null`, which Django's CSRF check refuses although the token is
    right.  Where the browser itself says that the request is of the same origin (or is too old
    to say), the origin is taken as ours; the token is checked as ever.

    Whatever answers at a client's address is quiet: a refusal, a page that isn't there, a mistake.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")
        if request.META.get("HTTP_ORIGIN") == "null" and site == "same-origin":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        response = self.get_response(request)
        return quiet(response) if is_clients(request.path) else response


def is_clients(path: str) -> bool:
    return any(part in path for part in CLIENTS) or path.rstrip("/") in SHORT


class LighterPages(GZipMiddleware):
    """Packs a client's pages for slow phones.

    Only these: they echo nothing that stands in an address, so that their length tells nobody
    what else is on them.  The desk's pages do (a search, a date), and go as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        led_to = request.resolver_match
        if led_to is None or led_to.app_name != "portal":
            return response
        return super().process_response(request, response)


# What a page may ask the browser for; any other asks for nothing.
DEVICES = "camera=(self), microphone=(self), display-capture=(self)"
PLACE = "camera=(), microphone=(), geolocation=(self)"


def quiet(response: HttpResponse, asks_for: str = "") -> HttpResponse:
    """No referrer, no cache, and of the browser only what the page needs."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    if asks_for:
        response["Permissions-Policy"] = asks_for
    return response


def with_devices(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose page may ask for camera and microphone."""
    view.asks_for = DEVICES  # type: ignore[attr-defined]
    return view


def with_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose page may ask where the browser is."""
    view.asks_for = PLACE  # type: ignore[attr-defined]
    return view


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that anybody may open, with a link or without."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return quiet(view(request, *args, **kwargs))

    inner.who_may = ("anyone with the address",)  # type: ignore[attr-defined]
    return inner


def visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever has shown who they are, about their own seat; the neutral page otherwise."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = visit_of(request.COOKIES.get(COOKIE, ""), at=now())
        if row is None:
            return gone(request, None)
        if row.identity_how == ACCOUNT and not request.user.is_authenticated:
            # The account's sign-in has ended: asked again, and back here.  A call keeps it awake.
            return _to_sign_in(request)
        known = cast(VisitRequest, request)
        known.visit_row, known.visit, known.seat, known.practice = (
            row,
            row.as_actor(),
            row.seat,
            row.seat.practice,
        )
        return quiet(view(known, *args, **kwargs), getattr(view, "asks_for", ""))

    inner.who_may = ("the seat's own visit",)  # type: ignore[attr-defined]
    return inner


def guest(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever came by an invitation, as long as that is good; the neutral page otherwise."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = guest_of(request.COOKIES.get(GUEST_COOKIE, ""))
        if invitation is None:
            return gone(request, None)
        known = cast(GuestRequest, request)
        known.invitation, known.guest, known.practice = invitation, invitation.as_actor(), invitation.practice
        return quiet(view(known, *args, **kwargs), getattr(view, "asks_for", ""))

    inner.who_may = ("the invited guest",)  # type: ignore[attr-defined]
    return inner


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return HttpResponse(status=404)
    back = request.path if request.method == "GET" else reverse("portal:home")
    return redirect(f"{reverse('portal:front')}?{urlencode({'next': back})}")


def gone(request: HttpRequest, practice: Practice | None, **said: Any) -> HttpResponse:
    """The one page for every way a link can fail, with the practice's number if the address names one."""
    if wants_json(request):
        return HttpResponse(status=404)
    return quiet(render(request, "portal/gone.html", {"practice": practice, **said}, status=404))


def keep(response: HttpResponse, cookie: str, row: VisitRow) -> HttpResponse:
    """Give the browser its visit; apart from any sign-in it may also have."""
    response.set_cookie(
        COOKIE,
        cookie,
        expires=row.ends_at,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


def keep_guest(response: HttpResponse, cookie: str) -> HttpResponse:
    """Give the browser what says who was invited, until it is closed."""
    response.set_cookie(GUEST_COOKIE, cookie, httponly=True, secure=settings.SECURE, samesite="Lax")
    return response


def remember_devices(response: HttpResponse, at: datetime) -> HttpResponse:
    """Let this browser remember for some days that camera and sound worked in it."""
    response.set_cookie(
        DEVICES_COOKIE,
        signing.dumps(at.isoformat(timespec="seconds"), salt=DEVICES_COOKIE),
        max_age=DEVICES_KEPT,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


def devices_tried_at(request: HttpRequest) -> datetime | None:
    """What the browser remembers of that; None where it doesn't, or it was too long ago."""
    try:
        said = signing.loads(
            request.COOKIES.get(DEVICES_COOKIE, ""), salt=DEVICES_COOKIE, max_age=DEVICES_KEPT
        )
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(said)


def address_of(request: HttpRequest) -> str:
    """The browser's network address, past the proxies that are ours and no further."""
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES and len(passed) >= settings.PROXIES:
        return passed[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
