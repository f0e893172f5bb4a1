"""The start screen and Session Details of two who come together."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

SAID = {
    "ticks": ["read", "location", "identity", "present"],
    "given_by": "client",
    "location": "At home",
    "state": "IL",
}


@pytest.fixture
def seats(osei_person: Person, rosa: Client) -> tuple[Seat, Seat]:
    assert osei_person.clinician
    rosas = cast.appointment(osei_person.clinician, rosa, starts_at=now() - timedelta(minutes=5))
    kind = rosas.appointment.type
    kind.places = 2
    kind.save()
    theo = cast.client_of(rosas.practice, "Theo", "Marin")
    theos = Seat.objects.create(
        practice=rosas.practice,
        appointment=rosas.appointment,
        client=theo,
        status="confirmed",
        client_time_zone=theo.time_zone,
    )
    return rosas, theos


@pytest.fixture
def desk(osei_person: Person, signed_in) -> Browser:
    return signed_in(osei_person)


def address(seat: Seat, name: str = "start") -> str:
    return reverse(f"desk:{name}", args=[seat.pk])


def page_of(desk: Browser, seat: Seat, name: str = "start") -> str:
    return desk.get(address(seat, name)).content.decode()


def agreed(desk: Browser, seat: Seat) -> str:
    return desk.post(address(seat, "start_verbal"), SAID | {"answer": "yes"})["Location"]


def test_who_is_missing_is_shown_with_one_click_to_ask_them(desk: Browser, seats: tuple[Seat, Seat]) -> None:
    rosas, theos = seats
    assert agreed(desk, rosas) == address(rosas)

    for name in ("start", "appointment"):
        page = page_of(desk, rosas, name)
        assert "Everybody here has to agree" in page
        assert f'href="{address(theos)}"' in page
        assert "Ask Theo" in page
    assert f'href="{address(rosas, "send_link")}"' not in page_of(desk, rosas)


def test_when_the_second_agrees_it_goes_on_to_the_link(desk: Browser, seats: tuple[Seat, Seat]) -> None:
    rosas, theos = seats
    agreed(desk, rosas)

    assert agreed(desk, theos) == address(theos, "send_link")
    assert f'href="{address(rosas, "send_link")}"' in page_of(desk, rosas)
    assert "Ask Theo" not in page_of(desk, rosas, "appointment")


def test_the_link_screen_says_why_it_does_not_start(desk: Browser, seats: tuple[Seat, Seat]) -> None:
    rosas, _theos = seats
    agreed(desk, rosas)
    response = desk.post(address(rosas, "send_link"), {"how": "copy"})

    assert response.status_code == 409
    assert "Everybody in this appointment has to agree" in response.content.decode()


def test_of_one_client_alone_nothing_is_said_about_others(
    desk: Browser, osei_person: Person, rosa: Client
) -> None:
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, rosa, starts_at=now())

    assert "Everybody here has to agree" not in page_of(desk, seat) + page_of(desk, seat, "appointment")
