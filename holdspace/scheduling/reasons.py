"""Why an appointment isn't held: what may be chosen from, and where a reason must be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from holdspace.scheduling.models import Reasons, SeatStatus

# What nearly every practice writes, until it says what it wants to choose from.
USUAL = {
    SeatStatus.CANCELLED: (_("Client asked"), _("Clinician is away"), _("Booked by mistake"), _("Insurance")),
    SeatStatus.LATE_CANCELLATION: (_("Illness"), _("Work or family"), _("Emergency"), _("Travel or weather")),
    SeatStatus.NO_SHOW: (_("Could not be reached"), _("Forgot"), _("Technical trouble")),
    SeatStatus.RESCHEDULED: (_("Client asked"), _("Clinician asked")),
}


@dataclass(frozen=True)
class Offered:
    """The reasons for one status."""

    status: str
    words: Sequence[str]
    required: bool = False


def reasons_of(practice_id: UUID) -> dict[str, Offered]:
    """What the practice offers for each status that has reasons; one query."""
    kept = {one.status: one for one in Reasons.objects.filter(practice_id=practice_id)}
    return {
        status.value: Offered(status, kept[status].words, kept[status].required)
        if status in kept
        else Offered(status, [str(word) for word in usual])
        for status, usual in USUAL.items()
    }


def is_required(practice_id: UUID, status: str) -> bool:
    """Whether the practice wants to know why, whoever sets this status."""
    return Reasons.objects.filter(practice_id=practice_id, status=status, required=True).exists()
