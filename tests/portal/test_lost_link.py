"""*Send me my link*, followed from the press to the message that arrives: for a client and for a guardian."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.audit.models import Entry
from holdspace.clients.models import Client, Tie
from holdspace.jobs import runner
from holdspace.kit.clock import now
from holdspace.messaging.carriers.memory import Memory
from holdspace.practices.models import Installation, Practice
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
from holdspace.telehealth.lost import meant_by
from tests import cast

Booked = Callable[..., Seat]
ROSAS, ANAS = "+13125550118", "+13125550161"


@pytest.fixture(autouse=True)
def nobody_has_asked_before(db: None) -> Iterator[None]:
    """In a demo, where messages are carried to where a test can read them."""
    cache.clear()
    Memory.taken.clear()
    Installation.objects.create(demo=True, created_at=cast.TEN)
    yield
    Memory.taken.clear()


@pytest.fixture
def booked(osei_person: cast.Person, rosa: Client) -> Booked:
    """An appointment so many hours from now, Rosa's unless it is somebody else's."""

    def make(hours: float, client: Client = rosa, **facts: Any) -> Seat:
        assert osei_person.clinician
        starts = now() + timedelta(hours=hours)
        return cast.appointment(osei_person.clinician, client, starts_at=starts, **facts)

    return make


@pytest.fixture
def theo(willow: Practice) -> Client:
    """Nine years old, with nothing of his own on file."""
    born = now().date() - timedelta(days=9 * 366)
    return cast.client_of(willow, "Theo", "Kestrel", birth_date=born, phone="", email="")


@pytest.fixture
def ana(theo: Client) -> Tie:
    """Who decides for him, and takes texts."""
    tie = cast.contact_of(theo, "Ana Kestrel", guardianship="of_minor")
    tie.contact.email, tie.contact.texts_agreed_at = "ana@example.org", cast.TEN
    tie.contact.save()
    return tie


def press(said: str) -> str:
    """The page that answers, once whatever it set going is done; without what is random in it."""
    page = Browser().post("/willow/v/send", {"reach": said}).content.decode()
    for _job in range(3):
        runner.run_due(at=now())
    return re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", page)


def arrived() -> list[tuple[str, bool]]:
    return [(one["to"], "/willow/v/" in one["body"]) for one in Memory.taken]


def carries(seat: Seat) -> bool:
    [message] = Memory.taken
    return links.link_for(seat) in message["body"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("morning", ["occurred", "confirmed", "no_show"])
def test_after_the_morning_the_link_that_arrives_is_the_afternoons(booked: Booked, morning: str) -> None:
    booked(-2, status=morning)
    afternoon = booked(3)

    press("(312) 555-0118")

    assert arrived() == [(ROSAS, True)]
    assert carries(afternoon)


@pytest.mark.django_db(transaction=True)
def test_while_one_is_on_its_link_arrives_and_not_the_next_ones(booked: Booked) -> None:
    on, _next = booked(-0.5, status="checked_in"), booked(1)

    press("rosa@example.org")

    assert carries(on)


@pytest.mark.django_db(transaction=True)
def test_what_is_over_is_sent_where_there_is_nothing_else(booked: Booked) -> None:
    last = booked(-2, status="occurred")
    booked(1, status="requested")

    press(ROSAS)

    assert carries(last)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", ["(312) 555-0161", "Ana@example.org"])
def test_whoever_decides_for_a_client_gets_the_clients_link_at_their_own_number(
    booked: Booked, theo: Client, ana: Tie, said: str
) -> None:
    seat = booked(2, theo)

    press(said)

    assert arrived() == [(ANAS, True)]
    assert carries(seat)
    assert Memory.taken[0]["body"].startswith("Hi Ana Kestrel")
    entry = Entry.objects.get(what="telehealth.link.sent")
    assert entry.detail == {"channel": "sms", "of": str(ana.contact_id)}


@pytest.mark.django_db(transaction=True)
def test_without_a_word_about_texts_it_goes_to_their_own_address(
    booked: Booked, theo: Client, ana: Tie
) -> None:
    ana.contact.texts_agreed_at = None
    ana.contact.save()
    booked(2, theo)

    press(ANAS)

    assert arrived() == [("ana@example.org", True)]


@pytest.mark.django_db(transaction=True)
def test_a_number_on_both_records_is_written_to_on_whichever_word_there_is(
    booked: Booked, theo: Client, ana: Tie
) -> None:
    theo.phone, theo.texts_agreed_at = ANAS, None
    theo.save()
    booked(2, theo)

    press(ANAS)

    assert arrived() == [(ANAS, True)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "facts",
    [
        {"guardianship": ""},
        {"guardian_until": date(2020, 1, 1)},
        {"guardian_from": date(2999, 1, 1), "guardianship": "by_order"},
    ],
)
def test_whoever_doesnt_decide_for_them_gets_nothing(
    booked: Booked, theo: Client, ana: Tie, facts: dict[str, Any]
) -> None:
    Tie.objects.filter(pk=ana.pk).update(**facts)
    booked(2, theo)

    press(ANAS)

    assert arrived() == []


@pytest.mark.django_db(transaction=True)
def test_whoever_decided_for_a_client_who_is_of_age_now_gets_nothing(
    booked: Booked, theo: Client, ana: Tie
) -> None:
    theo.birth_date = date(1984, 3, 9)
    theo.save()
    booked(2, theo)

    press(ANAS)

    assert arrived() == []


@pytest.mark.django_db(transaction=True)
def test_of_one_who_comes_herself_and_brings_a_child_the_next_appointment_is_meant(
    booked: Booked, rosa: Client, theo: Client, ana: Tie
) -> None:
    ana.contact.phone = rosa.phone
    ana.contact.save()
    own, childs = booked(5), booked(2, theo)

    assert meant(rosa.practice, ROSAS) == (childs.pk, (ana,))
    Seat.objects.filter(pk=childs.pk).update(status="occurred")
    assert meant(rosa.practice, ROSAS) == (own.pk, (None,))


def meant(practice: Practice, said: str) -> tuple[Any, tuple[Tie | None, ...]]:
    found = meant_by(practice, said, at=now())
    assert found
    return found.seat.pk, found.to


def test_another_practices_guardian_is_nobody_here(
    booked: Booked, theo: Client, ana: Tie, birch: Practice
) -> None:
    booked(2, theo)

    assert meant_by(birch, ANAS, at=now()) is None


def test_it_asks_three_times_at_most_whatever_is_found(
    booked: Booked, theo: Client, ana: Tie, django_assert_max_num_queries: Any
) -> None:
    for hours in range(1, 6):
        booked(2 * hours)
        booked(2 * hours + 1, theo)

    for said in (ANAS, ROSAS, "ana@example.org", "nobody@example.org"):
        with django_assert_max_num_queries(3):
            meant_by(theo.practice, said, at=now())


@pytest.mark.django_db(transaction=True)
def test_the_page_says_and_asks_the_same_for_everybody_and_looks_nobody_up(
    booked: Booked, theo: Client, ana: Tie
) -> None:
    booked(1)
    booked(2, theo)
    pages, asked = set(), []
    for said in (ROSAS, ANAS, "ana@example.org", "nobody@example.org"):
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            Browser().post("/willow/v/send", {"reach": said})
        asked.append([query["sql"] for query in counted])
        pages.add(press(said))

    assert len(pages) == 1
    assert len({len(queries) for queries in asked}) == 1
    assert not re.search(r'(FROM|INTO|UPDATE) "(clients|scheduling|telehealth)_', str(asked))
