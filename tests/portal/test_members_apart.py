"""No member of a group learns from us who else is in it: neither on a page of theirs nor in a message."""

from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from holdspace.consents.actions import request
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.portal.urls import urlpatterns
from holdspace.portal.web import COOKIE
from holdspace.practices.models import Practice
from holdspace.scheduling import actions, recurrence
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from holdspace.telehealth.actions import knock, open_and_send
from tests import cast
from tests.telehealth.conftest import agree

# Names that are nothing else: a page that holds one of them speaks of that member.
MEMBERS = [("Quillon", "Abernathy"), ("Zephyrine", "Okonkwo"), ("Thaddeus", "Vukovic")]


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture(params=["group", "couple"])
def seats(
    request: pytest.FixtureRequest, willow: Practice, osei_person: cast.Person, at: datetime
) -> list[Seat]:
    """In ten minutes, and again every week: everybody's seats of the first meeting."""
    group = request.param == "group"
    kind = cast.type_of(willow, "Grief work", is_group=group, places=8 if group else 2)
    assert osei_person.clinician
    starts = (at + timedelta(minutes=10)).replace(second=0, microsecond=0)
    plan = Plan(
        kind, "telehealth", (osei_person.clinician,), starts, starts + timedelta(minutes=50), "UTC", notes="x"
    )
    clients = [
        cast.client_of(willow, first, last, phone=f"+1312555012{number}")
        for number, (first, last) in enumerate(MEMBERS if group else MEMBERS[:2])
    ]
    actions.book_series(
        plan=plan,
        repeat=Repeat(recurrence.weekly(starts.replace(tzinfo=None)), times=2),
        clients=clients,
        actor=cast.system(willow),
        at=at,
        # Whatever the hours are then: what is asked here is who is named.
        choices={day: Choice("anyway") for day in (starts.date(), starts.date() + timedelta(days=7))},
    )
    first = Appointment.objects.order_by("starts_at")[0]
    return list(first.seats.select_related("client", "practice", "appointment"))


def others_of(seat: Seat) -> list[str]:
    return [name for pair in MEMBERS if pair[0] != seat.client.first_name for name in pair]


def phone_of(seat: Seat) -> Browser:
    _, cookie = identify(seat=seat, at=now(), birth_date=seat.client.birth_date)
    browser = Browser()
    browser.cookies[COOKIE] = cookie
    return browser


def every_page(browser: Browser) -> dict[str, str]:
    """What this person gets from every address of the portal that can be asked for."""
    found = {}
    for pattern in urlpatterns:
        try:
            address = reverse(f"portal:{pattern.name}")
        except NoReverseMatch:
            continue  # needs something only its own client has
        answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        found[f"{pattern.name} {answer.status_code}"] = body.decode(errors="replace")
    return found


def test_no_page_of_a_members_names_another(seats: list[Seat], at: datetime) -> None:
    mine, *rest = seats
    for other in rest:
        visit, _cookie = identify(seat=other, at=at, birth_date=other.client.birth_date)
        knock(seat=other, actor=visit.as_actor(), at=at)
    browser = phone_of(mine)

    pages = every_page(browser)

    assert len([name for name in pages if name.endswith(" 200")]) >= 4, pages.keys()
    assert any(mine.client.first_name in page for page in pages.values())
    for name, page in pages.items():
        for said in others_of(mine):
            assert said not in page, (name, said)


def test_no_message_to_a_member_names_another(
    seats: list[Seat], at: datetime, osei_person: cast.Person, willow: Practice
) -> None:
    for seat in seats:
        actions.set_status(seat=seat, status="confirmed", actor=osei_person.actor, at=at)
        request(seat=seat, channel="email", actor=osei_person.actor, at=at)
        agree(seat, at=at)
    for seat in seats:
        for channel in ("sms", "email"):
            open_and_send(seat=seat, channel=channel, actor=osei_person.actor, at=at)

    told = list(Message.objects.exclude(client_id=None))
    assert len(told) == 3 * len(seats)
    for seat in seats:
        for message in (one for one in told if one.client_id == seat.client_id):
            for said in others_of(seat):
                assert said not in message.subject + message.body, (message.kind, said)
