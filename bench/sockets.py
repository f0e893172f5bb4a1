"""How the socket carries a crowd: 2,000 open, 1,000 notes a second in rooms of two.

One process on the memory bus, then two over Redis with every room split between them.  Each
server and each half of the crowd is a process of its own.  `bin/bench sockets [seconds]`.
"""

import asyncio
import json
import math
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))

import uvloop

from bench import crowd, socket_house
from verbs import services

ROOT = Path(__file__).resolve().parent.parent
SOCKETS, NOTES, CROWDS, SECONDS = 2_000, 1_000, 2, 20.0
MARKS = {"p99_ms": 10.0, "lost": 0, "kib_per_socket": 40.0}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def mine(*words: object, **how: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.sockets", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, text=True, **how)  # type: ignore[call-overload]


@contextmanager
def server(redis_url: str = ""):
    """A server in its own process: its pid and port."""
    port = free_port()
    process = mine("serve", port, redis_url)
    try:
        wait_for(port)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


@contextmanager
def own_redis():
    """A Redis of the bench's own, gone with it."""
    with tempfile.TemporaryDirectory(prefix="holdspace-sockets-") as folder:
        user = services.unprivileged()
        if user:
            shutil.chown(folder, user)
        with services.redis(Path(folder), user) as url:
            yield url


def wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("The server under load didn't start.")


class Crowd:
    """Part of the load, in its own process: it says when all are in, and what it measured."""

    def __init__(self, rooms: int, notes: int, seconds: float, ports: list[int]) -> None:
        words = ["crowd", rooms, notes, seconds, *ports]
        self._process = mine(*words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def all_in(self) -> None:
        if self._read() != "in":
            raise SystemExit("Not everyone could join.")

    def go(self) -> None:
        self._say("go")

    def measured(self) -> tuple[int, list[float]]:
        sent, delays = json.loads(self._read())
        return sent, delays

    def leave(self) -> None:
        self._say("leave")
        self._process.wait()

    def _say(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


async def be_a_crowd(rooms: int, notes: int, seconds: float, ports: list[int]) -> None:
    """What a crowd's process does."""
    socket_house.configure()
    tally = crowd.Tally()
    pairs = await crowd.gather(rooms, ports, tally)
    print("in", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await crowd.talk(pairs, notes, seconds)
    print(json.dumps([tally.sent, tally.delays]), flush=True)
    await asyncio.to_thread(sys.stdin.readline)


class Machine:
    """How late a thread that only sleeps wakes up: what this machine adds to whatever runs on it."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._measuring = True
        threading.Thread(target=self._measure, daemon=True).start()

    def p99_ms(self) -> float:
        self._measuring = False
        return nearest_rank(sorted(self.late), 99)

    def _measure(self) -> None:
        while self._measuring:
            began = time.perf_counter()
            time.sleep(0.005)
            self.late.append(time.perf_counter() - began - 0.005)


def measure(ports: list[int], seconds: float, pid: int) -> tuple[int, list[float], int]:
    """Notes sent, the delays of those that came, and the server's memory with everybody in."""
    crowds = [Crowd(SOCKETS // 2 // CROWDS, NOTES // CROWDS, seconds, ports) for _ in range(CROWDS)]
    for one in crowds:
        one.all_in()
    for one in crowds:
        one.go()
    results = [one.measured() for one in crowds]
    memory = socket_house.memory_kib(pid)
    for one in crowds:
        one.leave()
    return (
        sum(sent for sent, _ in results),
        sorted(delay for _, delays in results for delay in delays),
        memory,
    )


def nearest_rank(values: list[float], percent: float) -> float:
    """In milliseconds."""
    return round(values[math.ceil(len(values) * percent / 100) - 1] * 1000, 2)


def in_one_process(seconds: float) -> dict[str, float]:
    with server() as (pid, port):
        warm_up(port)
        before = socket_house.memory_kib(pid)
        sent, delays, after = measure([port], seconds, pid)
    return {
        "p50_ms": nearest_rank(delays, 50),
        "p99_ms": nearest_rank(delays, 99),
        "lost": sent - len(delays),
        "kib_per_socket": round((after - before) / SOCKETS, 1),
    }


def warm_up(port: int) -> None:
    """A few pages come and go, so that memory counts sockets and not what is loaded once."""
    few = Crowd(10, 100, 1, [port])
    few.all_in()
    few.go()
    few.measured()
    few.leave()


def over_redis(seconds: float) -> dict[str, float]:
    with own_redis() as redis, server(redis) as (pid, port), server(redis) as (_, other):
        sent, delays, _ = measure([port, other], seconds, pid)
    return {
        "p50_ms": nearest_rank(delays, 50),
        "p99_ms": nearest_rank(delays, 99),
        "lost": sent - len(delays),
    }


def table(one: dict[str, float], two: dict[str, float]) -> str:
    lines = [f"{SOCKETS:,} sockets, {NOTES:,} notes/s in rooms of two", ""]
    lines.append(f"{'':16}{'one process':>14}{'two, Redis':>14}{'mark':>8}")
    for name, value in one.items():
        mark = f"< {MARKS[name]:g}" if MARKS.get(name) else str(MARKS.get(name, ""))
        lines.append(f"{name:16}{value:>14}{two.get(name, ''):>14}{mark:>8}")
    return "\n".join(lines)


def main(seconds: float = SECONDS) -> None:
    machine = Machine()
    one, two = in_one_process(seconds), over_redis(seconds)
    print(table(one, two))
    print(f"\nMeanwhile this machine woke a sleeping thread {machine.p99_ms()} ms late (p99).")
    print(json.dumps({**one, "redis_p99_ms": two["p99_ms"]}))


if __name__ == "__main__":
    socket_house.many_files()
    match sys.argv[1:]:
        case ["serve", port, redis_url]:
            socket_house.serve(int(port), redis_url)
        case ["crowd", rooms, notes, seconds, *ports]:
            uvloop.run(be_a_crowd(int(rooms), int(notes), float(seconds), [int(port) for port in ports]))
        case [seconds]:
            main(float(seconds))
        case _:
            main()
