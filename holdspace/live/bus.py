"""How the rest of the house reaches the open pages: a hint, or a closed door."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from holdspace.live.buses import Bus, Listener, MemoryBus
from holdspace.live.frames import is_topic
from holdspace.live.parcels import Closed, Hinted, Parcel, Raised
from holdspace.live.schema import Id

_is_hint = re.compile(r"[a-z_]+\.[a-z_]+").fullmatch


class _Server:
    """What this process's server runs on, while it runs."""

    bus: Bus | None = None


def publish(hint: str, topics: Iterable[str], **ids: UUID) -> None:
    """Hint to every page watching these topics that something changed, once it really has.

    Names and ids only.  A page that hears a hint asks the server again, so a lost
    hint costs a reload and a misdirected one tells nobody anything about a client.
    """
    if not _is_hint(hint):
        raise ValueError("A hint is called noun.verb")
    to = sorted(_topic(topic) for topic in set(topics))
    parcel = Hinted(to, hint, {name: str(pk) for name, pk in ids.items()})
    transaction.on_commit(lambda: _send(parcel), robust=True)


def let_in(session: UUID, participant: UUID) -> None:
    """Raise a waiting person's right on their socket, after the commit, before anything is asked again."""
    parcel = Raised(Id(str(session)), Id(str(participant)))
    transaction.on_commit(lambda: _send(parcel), robust=True)


def close_sockets(topic: str) -> None:
    """Close every socket that watches this topic or is in this session's room, after the commit."""
    parcel = Closed(_topic(topic))
    transaction.on_commit(lambda: _send(parcel), robust=True)


async def start(bus: Bus, listener: Listener) -> None:
    """From now on this process's server carries what it publishes."""
    await bus.start(listener)
    _Server.bus = bus


async def stop(bus: Bus) -> None:
    """The server stops; what is published after reaches the other processes, if there are any."""
    if _Server.bus is bus:
        _Server.bus = None
    await bus.stop()


def chosen() -> Bus:
    """The bus the settings ask for: Redis where several processes share one, else memory."""
    if not settings.REDIS_URL:
        return MemoryBus()
    # Only here, so that a small practice never loads it.
    from holdspace.live.redis_bus import RedisBus

    return RedisBus(settings.REDIS_URL)


def _topic(topic: str) -> str:
    if not is_topic(topic):
        raise ValueError("A topic is a known noun and a UUID in lower case")
    return topic


def _send(parcel: Parcel) -> None:
    if _Server.bus is not None:
        _Server.bus.send(parcel)
    elif settings.REDIS_URL:
        from holdspace.live.redis_bus import send_from_outside

        send_from_outside(settings.REDIS_URL, parcel)
