"""The four lights of a telehealth appointment: what is ready, and what isn't yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from holdspace.kit.said import said_once
from holdspace.scheduling.models import Seat

OK, BAD, NOT_YET = "is-ok", "is-bad", ""


@dataclass(frozen=True, eq=False)
class Light:
    """One of the four marks of readiness, always with its word; there is one of each."""

    name: str
    state: str
    words: str | Promise
    icon: str


def lights(seat: Seat, at: datetime, *, agreed: bool, doubtful: bool = False) -> list[Light]:
    """Link seen, device ok, consent ok, location ok: always four, always in this order.

    Location ok: today's state is known, and who leads is licensed there (`doubtful` says otherwise).
    """
    device = BAD if seat.device_trouble else OK if seat.device_ok_at else NOT_YET
    seen = OK if seat.link_seen_at else NOT_YET
    located = BAD if doubtful else OK if seat.location_state and seat.where_is_known(at) else NOT_YET
    states = {"link": seen, "device": device, "consent": OK if agreed else NOT_YET, "location": located}
    return [_light(name, state) for name, state in states.items()]


LIGHT_WORDS = {
    "link": {OK: gettext_lazy("Link seen"), NOT_YET: gettext_lazy("Link not seen")},
    "device": {
        OK: gettext_lazy("Device ok"),
        BAD: gettext_lazy("Device trouble"),
        NOT_YET: gettext_lazy("Device not checked"),
    },
    "consent": {OK: gettext_lazy("Consent ok"), NOT_YET: gettext_lazy("Consent not yet")},
    "location": {
        OK: gettext_lazy("Location ok"),
        BAD: gettext_lazy("No license there"),
        NOT_YET: gettext_lazy("Location not yet"),
    },
}
LIGHT_ICONS = {"link": "eye", "device": "device-mobile", "consent": "file-check", "location": "map-pin"}


@cache
def _light(name: str, state: str) -> Light:
    return Light(name, state, LIGHT_WORDS[name][state], LIGHT_ICONS[name])


@said_once
def in_words(*shown: Light) -> str:
    return ", ".join(str(light.words) for light in shown)
