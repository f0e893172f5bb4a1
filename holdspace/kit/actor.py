"""Who is doing this: someone at work, a client's visit or their account, one guest, or the system."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Member:
    """Someone who works at the practice, signed in through one membership."""

    membership_id: UUID
    user_id: UUID
    practice_id: UUID
    name: str
    verbs: frozenset[str] = field(default_factory=frozenset)
    clinician_id: UUID | None = None

    kind = "member"

    @property
    def id(self) -> UUID:
        return self.membership_id

    def may(self, verb: str) -> bool:
        """Whether one of this person's roles lists the verb.  What isn't listed is denied."""
        return verb in self.verbs


@dataclass(frozen=True)
class Visit:
    """A client who has shown who they are, in one seat."""

    visit_id: UUID
    seat_id: UUID
    client_id: UUID
    practice_id: UUID

    kind = "visit"

    @property
    def id(self) -> UUID:
        return self.visit_id


@dataclass(frozen=True)
class Holder:
    """Someone signed in with a portal account, who has one client's pages before them.

    That client, or who decides for them.  Whoever works here too is a `Member` at the desk and a
    `Holder` in the portal: never both at once, and neither may what the other may.
    """

    account_id: UUID
    user_id: UUID
    client_id: UUID
    practice_id: UUID

    kind = "holder"

    @property
    def id(self) -> UUID:
        return self.account_id


@dataclass(frozen=True)
class Guest:
    """Someone invited to one session."""

    invitation_id: UUID
    session_id: UUID
    practice_id: UUID

    kind = "guest"

    @property
    def id(self) -> UUID:
        return self.invitation_id


@dataclass(frozen=True)
class System:
    """Nobody in particular: a job, a carrier's report, the set-up."""

    practice_id: UUID | None = None

    kind = "system"
    id = None


Actor = Member | Visit | Holder | Guest | System

# An id that no row has: what "none" means in a lookup.
NOBODY = UUID(int=0)


def practice_of(actor: Actor) -> UUID:
    """The practice whose rows this actor may ask for at all; no row's, for the system at large."""
    return actor.practice_id or NOBODY
