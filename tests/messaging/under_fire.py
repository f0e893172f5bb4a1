"""Run as a process: somebody who sends, and dies or not, in a database apart."""

import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402

from holdspace.jobs import runner  # noqa: E402
from holdspace.kit.clock import now  # noqa: E402
from holdspace.messaging import actions as messages  # noqa: E402
from holdspace.messaging.models import Message  # noqa: E402
from holdspace.practices.models import Practice  # noqa: E402


def by_smtp(port: str) -> None:
    options = {"host": "127.0.0.1", "port": int(port), "security": "none", "sender": "desk@example.org"}
    line = {"path": "holdspace.messaging.carriers.smtp.Smtp", "options": options}
    settings.MESSAGE_CARRIERS = settings.MESSAGE_CARRIERS | {"smtp": line}
    settings.CHANNELS = settings.CHANNELS | {"email": "smtp"}


def queue() -> None:
    willow = Practice.objects.create(name="Willow", shown_name="Willow", slug="willow", created_at=now())
    said: dict[str, Any] = {"to": "rosa@example.org", "kind": "link", "subject": "Hi", "body": "Hi"}
    messages.send(practice=willow, channel="email", client_id=None, about=None, at=now(), **said)


def work(port: str) -> None:
    """Send what is due.  Told to die, it never comes back from here."""
    by_smtp(port)
    runner.run_due(at=now())


def work_later(port: str) -> None:
    """An hour on: the dead worker's lease has run out."""
    by_smtp(port)
    from holdspace.jobs import actions

    later = now() + timedelta(hours=1)
    Message.objects.update(sending_at=now() - timedelta(hours=1))
    actions.recover(at=later)
    runner.run_due(at=later)


def status() -> None:
    print(Message.objects.get().status)


if __name__ == "__main__":
    parts = (queue, work, work_later, status)
    {part.__name__: part for part in parts}[sys.argv[1]](*sys.argv[2:])
