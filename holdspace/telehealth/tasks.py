"""What happens to sessions while nobody looks."""

from holdspace.jobs import every
from holdspace.kit.clock import now
from holdspace.telehealth.actions.sessions import end_empty
from holdspace.telehealth.actions.waiting import sweep_away


@every(seconds=60)
def tidy_sessions() -> None:
    """Whoever is long away has left; a session left empty ends by itself."""
    sweep_away(at=now())
    end_empty(at=now())
