"""What somebody who signs in is, at every practice that knows them: a member, or who holds an account."""

from datetime import datetime
from uuid import UUID

from holdspace.clients.portal import held_by
from holdspace.kit.actor import Actor
from holdspace.practices.queries import memberships_of


def actors_of(user_id: UUID, *, at: datetime) -> list[Actor]:
    """One actor for each practice; whoever works there too is a member there."""
    holders = {held.account.practice_id: held.as_actor() for held in reversed(held_by(user_id, at=at))}
    members = {member.practice_id: member.as_actor() for member in memberships_of(user_id)}
    return list((holders | members).values())
