"""What the processes tell each other.  A page never sees one of these."""

from dataclasses import asdict, dataclass
from json import JSONEncoder, loads
from typing import Any

from holdspace.live.schema import Id, Right, Role


@dataclass(frozen=True, slots=True)
class Hinted:
    """Something changed, for every page that watches one of these topics."""

    topics: list[str]
    name: str
    ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """Whoever watches this topic, or is in this session's room, is shut out now."""

    topic: str


@dataclass(frozen=True, slots=True)
class Raised:
    """Somebody who waited was let in: said first, so that nobody waits for a question to the database."""

    session: Id
    participant: Id


@dataclass(frozen=True, slots=True)
class Here:
    """A participant is present in a session, on a socket of this process.

    `since` orders the sockets of one participant: the later one has the seat.
    """

    session: Id
    participant: Id
    role: Role
    right: Right
    process: str
    since: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The socket that had this seat since then is closed, or out."""

    session: Id
    participant: Id
    since: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A note for a participant whose socket is in another process, ready to be sent."""

    session: Id
    to: Id
    text: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Everyone present on one process's sockets; if it asks, the others call theirs."""

    process: str
    here: list[Here]
    asks: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """This process lives.  Only buses send and hear it."""


Parcel = Hinted | Closed | Raised | Here | Gone | Noted | Roll | Beat

_KINDS: dict[str, type[Any]] = {
    "hinted": Hinted,
    "closed": Closed,
    "raised": Raised,
    "here": Here,
    "gone": Gone,
    "noted": Noted,
    "roll": Roll,
    "beat": Beat,
}
_NAMES: dict[type[Any], str] = {kind: name for name, kind in _KINDS.items()}

_pack = JSONEncoder(separators=(",", ":")).encode


def pack(sender: str, parcel: Parcel) -> str:
    """The parcel as text, with the process it comes from."""
    return _pack([sender, _NAMES[type(parcel)], asdict(parcel)])


def unpack(text: str | bytes) -> tuple[str, Parcel]:
    """The process a parcel comes from, and the parcel."""
    sender, name, said = loads(text)
    if name == "roll":
        said["here"] = [Here(**here) for here in said["here"]]
    return sender, _KINDS[name](**said)
