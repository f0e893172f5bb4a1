"""When an appointment was before it was moved, as its own trail tells."""

from holdspace.audit.queries import changes_of
from holdspace.scheduling.models import Appointment


def moved_from(appointment: Appointment) -> str:
    """Its time before the last move that stands, with the practice's zone; else nothing.  One query.

    A move that was taken back is none.
    """
    before: list[str] = []
    for old, new in changes_of("scheduling.appointment", appointment.pk, "time"):
        if before and before[-1] == new:
            before.pop()
        else:
            before.append(old)
    return before[-1] if before else ""
