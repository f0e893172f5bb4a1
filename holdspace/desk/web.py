"""What every desk page has: the actor, the practice, and the frame around the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from holdspace.kit.actor import Member
from holdspace.messaging.models import Bell
from holdspace.practices.models import Membership, Practice
from holdspace.practices.queries import is_demo, membership_of

CHOSEN = "practice"  # the session's key for the practice chosen on signing in


class DeskRequest(HttpRequest):
    """A request by someone who works at a practice: `@desk` has seen to it."""

    actor: Member
    practice: Practice
    membership: Membership


class ActorMiddleware:
    """Finds out, when a desk view asks, as whom the signed-in user is here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


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
                from django.http import Http404

                raise Http404
            return view(member, *args, **kwargs)

        inner.who_may = verbs or ("anyone at work here",)  # type: ignore[attr-defined]
        return inner

    return wrap


def _let_in(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        from django.contrib.auth.views import redirect_to_login

        return redirect_to_login(request.get_full_path())
    membership = membership_of(request.user.pk, request.session.get(CHOSEN))
    if membership is None:
        return redirect("desk:choose")
    member = cast(DeskRequest, request)
    member.membership, member.practice, member.actor = membership, membership.practice, membership.as_actor()
    return None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame: actor, practice, unread bells, whether this is a demo."""
    actor = getattr(request, "actor", None)
    facts: dict[str, Any] = {"actor": actor, "practice": getattr(request, "practice", None), "is_demo": is_demo()}
    if isinstance(actor, Member):
        facts["unread_bells"] = Bell.objects.visible_to(actor).filter(read_at=None).count()
    return facts
