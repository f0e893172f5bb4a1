"""The pages of Settings that a person may see, in a row."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from holdspace.desk.web import DeskRequest

PAGES = (
    ("telehealth", _("Telehealth"), {"change_settings", "test_service"}),
    ("practice", _("Practice"), {"change_settings"}),
    ("hours", _("Practice hours"), {"change_settings"}),
    ("availability", _("Availability"), {"change_every_availability", "change_own_availability"}),
    ("staff", _("Staff"), {"change_staff"}),
    ("types", _("Appointment types"), {"change_settings"}),
    ("sites", _("Sites"), {"change_settings"}),
    ("forms", _("Consent forms"), {"change_forms"}),
    ("reasons", _("Reasons"), {"change_settings"}),
    ("states", _("State rules"), {"change_forms"}),
    ("emergency", _("Emergency numbers"), {"change_settings"}),
    ("import", _("Import"), {"import"}),
)


def tabs(request: DeskRequest, here: str = "") -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(f"desk:settings_{name}"), "current": name == here}
        for name, label, verbs in PAGES
        if verbs & request.actor.verbs
    ]
