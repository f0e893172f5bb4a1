"""Who came by a name only: said wherever the appointment is seen, until a clinician has admitted them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Appointment, Seat
from holdspace.telehealth.actions import admit, knock
from tests import cast
from tests.telehealth.conftest import agree

SAID = "Identity unchecked"


@pytest.fixture
def named(rosas_seat: Seat) -> Seat:
    """Rosa, whose date of birth nobody knows, came by her name ten minutes before her appointment."""
    begins = now() + timedelta(minutes=10)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    rosas_seat.client.birth_date = None
    rosas_seat.client.save()
    agree(rosas_seat, at=now())
    seat = Seat.objects.select_related("practice", "appointment", "client").get(pk=rosas_seat.pk)
    identify(seat=seat, at=now(), full_name=seat.client.full_name)
    return seat


def pages(browser: Browser, seat: Seat) -> dict[str, str]:
    day = zones.wall_of(seat.appointment.starts_at, seat.appointment.time_zone).date()
    feed = (
        reverse("desk:feed")
        + f"?start={day - timedelta(days=1)}T00:00:00Z&end={day + timedelta(days=2)}T00:00:00Z"
    )
    addresses = {
        "tile": feed,
        "agenda": reverse("desk:calendar") + f"?view=agenda&date={day}",
        "board": reverse("desk:today"),
        "details": reverse("desk:appointment", args=[seat.pk]),
    }
    return {name: browser.get(address).content.decode() for name, address in addresses.items()}


def test_until_admit_every_page_says_so_and_none_after(
    named: Seat, signed_in: Any, osei_person: cast.Person
) -> None:
    browser = signed_in(osei_person)
    assert [name for name, page in pages(browser, named).items() if SAID not in page] == []

    visit, _ = identify(seat=named, at=now(), full_name=named.client.full_name)
    waits = knock(seat=named, actor=visit.as_actor(), at=now())
    admit(participant=waits, actor=osei_person.actor, at=now())

    assert [name for name, page in pages(browser, named).items() if SAID in page] == []
