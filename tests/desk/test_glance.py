"""Finding a client from any page: who they are and when they come next, in a fixed number of questions."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.clients.models import Client
from holdspace.practices.models import Practice
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]


@pytest.fixture
def desk(signed_in: SignIn, front_desk_person: cast.Person) -> Browser:
    return signed_in(front_desk_person)


def glance(browser: Browser, words: str) -> str:
    return browser.post("/clients/glance", {"q": words}).content.decode()


def test_a_number_tells_who_it_is_and_when_they_come(
    desk: Browser, osei_person: cast.Person, rosa: Client, ten: datetime
) -> None:
    assert osei_person.clinician
    cast.appointment(osei_person.clinician, rosa, starts_at=ten + timedelta(days=2))
    cast.appointment(osei_person.clinician, rosa, starts_at=ten + timedelta(days=9))

    said = glance(desk, "555-0118")

    assert "Rosa Marin" in said
    assert "Fri, Nov 20, 10:00 AM" in said
    assert "Nov 27" not in said


def test_what_is_called_off_is_not_the_next(
    desk: Browser, osei_person: cast.Person, rosa: Client, ten: datetime
) -> None:
    assert osei_person.clinician
    cast.appointment(osei_person.clinician, rosa, starts_at=ten + timedelta(days=2), status="cancelled")

    assert "Nothing booked" in glance(desk, "rosa")


def test_somebody_elses_clients_are_not_found(
    signed_in: SignIn, birch_person: cast.Person, rosa: Client
) -> None:
    assert "Rosa" not in glance(signed_in(birch_person), "rosa")


def test_everybody_who_fits_costs_the_same_questions(
    desk: Browser, willow: Practice, osei_person: cast.Person, rosa: Client, ten: datetime
) -> None:
    assert osei_person.clinician
    cast.appointment(osei_person.clinician, rosa, starts_at=ten + timedelta(days=1))
    glance(desk, "ma")  # the sign-in's own questions, once
    with CaptureQueriesContext(connection) as one:
        glance(desk, "ma")
    for hour, name in enumerate(("Mara", "Max", "Mabel")):
        client = cast.client_of(willow, name, "Stone", phone="")
        cast.appointment(osei_person.clinician, client, starts_at=ten + timedelta(days=1, hours=hour + 1))
    with CaptureQueriesContext(connection) as many:
        glance(desk, "ma")

    assert len(many) == len(one)
