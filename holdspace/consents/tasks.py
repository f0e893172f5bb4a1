"""What happens to consents while nobody looks."""

from holdspace.consents import queries
from holdspace.consents.actions.ends import expire
from holdspace.jobs import every
from holdspace.kit.clock import now


@every(seconds=600)
def expire_consents() -> None:
    """Whatever is over says so; whether one stands never depends on this."""
    expire(at=now())


def papers_wait() -> bool:
    return queries.papers_due(at=now())


@every(seconds=5, when=papers_wait)
def seal_papers() -> None:
    """Make the PDFs of what was answered; one worker at a time, so that calls keep the processor."""
    # The libraries that draw and seal are loaded by whoever needs them, not by every start.
    from holdspace.consents.actions.sealing import seal_due

    seal_due(at=now())
