"""Fields in a form's text, like {client}: filled in when it is shown for a seat, never stored filled."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.kit import zones
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat

FIELD = re.compile(r"\{([^{}\n]*)\}")
FIELDS = {
    "practice": gettext_lazy("the practice's name as clients see it"),
    "phone": gettext_lazy("the practice's phone number"),
    "clinician": gettext_lazy("the clinician of the appointment"),
    "client": gettext_lazy("the client's full name"),
    "first_name": gettext_lazy("what the client likes to be called"),
    "date": gettext_lazy("the day on which it is read"),
}


def unknown(text: str) -> str:
    """The first field in a text that we couldn't fill, or nothing."""
    return next((name for name in FIELD.findall(text) if name not in FIELDS), "")


def of_seat(seat: Seat, at: datetime) -> dict[str, str]:
    """What the fields say for one seat's client, on this day where they live."""
    clinicians = [one.name for one in seat.appointment.clinicians.all()]
    return {
        "practice": seat.practice.shown_name,
        "phone": seat.practice.phone,
        "clinician": ", ".join(clinicians),
        "client": seat.client.full_name,
        "first_name": seat.client.greeting,
        "date": _day(at, seat.client_time_zone),
    }


def named() -> dict[str, str]:
    """What stands for the fields where nobody kept what they said: what each is, in brackets."""
    return {name: f"[{words}]" for name, words in FIELDS.items()}


def sample(practice: Practice, at: datetime) -> dict[str, str]:
    """What the fields may say: this practice, and people who don't exist."""
    return {
        "practice": practice.shown_name,
        "phone": practice.phone,
        "clinician": _("Dr. Alex Morgan"),
        "client": _("Jordan Lee"),
        "first_name": _("Jordan"),
        "date": _day(at, practice.time_zone),
    }


def _day(at: datetime, zone: str) -> str:
    return date_format(zones.wall_of(at, zone).replace(tzinfo=None), "F j, Y")


def filled(html: str, said: Mapping[str, str]) -> SafeString:
    """Markup with its fields filled in.  A name is only ever text: what it holds is no markup of ours."""
    return mark_safe(FIELD.sub(lambda match: escape(said.get(match[1], match[0])), html))  # noqa: S308
