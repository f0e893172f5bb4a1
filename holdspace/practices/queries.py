"""Questions about who belongs where."""

from collections.abc import Iterable
from uuid import UUID

from holdspace.accounts.models import User
from holdspace.practices.models import Clinician, Installation, Membership, Practice
from holdspace.practices.roles import FRONT_DESK, OWNER


def is_demo() -> bool:
    """Whether this database was made as a demo; written once, never changed."""
    return Installation.objects.filter(demo=True).exists()


def memberships_of(user_id: UUID) -> list[Membership]:
    """Every practice this user may choose on signing in, by name."""
    found = Membership.objects.filter(user_id=user_id, active=True)
    return list(found.select_related("practice", "user", "clinician").order_by("practice__name"))


def membership_of(user_id: UUID, practice_id: UUID | str | None) -> Membership | None:
    """The user's membership in the practice they chose, or their only one, or None."""
    every = memberships_of(user_id)
    chosen = [one for one in every if str(one.practice_id) == str(practice_id)]
    if chosen:
        return chosen[0]
    return every[0] if len(every) == 1 else None


def users_of(clinicians: Iterable[Clinician]) -> list[User]:
    """The sign-ins of these clinicians: whose bell rings for them."""
    return list(User.objects.filter(memberships__clinician__in=list(clinicians), is_active=True))


def front_desk_of(practice_id: UUID) -> list[User]:
    """The sign-ins of the front desk; where a practice has none, of its owners."""
    found = Membership.objects.filter(practice_id=practice_id, active=True, user__is_active=True)
    every = list(found.select_related("user"))
    at_desk = [one.user for one in every if FRONT_DESK in one.roles]
    return at_desk or [one.user for one in every if OWNER in one.roles]


def only_practice() -> Practice | None:
    """The practice, where there is just one: then a page may name it before anybody has said who they are."""
    found = list(Practice.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def anything_set_up() -> bool:
    """Whether there is a practice at all."""
    return Practice.objects.exists()
