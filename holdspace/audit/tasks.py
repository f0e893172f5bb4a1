"""The sealer's clock."""

from pathlib import Path

from django.conf import settings

from holdspace.audit import actions, queries
from holdspace.jobs import every
from holdspace.kit import clock


def heads_file() -> Path:
    """Where published heads are kept beside the log; back it up apart from the database."""
    return Path(settings.HOME) / "trail-heads.log"


@every(seconds=1, when=queries.anything_waiting)
def seal_the_trail() -> None:
    """Seal what was committed.  A commit in this process wakes it; elsewhere the poll does."""
    actions.seal_waiting(at=clock.now())


@every(seconds=3600)
def publish_heads() -> None:
    actions.publish_heads(heads_file())
