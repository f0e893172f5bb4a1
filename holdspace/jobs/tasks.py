"""The lease table's own housekeeping."""

from holdspace.jobs import actions, every
from holdspace.kit import clock


@every(seconds=3600)
def forget_old_jobs() -> None:
    """Purge what was done or given up long ago."""
    actions.purge(at=clock.now())
