from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client, Contact
from holdspace.kit.clock import now
from holdspace.messaging.actions import send
from holdspace.messaging.models import Message
from holdspace.scheduling import links
from holdspace.scheduling.actions.codes import channel_of_codes, send_code
from holdspace.scheduling.actions.links import NotThem, identify
from holdspace.scheduling.models import Appointment, Seat
from tests import cast
from tests.cast import TEN

BORN = date(2014, 5, 1)


@pytest.fixture
def by_code(rosas_seat: Seat) -> Seat:
    """Rosa's seat at a practice that asks for codes; her link came by SMS."""
    rosas_seat.practice.identity_by = "code"
    rosas_seat.practice.save()
    return rosas_seat


def fresh(seat: Seat) -> Seat:
    return Seat.objects.select_related("practice", "appointment", "client").get(pk=seat.pk)


def code_in(message: Message) -> str:
    return next(word.strip(".") for word in message.body.split() if word.strip(".").isdecimal())


def test_the_code_goes_by_the_other_channel_and_lets_in_once(by_code: Seat) -> None:
    send_code(seat=by_code, at=TEN)
    message = Message.objects.get()

    visit, _ = identify(seat=fresh(by_code), at=TEN, code=code_in(message))

    assert message.channel == "email"
    assert links.key_of(by_code) not in message.body
    assert visit.identity_how == "code"
    with pytest.raises(NotThem):
        identify(seat=fresh(by_code), at=TEN, code=code_in(message))


def test_the_right_birth_date_is_not_enough_there(by_code: Seat) -> None:
    with pytest.raises(NotThem):
        identify(seat=by_code, at=TEN, birth_date=date(1984, 3, 9))


def test_a_code_is_good_for_ten_minutes(by_code: Seat) -> None:
    send_code(seat=by_code, at=TEN)
    code = code_in(Message.objects.get())

    with pytest.raises(NotThem):
        identify(seat=fresh(by_code), at=TEN + timedelta(minutes=10), code=code)


def test_wrong_codes_are_counted_like_wrong_birth_dates(by_code: Seat) -> None:
    send_code(seat=by_code, at=TEN)
    code = code_in(Message.objects.get())
    for _ in range(5):
        with pytest.raises(NotThem):
            identify(seat=fresh(by_code), at=TEN, code="000000" if code != "000000" else "111111")

    with pytest.raises(NotThem):
        identify(seat=fresh(by_code), at=TEN, code=code)


def test_one_code_a_minute(by_code: Seat) -> None:
    send_code(seat=by_code, at=TEN)
    send_code(seat=fresh(by_code), at=TEN + timedelta(seconds=59))

    assert Message.objects.count() == 1


def test_with_nothing_on_file_for_the_other_channel_the_birth_date_is_asked(by_code: Seat) -> None:
    by_code.client.email = ""
    by_code.client.save()

    assert channel_of_codes(fresh(by_code)) == ""
    assert identify(seat=fresh(by_code), at=TEN, birth_date=date(1984, 3, 9))


# ---- Where somebody else decides for the client ----------------------------------------------------


@pytest.fixture
def mother(by_code: Seat) -> Contact:
    """Rosa is a child, and can be reached herself; her mother got a number and an address of her own."""
    by_code.client.birth_date = BORN
    by_code.client.save()
    mother = cast.contact_of(by_code.client, "Ana Marin", guardianship="of_minor").contact
    mother.email, mother.texts_agreed_at = "ana@example.org", TEN
    mother.save()
    return mother


def link_went(seat: Seat, whom: Client | Contact, channel: str, at: datetime = TEN) -> None:
    to = whom.phone if channel == "sms" else whom.email
    send(
        practice=seat.practice,
        channel=channel,
        to=to,
        kind="link",
        subject="",
        body="The link",
        client_id=seat.client_id,
        about=seat,
        at=at,
    )


@pytest.mark.parametrize(("link_by", "code_to"), [("sms", "ana@example.org"), ("email", "+13125550161")])
def test_where_the_link_went_to_a_guardian_the_code_goes_to_them_too(
    by_code: Seat, mother: Contact, link_by: str, code_to: str
) -> None:
    link_went(by_code, mother, link_by)

    send_code(seat=fresh(by_code), at=TEN)

    sent = Message.objects.get(kind="code")
    assert sent.to == code_to
    assert identify(seat=fresh(by_code), at=TEN, code=code_in(sent))
    assert Entry.objects.get(what="scheduling.link.code_sent").detail["of"] == str(mother.pk)


@pytest.mark.parametrize("lacks", [{"email": ""}, {"email_ok": False}])
def test_a_guardian_without_another_channel_is_asked_for_the_birth_date(
    by_code: Seat, mother: Contact, lacks: dict[str, Any]
) -> None:
    for name, value in lacks.items():
        setattr(mother, name, value)
    mother.save()
    link_went(by_code, mother, "sms")

    send_code(seat=fresh(by_code), at=TEN)

    assert not Message.objects.filter(kind="code").exists()
    assert identify(seat=fresh(by_code), at=TEN, birth_date=BORN)


def test_the_last_message_with_the_link_says_who_has_it(by_code: Seat, mother: Contact) -> None:
    link_went(by_code, mother, "sms")
    link_went(by_code, by_code.client, "sms", TEN + timedelta(minutes=1))

    send_code(seat=fresh(by_code), at=TEN + timedelta(minutes=2))

    assert Message.objects.get(kind="code").to == by_code.client.email


def test_a_number_that_is_the_guardians_and_the_childs_is_the_guardians(
    by_code: Seat, mother: Contact
) -> None:
    by_code.client.phone = mother.phone
    by_code.client.save()
    link_went(by_code, mother, "sms")

    send_code(seat=fresh(by_code), at=TEN)

    assert Message.objects.get(kind="code").to == "ana@example.org"


def test_no_code_goes_to_a_child_while_nobody_knows_who_has_the_link(by_code: Seat, mother: Contact) -> None:
    assert channel_of_codes(fresh(by_code)) == ""
    link_went(by_code, mother, "sms")
    mother.phone = "+13125550199"
    mother.save()

    assert channel_of_codes(fresh(by_code)) == ""


def test_looking_sends_nothing_and_a_press_does(by_code: Seat, client: Browser) -> None:
    begins = now() + timedelta(minutes=5)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    path = reverse("portal:arrive", args=["willow", links.key_of(by_code)])

    assert "First, a code" in client.get(path).content.decode()
    assert not Message.objects.exists()
    client.post(path, {"send_code": "1"})
    entered = client.post(path, {"code": code_in(Message.objects.get())})

    assert entered["Location"] == "/v/"
