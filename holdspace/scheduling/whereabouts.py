"""Where a client was the last time: a suggestion for this time, never an answer."""

from holdspace.scheduling.actions.where import Place
from holdspace.scheduling.models import Seat


def place_before(seat: Seat) -> Place | None:
    """The place said for this client's latest appointment before this one, in its words; one query.

    The point of a browser is left behind: it was true then.  None where nothing else was said.
    """
    earlier = Seat.objects.filter(practice_id=seat.practice_id, client_id=seat.client_id)
    earlier = earlier.filter(appointment__starts_at__lt=seat.appointment.starts_at)
    said = earlier.filter(location_ok_at__isnull=False).order_by("-appointment__starts_at", "-pk").first()
    return Place(said.location, said.location_state) if said and said.location else None
