"""Who is present in which room, on the sockets of every process, and who may meet whom."""

from collections.abc import Iterator

from holdspace.live.parcels import Gone, Here
from holdspace.live.schema import EARLY_KINDS, Id


def may_meet(one: Here, other: Here) -> bool:
    """Whether two people in a room may know of each other.

    Before admission only a client and a clinician do: people who wait never see
    who else is waiting, and a guest meets nobody early.
    """
    if one.right == other.right == "admitted":
        return True
    return {one.role, other.role} == {"client", "clinician"}


def may_say(kind: str, sender: Here, to: Here) -> bool:
    """Whether a note of this kind may pass now."""
    if sender.right == to.right == "admitted":
        return True
    return kind in EARLY_KINDS and may_meet(sender, to)


class Roster:
    """One seat per participant; of two sockets for it the later one has it."""

    def __init__(self) -> None:
        self._rooms: dict[Id, dict[Id, Here]] = {}

    def find(self, session: Id, participant: Id) -> Here | None:
        return self._rooms.get(session, {}).get(participant)

    def room(self, session: Id) -> list[Here]:
        return list(self._rooms.get(session, {}).values())

    def others(self, here: Here) -> list[Here]:
        return [other for other in self.room(here.session) if other.participant != here.participant]

    def put(self, here: Here) -> bool:
        """Note where somebody is; False if somebody later has the seat already."""
        room = self._rooms.setdefault(here.session, {})
        known = room.get(here.participant)
        if known is not None and (known.since, known.process) > (here.since, here.process):
            return False
        room[here.participant] = here
        return True

    def drop(self, gone: Gone) -> Here | None:
        """Forget a socket's seat; None if it had lost the seat before."""
        room = self._rooms.get(gone.session, {})
        known = room.get(gone.participant)
        if known is None or known.since != gone.since:
            return None
        del room[gone.participant]
        if not room:
            del self._rooms[gone.session]
        return known

    def of(self, process: str) -> Iterator[Here]:
        """Everyone on the sockets of one process."""
        everyone = [here for room in self._rooms.values() for here in room.values()]
        return (here for here in everyone if here.process == process)
