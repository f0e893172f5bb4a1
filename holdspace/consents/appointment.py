"""The appointment that somebody answered for, as it was at that moment: it may move or change hands since."""

from datetime import UTC, datetime
from typing import Any

from holdspace.scheduling.models import ContactType, Seat


def of_seat(seat: Seat) -> dict[str, Any]:
    """What an answer's details keep of its appointment: how it was to be held, when it begins, with whom."""
    appointment = seat.appointment
    return {
        "contact_type": appointment.contact_type,
        "appointment": {
            "starts_at": appointment.starts_at.astimezone(UTC).isoformat(),
            "zone": appointment.time_zone,
            "clinicians": [clinician.name for clinician in appointment.clinicians.all()],
        },
    }


def as_kept(facts: dict[str, Any]) -> dict[str, Any]:
    """The same out of an earlier answer's details; of one from before it was kept, what there is."""
    return {name: facts[name] for name in ("contact_type", "appointment") if name in facts}


def begins(facts: dict[str, Any]) -> datetime | None:
    """When the appointment was to begin, by an answer's details."""
    kept = facts.get("appointment")
    return datetime.fromisoformat(kept["starts_at"]) if kept else None


def way(facts: dict[str, Any]) -> str:
    """How it was to be held, in words, by an answer's details."""
    kept = facts.get("contact_type")
    return str(ContactType(kept).label) if kept else ""
