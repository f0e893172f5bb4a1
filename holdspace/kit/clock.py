"""The only clock.  Web rooms and jobs read it and hand the time in; actions are given it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
