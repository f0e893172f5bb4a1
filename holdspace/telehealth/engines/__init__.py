"""How a room is carried: one small file an engine, found by name in `settings.MEDIA_ENGINES`."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from holdspace.telehealth.models import Participant, Session


class Engine(Protocol):
    """What every engine does.  Nothing outside `x.py` and `x.ts` looks inside a ticket."""

    # How many it can carry at once, clinicians among them.
    people: int

    def ticket(self, participant: Participant, right: str, at: datetime) -> dict[str, Any]:
        """What lets this person's browser in from `at` on, with right `waiting` or `admitted`."""
        ...

    def raise_right(self, participant: Participant) -> None:
        """Somebody was admitted."""
        ...

    def remove(self, participant: Participant) -> None:
        """Somebody was sent back, removed, or left."""
        ...

    def close(self, session: Session) -> None:
        """The session ended."""
        ...


@lru_cache
def _built(name: str) -> Engine:
    chosen = settings.MEDIA_ENGINES[name]
    engine: Engine = import_string(chosen["path"])(**chosen["options"])
    return engine


def holds() -> int:
    """How many people meet in a session that is opened now, clinicians among them."""
    return _built(str(Session._meta.get_field("engine").default)).people


def engine_of(session: Session) -> Engine:
    """The engine that was chosen when the session was opened."""
    return _built(session.engine)
