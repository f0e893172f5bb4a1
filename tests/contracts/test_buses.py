"""What every bus keeps: at most once, in order, from any thread, and never in the sender's way."""

import asyncio
import os
import socket as sockets
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from holdspace.live.buses import Bus, MemoryBus
from holdspace.live.parcels import Beat, Closed, Gone, Here, Hinted, Noted, Parcel, Roll, pack, unpack
from holdspace.live.redis_bus import RedisBus, send_from_outside
from holdspace.live.schema import Id

REDIS = os.environ.get("HOLDSPACE_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")

BUSES: dict[str, Callable[[], Bus]] = {"memory": MemoryBus, "redis": lambda: RedisBus(REDIS)}


class Ear:
    """A hub that only remembers."""

    def __init__(self) -> None:
        self.heard: list[Parcel] = []
        self.silent: list[str] = []
        self.resumptions = 0

    def deliver(self, parcel: Parcel) -> None:
        self.heard.append(parcel)

    def resumed(self) -> None:
        self.resumptions += 1

    def lost(self, process: str) -> None:
        self.silent.append(process)

    async def hears(self, parcel: Parcel) -> None:
        await until(lambda: parcel in self.heard)


async def until(true: Callable[[], bool], seconds: float = 5) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)


@asynccontextmanager
async def running(bus: Bus):
    ear = Ear()
    await bus.start(ear)
    try:
        yield ear
    finally:
        await bus.stop()


def hint(name: str = "seat.changed") -> Hinted:
    return Hinted([f"seat:{uuid4()}"], name, {"seat": str(uuid4())})


@pytest.fixture(params=BUSES)
def bus(request):
    # Made in the test's loop: a bus belongs to one.
    return BUSES[request.param]


def test_what_is_sent_in_the_loop_has_arrived_when_send_returns(bus):
    async def story():
        mine, one = bus(), hint()
        async with running(mine) as ear:
            mine.send(one)
            assert one in ear.heard

    asyncio.run(story())


def test_what_a_thread_sends_arrives_once_and_in_order(bus):
    async def story():
        mine, hints = bus(), [hint() for _ in range(200)]
        async with running(mine) as ear:
            thread = threading.Thread(target=lambda: [mine.send(one) for one in hints])
            thread.start()
            await ear.hears(hints[-1])
            await asyncio.sleep(0.1)
            assert [heard for heard in ear.heard if heard in hints] == hints
            thread.join()

    asyncio.run(story())


def test_before_it_starts_and_after_it_stops_sending_does_nothing(bus):
    async def story():
        mine = bus()
        mine.send(hint())
        async with running(mine) as ear:
            heard = list(ear.heard)
        mine.send(hint())
        assert ear.heard == heard

    asyncio.run(story())


def test_sending_never_waits(bus):
    async def story():
        mine = bus()
        async with running(mine):
            began = time.perf_counter()
            for _ in range(1_000):
                mine.send(hint())
            assert time.perf_counter() - began < 0.5

    asyncio.run(story())


def test_it_stops_at_once_however_much_is_on_its_way(bus):
    async def story(moments: float) -> None:
        mine = bus()
        async with running(mine):
            for _ in range(1_000):
                mine.send(hint())
            await asyncio.sleep(moments)

    for turn in range(20):
        asyncio.run(asyncio.wait_for(story(turn / 1000), 20))


@pytest.mark.parametrize(
    "parcel",
    [
        hint(),
        Closed("user:1"),
        Gone(Id("s"), Id("p"), 7),
        Noted(Id("s"), Id("p"), '{"a":"ü"}'),
        Roll("me", [Here(Id("s"), Id("p"), "client", "waiting", "me", 7)], True),
        Beat(),
    ],
)
def test_a_parcel_comes_out_as_it_went_in(parcel):
    assert unpack(pack("me", parcel)) == ("me", parcel)


# Between processes: what only the bus with a server can keep.


def test_every_process_hears_what_one_sends_and_only_one_hears_what_is_its_own():
    async def story():
        one, two, everyone, own = RedisBus(REDIS), RedisBus(REDIS), hint(), hint()
        async with running(one) as ear, running(two) as other:
            one.send_to(two.process, own)
            one.send(everyone)
            await other.hears(everyone)
            assert [heard for heard in other.heard if heard in (own, everyone)] == [own, everyone]
            assert own not in ear.heard
            await asyncio.sleep(0.1)
            assert ear.heard.count(everyone) == 1

    asyncio.run(story())


def test_a_worker_outside_reaches_every_process():
    async def story():
        one = hint()
        async with running(RedisBus(REDIS)) as ear, running(RedisBus(REDIS)) as other:
            await asyncio.to_thread(send_from_outside, REDIS, one)
            await ear.hears(one)
            await other.hears(one)

    asyncio.run(story())


def test_rubbish_on_the_channel_harms_nobody():
    async def story():
        mine, one = RedisBus(REDIS), hint()
        async with running(mine) as ear:
            await mine._redis.publish(mine._everyone, "rubbish")
            await mine._redis.publish(mine._everyone, '["x","here",{"session":1}]')
            await asyncio.to_thread(send_from_outside, REDIS, one)
            await ear.hears(one)

    asyncio.run(story())


def test_a_silent_process_is_reported_lost(monkeypatch):
    monkeypatch.setattr("holdspace.live.redis_bus.BEAT", 0.05)
    monkeypatch.setattr("holdspace.live.redis_bus.SILENCE", 0.4)

    async def story():
        quiet = RedisBus(REDIS)
        async with running(RedisBus(REDIS)) as ear:
            async with running(quiet):
                await asyncio.sleep(0.6)
                assert quiet.process not in ear.silent
            await until(lambda: quiet.process in ear.silent)

    asyncio.run(story())


class OwnRedis:
    """A Redis that a test may kill."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        with sockets.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", self._folder]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(200):
            with sockets.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("redis-server didn't start")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def own_redis(tmp_path):
    own = OwnRedis(str(tmp_path))
    yield own
    own.kill()


def test_when_redis_comes_back_so_does_the_bus_and_says_so(own_redis):
    async def story():
        one, two = RedisBus(own_redis.url), RedisBus(own_redis.url)
        async with running(one) as ear, running(two) as other:
            own_redis.kill()
            alone = hint()
            one.send(alone)
            assert alone in ear.heard
            await asyncio.sleep(0.5)
            own_redis.start()
            await until(lambda: ear.resumptions == other.resumptions == 2)

            together = hint()
            one.send(together)
            await other.hears(together)

    asyncio.run(story())


def test_a_redis_that_isnt_there_yet_delays_nobody_for_long(own_redis):
    own_redis.kill()

    async def story():
        began = time.monotonic()
        async with running(RedisBus(own_redis.url)) as ear:
            assert time.monotonic() - began < 3
            own_redis.start()
            await until(lambda: ear.resumptions == 1)

    asyncio.run(story())


def test_from_outside_a_dead_redis_costs_a_hint_and_no_error(own_redis):
    own_redis.kill()

    send_from_outside(own_redis.url, hint())
