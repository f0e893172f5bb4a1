"""What happens to consents while nobody looks."""

from holdspace.consents.actions.ends import expire
from holdspace.jobs import every
from holdspace.kit.clock import now


@every(seconds=600)
def expire_consents() -> None:
    """Whatever is over says so; whether one stands never depends on this."""
    expire(at=now())
