"""`holdspace worker`: the jobs in a process of their own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from holdspace.jobs.worker import SLOTS, Worker


class Command(BaseCommand):
    help = "Runs jobs until told to stop (SIGTERM or Ctrl-C finishes what runs first)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slots", type=int, default=SLOTS, help="how many jobs at a time")
        parser.add_argument("--grace", type=float, default=20.0, help="seconds running jobs get at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(slots=options["slots"])
        # A handler interrupts the very wait it wants to end, lock and all: stop from another thread.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=worker.stop).start())
        self.stdout.write(f"worker {worker.name}: ready")
        worker.run(grace=options["grace"])
        self.stdout.write(f"worker {worker.name}: stopped")
