"""Who is in which room, and who hears of it: presence, rights and notes.

Knows the seats on this process's sockets and, by parcels, those on every other.
"""

import time
from collections.abc import Iterable
from dataclasses import replace

from holdspace.live.buses import Bus
from holdspace.live.errors import error
from holdspace.live.frames import encode
from holdspace.live.parcels import Gone, Here, Noted, Roll
from holdspace.live.roster import Roster, may_meet, may_say
from holdspace.live.schema import (
    Absent,
    Down,
    ErrorCode,
    Id,
    Joined,
    Note,
    NoteFrom,
    Peer,
    Present,
    RightNow,
    Taken,
)
from holdspace.live.sockets import Socket
from holdspace.live.watchers import Place


class Rooms:
    """Runs in the event loop's thread only; keeps nothing a restart would miss."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._seated: dict[tuple[Id, Id], Socket] = {}
        self._roster = Roster()

    # What the sockets of this process do

    def join(self, socket: Socket, session: Id, place: Place) -> None:
        """Seat a socket, take the seat from whoever had it, and tell the room."""
        self.leave(socket, session)
        here = self._seat_for(session, place)
        self._take_seat(here)
        socket.seats[session] = here
        self._seated[session, here.participant] = socket
        socket.say(Joined(session, here.participant, here.role, here.right, self._whom_they_meet(here)))
        self._bus.send(here)

    def leave(self, socket: Socket, session: Id) -> None:
        """Free the seat this socket has there, if it has one."""
        here = socket.seats.pop(session, None)
        if here is not None:
            del self._seated[session, here.participant]
            self._bus.send(Gone(session, here.participant, here.since))

    def place(self, socket: Socket, session: Id, place: Place | None) -> None:
        """Bring a seat up to date with the database: raised, lowered, or out."""
        here = socket.seats.get(session)
        if here is None:
            return
        if place is None or str(place.participant) != here.participant:
            socket.say(error("removed", session))
            self.leave(socket, session)
        elif (place.role, place.right) != (here.role, here.right):
            self._change(socket, here, replace(here, role=place.role, right=place.right))

    def raise_right(self, session: Id, participant: Id) -> None:
        """Let in somebody who has a seat on one of this process's sockets; nobody else's right changes."""
        socket = self._seated.get((session, participant))
        here = socket.seats.get(session) if socket else None
        if socket and here and here.right != "admitted":
            self._change(socket, here, replace(here, right="admitted"))

    def note(self, socket: Socket, note: Note) -> None:
        """Carry a note to one other person in the room, if the two may speak."""
        sender = socket.seats.get(note.session)
        to = self._roster.find(note.session, note.to)
        no = _why_not(note, sender, to)
        if sender is None or to is None or no is not None:
            socket.say(error(no or "not_here", note.session))
            return
        frame = NoteFrom(note.session, sender.participant, note.kind, note.body)
        self._carry(to, Noted(note.session, note.to, encode(frame)))

    def seated_in(self, session: Id) -> list[Socket]:
        """The sockets of this process in one session's room."""
        seated = (self._seated.get((session, here.participant)) for here in self._roster.room(session))
        return [socket for socket in seated if socket is not None]

    # What happened, on this process or another

    def noted(self, noted: Noted) -> None:
        socket = self._seated.get((noted.session, noted.to))
        if socket is not None:
            socket.say_text(noted.text)

    def here(self, here: Here) -> None:
        """Somebody came, or their right changed."""
        known = self._roster.find(here.session, here.participant)
        if known == here or not self._roster.put(here):
            return
        if here.process != self._bus.process:
            self._take_seat(here)
        if known is not None and known.since != here.since:
            self._tell_absent(known)
            known = None
        self._tell_present(here, known)

    def gone(self, gone: Gone) -> None:
        here = self._roster.drop(gone)
        if here is not None:
            self._tell_absent(here)

    def roll(self, roll: Roll) -> None:
        """Another process named everyone it has: believe it, whatever was lost before."""
        if roll.process == self._bus.process:
            return
        present = {(here.session, here.participant) for here in roll.here}
        for here in self._roster.of(roll.process):
            if (here.session, here.participant) not in present:
                self.gone(Gone(here.session, here.participant, here.since))
        for here in roll.here:
            self.here(here)
        if roll.asks:
            self.call_roll(asks=False)

    def call_roll(self, *, asks: bool) -> None:
        """Tell the other processes everyone who is here, and perhaps ask the same of them."""
        mine = list(self._roster.of(self._bus.process))
        self._bus.send(Roll(self._bus.process, mine, asks))

    # How they do it

    def _carry(self, to: Here, noted: Noted) -> None:
        if to.process == self._bus.process:
            self.noted(noted)
        else:
            self._bus.send_to(to.process, noted)

    def _seat_for(self, session: Id, place: Place) -> Here:
        participant = Id(str(place.participant))
        known = self._roster.find(session, participant)
        # Later than whoever sits there now, even if that machine's clock is ahead.
        since = max(time.time_ns(), known.since + 1 if known else 0)
        return Here(session, participant, place.role, place.right, self._bus.process, since)

    def _take_seat(self, here: Here) -> None:
        socket = self._seated.pop((here.session, here.participant), None)
        if socket is not None:
            del socket.seats[here.session]
            socket.say(Taken(here.session))

    def _change(self, socket: Socket, before: Here, here: Here) -> None:
        socket.seats[here.session] = here
        socket.say(RightNow(here.session, here.right))
        for other in self._roster.others(here):
            if may_meet(here, other) and not may_meet(before, other):
                socket.say(_present(other))
            elif may_meet(before, other) and not may_meet(here, other):
                socket.say(_absent(other))
        self._bus.send(here)

    def _whom_they_meet(self, here: Here) -> list[Peer]:
        others = self._roster.others(here)
        return [Peer(other.participant, other.role, other.right) for other in others if may_meet(here, other)]

    def _tell_present(self, here: Here, before: Here | None) -> None:
        others = self._roster.others(here)
        self._tell((other for other in others if may_meet(here, other)), _present(here))
        if before is not None:
            lost = (other for other in others if may_meet(before, other) and not may_meet(here, other))
            self._tell(lost, _absent(here))

    def _tell_absent(self, here: Here) -> None:
        self._tell((other for other in self._roster.others(here) if may_meet(here, other)), _absent(here))

    def _tell(self, whom: Iterable[Here], frame: Down) -> None:
        for here in whom:
            socket = self._seated.get((here.session, here.participant))
            if socket is not None:
                socket.say(frame)


def _present(here: Here) -> Present:
    return Present(here.session, here.participant, here.role, here.right)


def _absent(here: Here) -> Absent:
    return Absent(here.session, here.participant)


def _why_not(note: Note, sender: Here | None, to: Here | None) -> ErrorCode | None:
    if sender is None:
        return "not_joined"
    if to is None or to.participant == sender.participant or not may_meet(sender, to):
        return "not_here"
    return None if may_say(note.kind, sender, to) else "not_yet"
