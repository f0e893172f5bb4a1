"""What every desk page has: the actor, the practice, and the frame around the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from holdspace.accounts.models import User
from holdspace.accounts.queries import has_second_factor
from holdspace.clients.portal import holds_an_account
from holdspace.desk.frame import initials, nav
from holdspace.kit.actor import Member
from holdspace.messaging.models import Bell
from holdspace.practices.models import Membership, Practice
from holdspace.practices.queries import is_demo, membership_of, memberships_of

CHOSEN = "practice"  # the session's key for the practice chosen on signing in


class SignedInRequest(HttpRequest):
    """A request by somebody signed in, at whatever practice: `signed_in` has seen to it."""

    user: User


class DeskRequest(SignedInRequest):
    """A request by someone who works at a practice: `@desk` has seen to it."""

    actor: Member
    practice: Practice
    membership: Membership


def with_devices(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose page may ask for camera and microphone."""
    view.devices = True  # type: ignore[attr-defined]
    return view


def desk(*verbs: str) -> Callable[..., Any]:
    """Let a view be used by members who have any of the verbs (all members, if none is named).

    Signed out: to the sign-in page.  Several practices and none chosen: to the choice.
    Without the verb: 404, as for everything one may not know.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            turned_away = _let_in(request)
            if turned_away:
                return turned_away
            member = cast(DeskRequest, request)
            if verbs and not any(member.actor.may(verb) for verb in verbs):
                raise Http404
            response = view(member, *args, **kwargs)
            if getattr(view, "devices", False):
                response["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self)"
            return response

        inner.signed_in_only = True  # type: ignore[attr-defined]
        inner.who_may = verbs or ("anyone at work here",)  # type: ignore[attr-defined]
        return inner

    return wrap


def anyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view that needs no sign-in; it says itself when it isn't there."""
    view.who_may = ("anyone",)  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be used by whoever is signed in, before they have chosen a practice."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _let_user_in(request) or view(cast(SignedInRequest, request), *args, **kwargs)

    inner.signed_in_only = True  # type: ignore[attr-defined]
    inner.who_may = ("whoever is signed in",)  # type: ignore[attr-defined]
    return inner


def coming_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be used by whoever works here and has said their password: to set a second factor up."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        elsewhere = _own_pages(request.user)
        return redirect(elsewhere) if elsewhere else view(cast(SignedInRequest, request), *args, **kwargs)

    inner.signed_in_only = True  # type: ignore[attr-defined]
    inner.who_may = ("whoever is signed in",)  # type: ignore[attr-defined]
    return inner


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent to a form, an empty one included; None for a look."""
    return request.POST if request.method == "POST" else None


def then(request: HttpRequest, otherwise: str) -> HttpResponse:
    """On to the page of ours that `next` names, or to `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if ours else otherwise)


def _let_user_in(request: HttpRequest) -> HttpResponse | None:
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    # Compulsory outside the demo.
    if not has_second_factor(user) and not is_demo():
        return redirect(_own_pages(user) or "mfa_activate_totp")
    return None


def _own_pages(user: User) -> str:
    """Where whoever has a portal account and works nowhere is led instead; nothing for anybody else."""
    only_holds = not memberships_of(user.pk) and holds_an_account(user.pk)
    return "portal:front" if only_holds else ""


def _let_in(request: HttpRequest) -> HttpResponse | None:
    turned_away = _let_user_in(request)
    if turned_away:
        return turned_away
    member = cast(DeskRequest, request)
    membership = membership_of(member.user.pk, request.session.get(CHOSEN))
    if membership is None:
        return redirect(_own_pages(member.user) or "desk:choose")
    member.membership, member.practice, member.actor = membership, membership.practice, membership.as_actor()
    return None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame: actor, practice, unread bells, whether this is a demo."""
    actor = getattr(request, "actor", None)
    facts: dict[str, Any] = {
        "actor": actor,
        "practice": getattr(request, "practice", None),
        "is_demo": is_demo(),
    }
    if isinstance(actor, Member):
        facts["unread_bells"] = Bell.objects.visible_to(actor).filter(read_at=None).count()
        facts["may_find"] = actor.may("see_clients")
        facts |= {"nav": nav(request, actor), "my_initials": initials(actor.name), "frame": "desk/base.html"}
    return facts
