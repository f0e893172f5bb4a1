"""Going on where no license reaches: a clinician's own decision, with their reason on the record."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.live import bus
from holdspace.scheduling.models import Seat
from holdspace.telehealth import licensing, refusals
from holdspace.telehealth.models import LicenseReason

LONGEST = 500


def go_on(*, seat: Seat, reason: str, actor: Member, at: datetime) -> LicenseReason | None:
    """Write down why they meet all the same; nothing where a license is good.

    Good for this seat as long as the client is in that state.  Refuses where the practice stops.
    """
    if not actor.may("hold_sessions") or actor.clinician_id not in _leads(seat):
        raise refusals.OnlyItsClinicians
    found = licensing.licensed_for(seat, at)
    if found is None or not found.is_doubtful:
        return None
    if licensing.stops(seat):
        raise refusals.NotLicensedThere
    why = reason.strip()
    if not why or len(why) > LONGEST:
        raise refusals.WhyMissing
    facts = {"state": found.state, "standing": found.standing.value}
    with transaction.atomic():
        said = {"practice_id": seat.practice_id, "seat": seat, "reason": why, "at": at, **facts}
        kept = LicenseReason.objects.create(by_id=actor.id, by_name=actor.name, **said)
        trail.record(actor, "telehealth.license.went_on", seat, at=at, fields=["reason"], **facts)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)
    return kept


def _leads(seat: Seat) -> set[object]:
    return set(seat.appointment.clinicians.values_list("pk", flat=True))
