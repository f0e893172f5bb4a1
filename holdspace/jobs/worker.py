"""The worker: looks for due jobs, runs each in a thread of its own, and keeps their leases alive.

Three kinds of thread: the one that looks, one for the heartbeat, one for each running job.
All may die at any moment; the lease table is what remembers.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import close_old_connections, connections

from holdspace.jobs import actions, declare, runner, wake
from holdspace.jobs.models import Job
from holdspace.kit import clock

T = TypeVar("T")
log = logging.getLogger("holdspace.jobs")
POLL = 0.5
SLOTS, CRON_SLOTS = 4, 2  # crons have their own: a slow carrier must not keep the trail unsealed
RECOVER_EVERY = 5.0
MOMENT = 0.05


class Worker:
    """Runs jobs until told to stop.  Several may run at once, in any number of processes."""

    def __init__(self, *, slots: int = SLOTS, lease: timedelta = actions.LEASE, poll: float = POLL) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{id(self):x}"
        self.slots, self.lease, self.poll = slots, lease, poll
        self._running: dict[str, Job] = {}
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._recover_after = 0.0

    def stop(self) -> None:
        """Take nothing new.  May be called from a signal handler or any thread."""
        self._stopping.set()
        wake.rung.set()

    def run(self, *, grace: float = 20.0) -> None:
        """Work until `stop`, then give what runs `grace` seconds; the rest comes back when its lease ends."""
        heart = threading.Thread(target=self._beat, name="jobs-heartbeat", daemon=True)
        heart.start()
        try:
            self._guarded(lambda: actions.keep_crons(declare.crons(), at=clock.now()))
            while not self._stopping.is_set():
                self._keep_quiet()
                wake.rung.clear()
                if not self._guarded(self._look):
                    self._rest()
        finally:
            connections.close_all()  # a thread's connections would outlive it
        self._wait_for_running(grace)

    def _rest(self) -> None:
        """Until somebody rings, and a moment more: whoever rang answers a person first."""
        if wake.rung.wait(self.poll):
            self._stopping.wait(MOMENT)

    def _keep_quiet(self) -> None:
        while wake.quiet.left and not self._stopping.is_set():
            self._stopping.wait(wake.quiet.left)

    def _look(self) -> bool:
        """Start what is due; whether something was, and there is room to look again at once."""
        self._recover()
        work, crons = self._room()
        at = clock.now()
        claimed = actions.claim_crons(by=self.name, at=at, limit=crons, lease=self.lease)
        claimed += actions.claim(by=self.name, at=at, limit=work, lease=self.lease)
        for job in claimed:
            self._start(job)
        return bool(claimed)

    def _recover(self) -> None:
        if time.monotonic() >= self._recover_after:
            actions.recover(at=clock.now())
            self._recover_after = time.monotonic() + min(RECOVER_EVERY, self.lease.total_seconds() / 3)

    def _room(self) -> tuple[int, int]:
        with self._guard:
            crons = sum(job.cron for job in self._running.values())
            return self.slots - (len(self._running) - crons), CRON_SLOTS - crons

    def _start(self, job: Job) -> None:
        with self._guard:
            self._running[job.leased_by] = job
        threading.Thread(target=self._run, args=(job, job.leased_by), name="job", daemon=True).start()

    def _run(self, job: Job, token: str) -> None:
        try:
            self._guarded(lambda: runner.run(job))
        finally:
            connections.close_all()
            with self._guard:
                del self._running[token]
            wake.rung.set()  # a slot is free

    def _beat(self) -> None:
        while not self._stopping.is_set() or self._tokens():
            time.sleep(self.lease.total_seconds() / 4)
            if self._tokens():
                self._guarded(lambda: actions.extend(self._tokens(), at=clock.now(), lease=self.lease))
                connections.close_all()  # seconds will pass before the next

    def _tokens(self) -> list[str]:
        with self._guard:
            return list(self._running)

    def _wait_for_running(self, grace: float) -> None:
        until = time.monotonic() + grace
        while self._tokens() and time.monotonic() < until:
            time.sleep(0.05)

    def _guarded(self, step: Callable[[], T]) -> T | None:
        """One step that may fail (a database away, a full disk) without ending the worker."""
        try:
            return step()
        except Exception:
            log.exception("worker.step_failed worker=%s", self.name)
            self._stopping.wait(1.0)
            return None
        finally:
            # Back to the pool where there is one; else kept, for a new one costs more than all that is asked.
            close_old_connections()
