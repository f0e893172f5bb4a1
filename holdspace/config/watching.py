"""Who may watch what: the functions that the socket is handed, since only this room knows every other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.conf import settings

from holdspace.accounts.queries import has_second_factor, who_is
from holdspace.desk.web import CHOSEN
from holdspace.kit.actor import Guest, Member, Visit
from holdspace.kit.clock import now
from holdspace.live.schema import Right, Role
from holdspace.live.watchers import Place
from holdspace.portal.web import COOKIE, GUEST_COOKIE
from holdspace.practices.queries import is_demo, membership_of
from holdspace.scheduling.actions.links import visit_of
from holdspace.scheduling.models import Seat
from holdspace.telehealth import watching
from holdspace.telehealth.guests import guest_of


@dataclass(frozen=True)
class Watching:
    """Somebody at work, on a visit, or invited, as the socket knows them."""

    actor: Member | Visit | Guest

    @property
    def key(self) -> str:
        match self.actor:
            case Member(user_id=user):
                return f"user:{user}"
            case Visit(visit_id=visit) | Guest(invitation_id=visit):
                return f"visit:{visit}"

    def may_watch(self, topic: str) -> bool:
        """Their own, their practice's pages, the seats they may see, the sessions they are part of."""
        kind, _, name = topic.partition(":")
        match kind:
            case "practice":
                return isinstance(self.actor, Member) and name == str(self.actor.practice_id)
            case "seat":
                return Seat.objects.visible_to(self.actor).filter(pk=name).exists()
            case "session":
                return watching.may_hear(self.actor, UUID(name))
            case _:
                return False

    def place_in(self, session: UUID) -> Place | None:
        participant = watching.place_in(self.actor, session)
        right = watching.right_of(participant) if participant else None
        if participant is None or right is None:
            return None
        return Place(participant.pk, cast(Role, participant.role), cast(Right, right))


def identify(cookies: Mapping[str, str], comes_as: str) -> Watching | None:
    """Who a page's cookies say it is, as the desk, as a visit or as a guest; None is nobody."""
    return {"visit": _visitor, "guest": _guest}.get(comes_as, _member)(cookies)


def _visitor(cookies: Mapping[str, str]) -> Watching | None:
    row = visit_of(cookies.get(COOKIE, ""), at=now())
    return Watching(row.as_actor()) if row else None


def _guest(cookies: Mapping[str, str]) -> Watching | None:
    invitation = guest_of(cookies.get(GUEST_COOKIE, ""))
    return Watching(invitation.as_actor()) if invitation else None


def _member(cookies: Mapping[str, str]) -> Watching | None:
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    known = who_is(key, at=now()) if key else None
    if known is None:
        return None
    user, remembered = known
    if not has_second_factor(user) and not is_demo():
        return None  # As on every page of the desk.
    membership = membership_of(user.pk, remembered.get(CHOSEN))
    return Watching(membership.as_actor()) if membership else None
