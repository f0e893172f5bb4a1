"""An appointment for the client's own calendar: when, and with which practice; nothing secret."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.scheduling.feeds import shown_as
from holdspace.scheduling.models import Notice, Seat
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.vcalendar import Shown, calendar


def file_of(seat: Seat) -> bytes:
    """This one appointment, told in the client's zone."""
    return calendar([shown_to(seat, alone=True)], name=seat.practice.shown_name)


def series_file_of(seat: Seat, *, at: datetime) -> bytes:
    """All that is still to come of the series, as one repeating appointment in the zone it keeps."""
    shown = [shown_to(one) for one in rest_of_series(seat, at=at)]
    return calendar(shown, name=seat.practice.shown_name)


def rest_of_series(seat: Seat, *, at: datetime) -> list[Seat]:
    """This client's seats in the series that stand and aren't over; none where there is no series."""
    place = getattr(seat.appointment, "occurrence", None)
    if place is None:
        return []
    found = Seat.objects.filter(
        client=seat.client_id, appointment__occurrence__series=place.series_id, appointment__ends_at__gt=at
    )
    found = found.exclude(status__in=[*NOT_HELD, "requested"])
    found = found.select_related("practice", "client", "notice", "appointment__occurrence__series")
    return list(found.order_by("appointment__starts_at"))


def shown_to(seat: Seat, *, alone: bool = False) -> Shown:
    """The seat as its client's calendar has it; never older than what they were sent."""
    summary = _("Appointment with %(practice)s") % {"practice": seat.practice.shown_name}
    shown = shown_as(seat.appointment, summary=summary)
    # The same appointment has another id in a clinician's calendar: a household may hold both.
    sent: Notice | None = getattr(seat, "notice", None)
    version = max(shown.version, sent.sequence + 1) if sent else shown.version
    shown = replace(shown, uid=seat.pk, time_zone=seat.client_time_zone, version=version)
    if alone or shown.series is None:
        return replace(shown, series=None, series_uid=None)
    return replace(shown, series_uid=_series_uid(shown.series.pk, seat.client))


def _series_uid(series: UUID, client: Client) -> UUID:
    return uuid5(series, str(client.pk))
