"""The sockets of this process: who watches what, and what reaches them.

Everything that happens is a parcel, and `deliver` is the one place that acts on it,
whether it began here or in another process.  Runs in the event loop's thread only.
"""

from collections.abc import Callable, Iterable

from holdspace.live.buses import Bus
from holdspace.live.frames import encode
from holdspace.live.parcels import Closed, Gone, Here, Hinted, Noted, Parcel, Raised, Roll
from holdspace.live.rooms import Rooms
from holdspace.live.schema import CLOSES, Down, Hint, HintName, Id, Welcome
from holdspace.live.sockets import Socket

RIGHTS_HINTS = ("participant.", "session.")
SIGNED_OUT = "user.signed_out"
ROSE = "participant.admitted"
# Seconds.  Who was let in has their right already; asking at once would only be in the way of the
# two pictures.  A right that may have fallen is asked about at once.
AFTER_A_RISE = 0.25


class Hub:
    """Holds sockets and topics; presence is its `rooms`' business."""

    def __init__(self, bus: Bus, rights_changed: Callable[[Id, float], None]) -> None:
        self._rights_changed = rights_changed
        self._watching: dict[str, set[Socket]] = {}
        self.rooms = Rooms(bus)
        self.sockets: set[Socket] = set()
        self.rights_turns = 0
        """How often rights may have changed: whoever reads one compares before and after."""

    def add(self, socket: Socket) -> None:
        self.sockets.add(socket)
        self.watch(socket, socket.watcher.key)

    def remove(self, socket: Socket) -> None:
        """Forget a socket; whoever met it hears that it is gone.  Twice does nothing."""
        self.sockets.discard(socket)
        for topic in list(socket.topics):
            self.unwatch(socket, topic)
        for session in list(socket.seats):
            self.rooms.leave(socket, session)

    def shut(self, socket: Socket, code: int) -> None:
        """Close a socket from our side; it hears nothing that happens after."""
        socket.close(code)
        self.remove(socket)

    def watch(self, socket: Socket, topic: str) -> None:
        socket.topics.add(topic)
        self._watching.setdefault(topic, set()).add(socket)

    def unwatch(self, socket: Socket, topic: str) -> None:
        socket.topics.discard(topic)
        watching = self._watching.get(topic, set())
        watching.discard(socket)
        if not watching:
            self._watching.pop(topic, None)

    def count(self, topic: str) -> int:
        """How many sockets of this process watch a topic."""
        return len(self._watching.get(topic, ()))

    # The bus's listener

    def deliver(self, parcel: Parcel) -> None:
        match parcel:
            case Noted():
                self.rooms.noted(parcel)
            case Hinted():
                self._hinted(parcel)
            case Raised():
                self._raised(parcel)
            case Here():
                self.rooms.here(parcel)
            case Gone():
                self.rooms.gone(parcel)
            case Closed():
                self._closed(parcel)
            case Roll():
                self.rooms.roll(parcel)

    def resumed(self) -> None:
        """The other processes can be heard (again): compare, and let every page refetch."""
        self.rooms.call_roll(asks=True)
        _say(self.sockets, Welcome())

    def lost(self, process: str) -> None:
        """A process is silent: whoever was there is not here any more."""
        self.rooms.roll(Roll(process, [], asks=False))

    def _hinted(self, hinted: Hinted) -> None:
        if hinted.name.startswith(RIGHTS_HINTS):
            self._rights_may_have_changed(hinted.topics, AFTER_A_RISE if hinted.name == ROSE else 0.0)
        watching: set[Socket] = set()
        for topic in hinted.topics:
            watching |= self._watching.get(topic, set())
        if hinted.name == SIGNED_OUT:
            # One of their sign-ins ended: whose page used it is found out at the next look, within a second.
            for socket in watching:
                socket.due = 0.0
        ids = {name: Id(value) for name, value in hinted.ids.items()}
        _say(watching, Hint(HintName(hinted.name), ids))

    def _rights_may_have_changed(self, topics: Iterable[str], after: float) -> None:
        self.rights_turns += 1
        for topic in topics:
            noun, _, session = topic.partition(":")
            if noun == "session":
                self._rights_changed(Id(session), after)

    def _raised(self, raised: Raised) -> None:
        self.rooms.raise_right(raised.session, raised.participant)
        # Believed at once, and asked all the same: by now it may have been taken back.
        self.rights_turns += 1
        self._rights_changed(raised.session, AFTER_A_RISE)

    def _closed(self, closed: Closed) -> None:
        noun, _, name = closed.topic.partition(":")
        shut = set(self._watching.get(closed.topic, ()))
        if noun == "session":
            shut.update(self.rooms.seated_in(Id(name)))
        for socket in shut:
            self.shut(socket, CLOSES["signedOut"])


def _say(sockets: Iterable[Socket], frame: Down) -> None:
    text = encode(frame)
    for socket in list(sockets):  # One that doesn't read is dropped on the way.
        socket.say_text(text)
