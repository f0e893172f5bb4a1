"""Two processes over Redis are one house: presence, notes, taking over, and dying."""

import os
import signal
import socket as sockets
import subprocess
import sys
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from holdspace.live.parcels import Closed, Hinted
from holdspace.live.redis_bus import send_from_outside
from tests.live.world import Page, Room, World

REDIS = os.environ.get("HOLDSPACE_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
ROOT = Path(__file__).resolve().parents[2]


class Processes:
    """Servers in processes of their own, on one world and one Redis."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._pages: list[Page] = []

    def start(self) -> int:
        port = free_port()
        command = [sys.executable, "-m", "tests.live.world", str(self._file), str(port), REDIS]
        self._running[port] = subprocess.Popen(command, cwd=ROOT)
        wait_for(port)
        return port

    def kill(self, port: int) -> None:
        process = self._running.pop(port)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def open(self, port: int, who: str) -> Page:
        self._pages.append(Page(port, who))
        return self._pages[-1]

    def end(self) -> None:
        for page in self._pages:
            page.close()
        for process in self._running.values():
            process.terminate()
            process.wait(10)


def free_port() -> int:
    with sockets.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(200):
        with sockets.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("The server didn't start.")


@pytest.fixture
def processes(tmp_path):
    processes = Processes(tmp_path / "world.json")
    yield processes
    processes.end()


@pytest.fixture
def room(tmp_path):
    return Room(World(tmp_path / "world.json"))


def test_a_call_is_signalled_across_processes(processes, room):
    one, two = processes.start(), processes.start()
    osei = processes.open(one, room.oseis_key)
    osei.join(room.session)

    rosa = processes.open(two, room.rosas_key)
    joined = rosa.join(room.session)

    assert [peer["participant"] for peer in joined["present"]] == [room.osei]
    assert osei.hear("present")["participant"] == room.rosa
    osei.note(room.session, room.rosa, "offer", sdp="o")
    assert rosa.hear("note")["body"] == {"sdp": "o"}
    rosa.note(room.session, room.osei, "answer", sdp="a")
    assert osei.hear("note")["from"] == room.rosa
    rosa.note(room.session, room.osei, "media", audio=True)
    assert rosa.hear("error")["code"] == "not_yet"

    room.let_rosa("admitted")
    send_from_outside(REDIS, Hinted([room.topic], "participant.admitted", {}))
    assert rosa.hear("right")["right"] == "admitted"
    assert osei.hear("present")["right"] == "admitted"
    rosa.note(room.session, room.osei, "media", audio=True)
    assert osei.hear("note")["kind"] == "media"
    rosa.close()
    assert osei.hear("absent")["participant"] == room.rosa


def test_a_second_tab_in_another_process_takes_the_seat(processes, room):
    one, two = processes.start(), processes.start()
    first = processes.open(one, room.rosas_key)
    first.join(room.session)

    processes.open(two, room.rosas_key).join(room.session)

    assert first.hear("taken")["session"] == room.session


def test_hints_and_closed_doors_reach_every_process(processes, room):
    pages = [processes.open(processes.start(), room.oseis_key) for _ in range(2)]
    for page in pages:
        page.watch(room.topic)

    send_from_outside(REDIS, Hinted([room.topic], "seat.changed", {}))
    assert [page.hear("hint")["name"] for page in pages] == ["seat.changed"] * 2

    send_from_outside(REDIS, Closed(room.oseis_key))
    assert [page.closed() for page in pages] == [4401, 4401]


def test_who_was_on_a_killed_process_is_absent_within_seconds(processes, room):
    one, two = processes.start(), processes.start()
    osei, rosa = processes.open(one, room.oseis_key), processes.open(two, room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)
    osei.hear("present")

    processes.kill(two)

    with pytest.raises(ConnectionClosed):
        rosa.hear("nothing")
    assert osei.hear("absent", timeout=12)["participant"] == room.rosa
    assert processes.open(processes.start(), room.rosas_key).join(room.session)["present"] != []
    assert osei.hear("present")["participant"] == room.rosa
