from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling import links
from holdspace.scheduling.actions.codes import channel_of_codes, send_code
from holdspace.scheduling.actions.links import NotThem, identify
from holdspace.scheduling.models import Appointment, Seat
from tests.cast import TEN


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


def test_looking_sends_nothing_and_a_press_does(by_code: Seat, client: Browser) -> None:
    begins = now() + timedelta(minutes=5)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    path = reverse("portal:arrive", args=["willow", links.key_of(by_code)])

    assert "First, a code" in client.get(path).content.decode()
    assert not Message.objects.exists()
    client.post(path, {"send_code": "1"})
    entered = client.post(path, {"code": code_in(Message.objects.get())})

    assert entered["Location"] == "/v/"
