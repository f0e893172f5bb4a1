"""The frame around every desk page: where one can go, who one is, what news there is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Member

CALENDARS = frozenset({"see_every_calendar", "see_own_calendar"})
SETTINGS = frozenset({"change_settings", "change_staff", "test_service"})
NOT_PHONE, ONLY_PHONE = "hs-not-phone", "hs-only-phone"


@dataclass(frozen=True)
class Place:
    """One entry of the sidebar; shown to whoever may do any of its verbs."""

    name: str
    label: str | Promise
    icon: str
    verbs: frozenset[str] = frozenset()
    css: str = ""

    @property
    def url(self) -> str:
        return reverse(f"desk:{self.name}")


PLACES = (
    Place("today", _("Today"), "sun", CALENDARS),
    Place("calendar", _("Calendar"), "calendar", CALENDARS),
    Place("clients", _("Clients"), "users", frozenset({"see_clients"})),
    Place("messages", _("Messages"), "message", frozenset({"see_clients"})),
    Place("trail", _("Trail"), "list-check", frozenset({"read_trail"}), NOT_PHONE),
    Place("settings", _("Settings"), "settings", SETTINGS, NOT_PHONE),
    Place("help", _("Help"), "lifebuoy", css=NOT_PHONE),
    Place("more", _("More"), "dots", css=ONLY_PHONE),
)


def places(actor: Member) -> list[Place]:
    """Where this person may go."""
    return [place for place in PLACES if not place.verbs or place.verbs & actor.verbs]


def nav(request: HttpRequest, actor: Member) -> list[dict[str, Any]]:
    """The sidebar's entries, with the one marked that this page belongs to."""
    return [
        {
            "name": p.name,
            "label": p.label,
            "icon": p.icon,
            "css": p.css,
            "url": p.url,
            "current": _is_here(request, p),
        }
        for p in places(actor)
    ]


def _is_here(request: HttpRequest, place: Place) -> bool:
    return request.path == place.url or request.path.startswith(f"{place.url}/")


def initials(name: str) -> str:
    words = [word for word in name.split() if word.lower().rstrip(".") != "dr"]
    return "".join(word[0] for word in words[:2]).upper()
