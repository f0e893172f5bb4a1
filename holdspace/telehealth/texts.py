"""What a client reads when the link is sent: first name, time, practice as it chose to appear, link."""

from holdspace.clients.models import Client, Contact
from holdspace.messaging.texts import Rendered, render, when
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat


def link_text(seat: Seat, channel: str, whom: Client | Contact | None = None) -> Rendered:
    """The text for one channel, with the time in the client's own zone; to them, or to their guardian."""
    named = {"first_name": whom.name} if isinstance(whom, Contact) else {}
    return render("link", fields=merge_fields(seat) | named, channel=channel)


def merge_fields(seat: Seat) -> dict[str, str]:
    """Everything a text about a seat may say.  Nothing clinical is among it."""
    return {
        "first_name": seat.client.greeting,
        "time": when(seat.appointment.starts_at, seat.client_time_zone),
        "practice": seat.practice.shown_name,
        "link": links.link_for(seat),
        "phone": seat.practice.phone,
    }
