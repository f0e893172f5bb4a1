"""The bus between several processes: Redis publish and subscribe, and nothing stored.

Every process listens on two channels, one for all and one of its own.  A process beats
on the first: so the others notice when it dies, and it notices when Redis does.
"""

import asyncio
import logging
from collections import deque
from functools import lru_cache, partial
from typing import Any
from uuid import uuid4

import redis
from redis import asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from holdspace.live.buses import Doorstep, Listener
from holdspace.live.parcels import Beat, Parcel, pack, unpack

log = logging.getLogger(__name__)

BEAT = 2.0
SILENCE = 8.0
"""Seconds after which a process, or Redis itself, counts as gone."""
RETRY = 0.25
WAITING = 20_000
"""Parcels kept for a slow Redis; older ones are dropped, as pub/sub itself would."""
OUTSIDE = "outside"


def _channel(client: Any) -> str:
    # Redis keeps databases apart, but not their channels.
    db = client.connection_pool.connection_kwargs.get("db") or 0
    return f"holdspace:{db}:live"


class RedisBus:
    """One subscriber and one writer, for as long as the server runs."""

    def __init__(self, url: str) -> None:
        pool = aioredis.BlockingConnectionPool.from_url(
            url, max_connections=4, timeout=5, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        self.process = uuid4().hex
        self._redis = aioredis.Redis.from_pool(pool)
        self._everyone = _channel(self._redis)
        self._doorstep = Doorstep()
        self._listener: Listener
        self._outbox: deque[tuple[str, str]] = deque(maxlen=WAITING)
        self._something = asyncio.Event()
        self._subscribed = asyncio.Event()
        self._heard: dict[str, float] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, parcel: Parcel) -> None:
        self._doorstep.run(partial(self._send, parcel))

    def send_to(self, process: str, parcel: Parcel) -> None:
        self._doorstep.run(partial(self._post, f"{self._everyone}:{process}", parcel))

    async def start(self, listener: Listener) -> None:
        """Begin; if Redis can't be reached within two seconds, begin alone and keep trying."""
        self._listener = listener
        self._doorstep.open()
        self._tasks = [asyncio.create_task(act()) for act in (self._hear, self._write, self._beat)]
        try:
            await asyncio.wait_for(self._subscribed.wait(), 2)
        except TimeoutError:
            log.warning("live: Redis can't be reached; this process is alone for now")

    async def stop(self) -> None:
        self._doorstep.close()
        going = set(self._tasks)
        while going:
            # In the middle of a command the client takes the first call to stop for a lost connection.
            for task in going:
                task.cancel()
            _, going = await asyncio.wait(going, timeout=RETRY)
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    def _send(self, parcel: Parcel) -> None:
        self._listener.deliver(parcel)
        self._post(self._everyone, parcel)

    def _post(self, channel: str, parcel: Parcel) -> None:
        self._outbox.append((channel, pack(self.process, parcel)))
        self._something.set()

    # The writer

    async def _write(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            batch = [self._outbox.popleft() for _ in range(len(self._outbox))]
            try:
                await self._publish(batch)
            except (RedisError, OSError):
                # Lost, as anything is that is published while nobody listens; the
                # roll call after the reconnect mends what must be mended.
                await asyncio.sleep(RETRY)

    async def _publish(self, batch: list[tuple[str, str]]) -> None:
        pipe = self._redis.pipeline(transaction=False)
        for channel, text in batch:
            pipe.publish(channel, text)
        await pipe.execute()

    # The subscriber

    async def _hear(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(self._everyone, f"{self._everyone}:{self.process}")
                    await self._listen(pubsub)
            except (RedisError, OSError) as lost:
                log.warning("live: lost Redis (%s)", type(lost).__name__)
            self._subscribed.clear()
            await asyncio.sleep(RETRY)

    async def _listen(self, pubsub: Any) -> None:
        confirmed = 0
        while True:
            message = await pubsub.get_message(timeout=SILENCE)
            if message is None:
                # Not even our own beat came back.
                raise redis.TimeoutError
            if message["type"] == "message":
                self._received(message["data"])
            elif message["type"] == "subscribe":
                confirmed += 1
                if confirmed == 2:
                    self._resumed()

    def _resumed(self) -> None:
        now = asyncio.get_running_loop().time()
        self._heard = dict.fromkeys(self._heard, now)
        self._subscribed.set()
        self._listener.resumed()

    def _received(self, text: bytes) -> None:
        try:
            sender, parcel = unpack(text)
            if sender == self.process:
                return
            if sender != OUTSIDE:
                self._heard[sender] = asyncio.get_running_loop().time()
            if not isinstance(parcel, Beat):
                self._listener.deliver(parcel)
        except Exception as wrong:  # One bad parcel must not stop the others; its words stay out of the log.
            log.error("live: a parcel was dropped (%s)", type(wrong).__name__)

    # The beat

    async def _beat(self) -> None:
        while True:
            self._post(self._everyone, Beat())
            await asyncio.sleep(BEAT)
            if self._subscribed.is_set():
                self._notice_the_silent()

    def _notice_the_silent(self) -> None:
        now = asyncio.get_running_loop().time()
        for process in [name for name, at in self._heard.items() if now - at > SILENCE]:
            del self._heard[process]
            self._listener.lost(process)


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def send_from_outside(url: str, parcel: Parcel) -> None:
    """Send from a process that serves no sockets: a worker, a command."""
    try:
        client = _client(url)
        client.publish(_channel(client), pack(OUTSIDE, parcel))
    except RedisError as lost:
        log.warning("live: a parcel was lost (%s)", type(lost).__name__)
