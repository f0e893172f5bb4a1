"""Every frame on the socket, once.

The Python classes below are the schema: `parse` and `encode` follow their fields, and
`typescript.py` and `table.py` write the browser's types and the protocol page from them.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, NewType

Id = NewType("Id", str)
Topic = NewType("Topic", str)
HintName = NewType("HintName", str)

Role = Literal["clinician", "client", "guest"]
Right = Literal["waiting", "admitted"]
Kind = Literal["offer", "answer", "candidate", "media", "words", "fault", "restart"]
ErrorCode = Literal["no_place", "not_joined", "not_here", "not_yet", "removed", "too_many", "try_again"]
Body = dict[str, Any]

FRAME_BYTES = 64 * 1024
# Enough for one line that is being made, times the three that a room of four gives each page.
FRAMES_PER_SECOND = 3 * 20
FRAMES_IN_A_BURST = 3 * 40
TOPICS_PER_SOCKET = 200
ROOMS_PER_SOCKET = 4

EARLY_KINDS: frozenset[str] = frozenset({"offer", "answer", "candidate"})
"""What a client and a clinician may say to each other before anybody is admitted."""

CLOSES = {
    "notOurLanguage": 4400,
    "signedOut": 4401,
    "notOurOrigin": 4403,
    "flood": 4408,
    "tooLarge": 4413,
}

HINTS: dict[str, tuple[str, ...]] = {
    "appointment.changed": ("appointment",),
    "editing.changed": ("appointment",),
    "seat.changed": ("seat",),
    "consent.changed": ("seat", "consent"),
    "message.changed": ("message",),
    "bell.rung": ("bell",),
    "session.opened": ("session", "appointment"),
    "session.ended": ("session",),
    "participant.waiting": ("session", "participant"),
    "participant.admitted": ("session", "participant"),
    "participant.declined": ("session", "participant"),
    "participant.sent_back": ("session", "participant"),
    "participant.left": ("session", "participant"),
    "participant.removed": ("session", "participant"),
    "participant.told": ("session", "participant"),
    "service.tested": (),
    "user.signed_out": (),
}


# Up: what a page may say.


@dataclass(frozen=True, slots=True)
class Watch:
    """Hear the hints of these topics too; answered by `watching`."""

    topics: list[Topic]


@dataclass(frozen=True, slots=True)
class Join:
    """Be present in a session's room; answered by `joined` or an error."""

    session: Id


@dataclass(frozen=True, slots=True)
class Leave:
    """Be present there no longer.  Not the Leave button: that is a POST."""

    session: Id


@dataclass(frozen=True, slots=True)
class Note:
    """Words for one other participant of a room both are present in."""

    session: Id
    to: Id
    kind: Kind
    body: Body


@dataclass(frozen=True, slots=True)
class Ping:
    """Are you there?  Never counts as a person's activity."""

    n: int


# Down: what a page may hear.


@dataclass(frozen=True, slots=True)
class Welcome:
    """Known.  Said again whenever hints may have been lost: refetch and watch again."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Which of the topics asked for are watched, and which are not for you."""

    topics: list[Topic]
    refused: list[Topic]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something changed; ask the server again.  Names and ids only."""

    name: HintName
    ids: dict[str, Id]


@dataclass(frozen=True, slots=True)
class Peer:
    """Someone in the room, as those who may meet them see them."""

    participant: Id
    role: Role
    right: Right


@dataclass(frozen=True, slots=True)
class Joined:
    """You are present, as this participant; these are the others you may meet."""

    session: Id
    me: Id
    role: Role
    right: Right
    present: list[Peer]


@dataclass(frozen=True, slots=True)
class Present:
    """Someone is there now, or their right has changed."""

    session: Id
    participant: Id
    role: Role
    right: Right


@dataclass(frozen=True, slots=True)
class Absent:
    """Their socket is gone, or you may no longer meet.  Not the end of a call."""

    session: Id
    participant: Id


@dataclass(frozen=True, slots=True)
class RightNow:
    """Your own right has changed."""

    session: Id
    right: Right


@dataclass(frozen=True, slots=True)
class Taken:
    """Another tab or window took your seat; this one is out of the room."""

    session: Id


@dataclass(frozen=True, slots=True)
class NoteFrom:
    """A note; the endpoint itself wrote who it is from."""

    session: Id
    sender: Id = field(metadata={"wire": "from"})
    kind: Kind
    body: Body


@dataclass(frozen=True, slots=True)
class Pong:
    """Here."""

    n: int


@dataclass(frozen=True, slots=True)
class Error:
    """Understood, and declined; the socket stays open."""

    code: ErrorCode
    sentence: str
    session: Id | None


Up = Watch | Join | Leave | Note | Ping
Down = Welcome | Watching | Hint | Joined | Present | Absent | RightNow | Taken | NoteFrom | Pong | Error

UP: dict[str, type[Up]] = {"watch": Watch, "join": Join, "leave": Leave, "note": Note, "ping": Ping}
DOWN: dict[str, type[Down]] = {
    "welcome": Welcome,
    "watching": Watching,
    "hint": Hint,
    "joined": Joined,
    "present": Present,
    "absent": Absent,
    "right": RightNow,
    "taken": Taken,
    "note": NoteFrom,
    "pong": Pong,
    "error": Error,
}
