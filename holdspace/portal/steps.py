"""What a client does before we meet by video, step by step, and the one thing that comes next.

The steps hang on the seat and on what stands for the client, so each is remembered wherever it was
done.  Nobody is kept outside by one that is missing: what must be, the clinician's page says at Admit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from holdspace.consents import queries as consents
from holdspace.consents.models import Consent
from holdspace.consents.queries import Need
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
from holdspace.telehealth import queries

EARLY, JOIN, OVER, CANCELLED, NOT_VIDEO = "early", "join", "over", "cancelled", "not_video"
ADDRESSES = {"form": "portal:consent", "where": "portal:where", "check": "portal:check"}


@dataclass(frozen=True)
class Step:
    """One step; `waits` says whether the client is led to it, because something can be done about it now."""

    name: str
    done: bool
    waits: bool

    @property
    def address(self) -> str:
        return ADDRESSES[self.name]


def stage_of(seat: Seat, *, at: datetime) -> str:
    """What an appointment is to its client now: too early, time to join, over, or off."""
    opens, closes = links.join_window(seat)
    if not seat.stands:
        return CANCELLED
    if not seat.appointment.is_telehealth:
        return NOT_VIDEO
    if queries.open_session(seat.appointment_id):
        return JOIN
    if at < opens:
        return EARLY
    return JOIN if at < closes else OVER


def steps_of(
    seat: Seat, stage: str, needed: list[Need], asked: Consent | None, *, at: datetime
) -> list[Step]:
    """All of them, in their order.  The check of camera and sound is the room's own, once that is open."""
    early = stage == EARLY
    fresh = any(need.unanswered and not need.declined for need in needed)
    agreed = not any(need.unanswered for need in needed)
    there, tried = seat.where_is_known(at), bool(seat.device_ok_at)
    return [
        Step("who", done=True, waits=False),
        Step("form", done=agreed and not asked, waits=bool(asked) or (early and fresh)),
        Step("where", done=there, waits=not there),
        Step("check", done=tried, waits=early and not tried),
    ]


def next_of(steps: Iterable[Step], *, skip: str = "") -> Step | None:
    """The first that waits for the client; None where nothing does."""
    return next((step for step in steps if step.waits and step.name != skip), None)


def ready_facts(seat: Seat, *, at: datetime) -> dict[str, object]:
    """What the page of the link says: each step, which is next, and whether they may join."""
    stage, needed = stage_of(seat, at=at), consents.needs(seat, at=at)
    agreed = form_facts(seat, needed)
    steps = steps_of(seat, stage, needed, agreed["asked_consent"], at=at)
    return {
        "state": stage,
        "steps": {step.name: step for step in steps},
        "left": sum(not step.done for step in steps),
        "next": next_of(steps),
        "without": next_of(steps, skip="form"),
        "declined": any(need.declined for need in needed),
        **agreed,
    }


def form_facts(seat: Seat, needed: list[Need]) -> dict[str, Consent | None]:
    """What the client's pages say about the form: signed, waiting to be read, or nothing."""
    consent, asked = consents.agreed_to(needed), consents.live_request(seat)
    again = consent and asked and asked.version.form_id == consent.version.form_id
    return {"consent": consent, "asked_consent": None if again else asked}


def consent_facts(seat: Seat, *, at: datetime) -> dict[str, Consent | None]:
    return form_facts(seat, consents.needs(seat, at=at))


def onward(seat: Seat, *, at: datetime) -> str:
    """Where a step that was done leads: straight in where it was the last one, else back to the list."""
    facts = ready_facts(seat, at=at)
    return "portal:room" if facts["state"] == JOIN and facts["next"] is None else "portal:home"
