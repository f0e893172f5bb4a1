"""The walk of the matrix: every address of ours, and Willow's own rows to fill it with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from holdspace.clients.models import Address, PortalAccount, Tie, Wish
from holdspace.consents.models import Consent
from holdspace.practices.models import EmergencyNumber, License, Practice, Site
from holdspace.scheduling import links
from holdspace.scheduling.models import AppointmentType, Hours, Import, Seat, TimeOff
from holdspace.telehealth.models import Invitation, Participant, Session
from tests import cast

# Its own views ask for their rights themselves.
FOREIGN = "allauth."


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        where = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, where)
        elif not pattern.callback.__module__.startswith(FOREIGN):
            yield where, pattern


@dataclass
class Willow:
    """One real row of Willow's for everything that an address may be about."""

    practice: Practice
    clinician: cast.Person
    seat: Seat
    session: Session
    waiting: Participant
    consent: Consent
    bell: Any
    site: Site
    people: dict[str, cast.Person]
    accounts: dict[str, PortalAccount]
    at: datetime
    other_seat: Seat
    hours: Hours
    off: TimeOff
    place: Address
    tie: Tie
    guest: Invitation
    # What stands at the end of the guest's link.
    secret: str
    wish: Wish

    @cached_property
    def rows(self) -> dict[str, Any]:
        """What an address is about, by the words in it; where none is there, it is about the seat."""
        return {
            "/sessions/": self.session,
            "/participants/": self.waiting,
            "/guests/": self.guest,
            "/clients/": self.seat.client,
            "/bells/": self.bell,
            "/settings/telehealth/clinicians/": self.clinician.clinician,
            "/settings/staff/": self.clinician.membership,
            "/settings/forms/": self.consent.version.form,
            "/settings/licenses/": License.objects.filter(practice=self.practice).first(),
            "/settings/emergency/": EmergencyNumber.objects.first(),
            "/settings/types/": AppointmentType.objects.get(),
            "/settings/sites/": self.site,
            "/settings/hours/": self.hours,
            "/settings/availability/": self.clinician.clinician,
            "/settings/time-off/": self.off,
            "/settings/import/": Import.objects.first(),
            "consent": self.consent,
        }

    def row_for(self, where: str) -> Any:
        """The row that an address with `<uuid:...>` is about."""
        return next((row for word, row in self.rows.items() if word in where), self.seat)

    @cached_property
    def key(self) -> str:
        """What stands at the end of the seat's link."""
        return links.link_for(self.seat).rpartition("/")[2]

    def filled(self, where: str) -> str:
        """The address with Willow's own rows in it."""

        def fill(match: re.Match[str]) -> str:
            kind, _, name = match[1].rpartition(":")
            if name == "version":
                return str(self.consent.version_id)
            if name == "client":
                return str(self.seat.client_id)
            if name in {"consent", "place", "tie", "seat", "wish"}:
                return str(getattr(self, name).pk)
            if kind == "uuid":
                return str(self.row_for(where).pk)
            if name == "state":
                return "IL"
            if name in {"slug", "practice"}:
                return self.practice.slug
            if name == "secret":
                return self.secret
            if name == "key":
                return self.key
            return "1" if kind == "int" else "x"

        return re.sub(r"<([^>]+)>", fill, where)
