"""May these two meet, where the client is today?  The practice warns or stops; a warning wants a reason."""

from datetime import datetime

from django.db.models import prefetch_related_objects

from holdspace.practices.licenses import Licensed, Standing, worst_of
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from holdspace.telehealth import refusals
from holdspace.telehealth.models import LicenseReason


def licensed_for(seat: Seat, at: datetime) -> Licensed | None:
    """Of all who lead the appointment, the one with whom it may fail; None where nobody does."""
    clinicians = list(seat.appointment.clinicians.all())
    prefetch_related_objects(clinicians, "licenses")
    return worst_of(clinicians, seat.location_state, at)


def reason_for(seat: Seat) -> LicenseReason | None:
    """Why they go on all the same, if that was written down for where the client is now."""
    return LicenseReason.objects.filter(seat=seat, state=seat.location_state).last()


def stops(seat: Seat) -> bool:
    return seat.appointment.practice.licensing == Practice.Licensing.STOP


def check_licensed(seat: Seat, at: datetime) -> None:
    """Raise the refusal that keeps the two apart, if one does.

    An answer from before the day still warns; where the practice stops, only today's will do.
    """
    if stops(seat) and not (seat.location_state and seat.where_is_known(at)):
        raise refusals.PlaceUnknown
    if not seat.location_state:
        return
    found = licensed_for(seat, at)
    if found is None or not found.is_doubtful:
        return
    if stops(seat):
        raise refusals.NotLicensedThere
    if reason_for(seat) is None:
        raise refusals.LicenseReasonMissing


def is_soon(found: Licensed | None) -> bool:
    return found is not None and found.standing == Standing.SOON
