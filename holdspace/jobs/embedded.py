"""The worker as a thread of the web server: config/asgi.py starts and stops it with the server."""

import threading

from django.conf import settings

from holdspace.jobs.worker import Worker


class Embedded:
    """A worker and the thread it lives in; at most one in a process."""

    worker: Worker | None = None
    thread: threading.Thread | None = None

    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def start(self) -> None:
        self.worker = Worker()
        self.thread = threading.Thread(target=self.worker.run, name="jobs-worker", daemon=True)
        self.thread.start()

    def stop(self, timeout: float) -> None:
        if self.worker and self.thread:
            self.worker.stop()
            self.thread.join(timeout)


here = Embedded()


def start_embedded() -> bool:
    """Start this process's worker unless settings say the work is done elsewhere; whether it runs."""
    if settings.JOBS_EMBEDDED and not here.running():
        here.start()
    return here.running()


def stop_embedded(timeout: float = 10.0) -> None:
    """Take nothing new and wait for what runs, up to `timeout`.  Blocks: call it off the event loop."""
    here.stop(timeout)
