"""News of an appointment, for every page that is open on it."""

from collections.abc import Sequence

from holdspace.live import bus
from holdspace.scheduling.models import Appointment, Seat


def tell(appointment: Appointment, seats: Sequence[Seat]) -> None:
    """The open pages of the practice and of the clients concerned look again."""
    topics = {*appointment.topics, *(topic for seat in seats for topic in seat.topics)}
    bus.publish("appointment.changed", topics, appointment=appointment.pk)
