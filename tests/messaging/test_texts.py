from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.messaging import segments
from holdspace.messaging.refusals import FieldMissing, UnknownField
from holdspace.messaging.texts import FIELDS, TEXTS, Text, check, render, when
from tests.cast import TEN

ALL: dict[str, Any] = {
    "first_name": "Rosa",
    "time": "Wed, Nov 18 at 9:00 AM Central",
    "practice": "Willow Street",
}
ALL |= {
    "link": "https://willow.example.org/willow/v/abcdefghij.k",
    "phone": "(212) 555-0100",
    "code": "123456",
    "way": "by video",
    "more": "Everything about it is here: https://willow.example.org/willow/v/abcdefghij.k",
    "rhythm": "Every week on Wednesday, 10 times",
}
ALL["dates"] = ["Wed, Nov 18 at 9:00 AM Central", "Wed, Nov 25 at 9:00 AM Central"]


@pytest.mark.parametrize("channel", ["sms", "email"])
@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_every_default_text_is_whole(kind, channel):
    text = render(kind, fields=ALL, channel=channel)

    assert text.subject
    assert "{" not in text.subject + text.body


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_no_default_text_says_anything_clinical(kind):
    said = (render(kind, fields=ALL).body + render(kind, fields=ALL, channel="email").body).lower()

    for word in (
        "therapy",
        "telehealth",
        "session",
        "counsel",
        "mental",
        "clinic",
        "consent",
        "patient",
        "sms",
    ):
        assert word not in said


def test_the_link_by_text_fits_two_segments():
    assert segments.count(render("link", fields=ALL).body) <= 2


def test_a_field_that_doesnt_exist_is_refused_by_name():
    with pytest.raises(UnknownField) as refused:
        check(Text("Hi", "Hello {frist_name}", "Hello"))
    assert refused.value.details == {"field": "frist_name"}

    with pytest.raises(UnknownField):
        render("link", fields=ALL | {"diagnosis": "x"})


def test_a_field_without_a_value_is_refused():
    with pytest.raises(FieldMissing) as refused:
        render("link", fields={"first_name": "Rosa"})
    assert refused.value.details["field"] in FIELDS


@given(st.text(max_size=60))
def test_what_stands_in_a_field_is_never_read_as_a_field_or_a_new_line(name):
    text = render("cancelled", fields=ALL | {"first_name": name})

    assert (
        text.body
        == f"Hi {' '.join(name.split())}, your appointment with Willow Street on {ALL['time']} is cancelled."
    )


def test_several_values_stand_in_as_many_lines_and_none_makes_another():
    text = render("series_booked", fields=ALL | {"dates": ["Mon\nBcc: all", "Tue"]}, channel="email")

    assert "The first dates:\nMon Bcc: all\nTue\n" in text.body


def test_a_time_never_stands_without_its_zone():
    assert when(TEN, "America/Chicago") == "Wed, Nov 18 at 9:00 AM Central"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 153, 3),  # the escape doesn't part from its letter
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 67, 3),  # 33 to a segment: a pair isn't cut in two
    ],
)
def test_segments_are_counted_as_carriers_do(body, count):
    assert segments.count(body) == count


def test_the_price_is_per_segment(settings):
    settings.SMS_PRICE_CENTS = "0.83"

    assert segments.price(1) == "$0.008"
    assert segments.price(3) == "$0.025"


def test_room_says_how_much_is_used():
    assert segments.room("a" * 120) == (120, 160)
    assert segments.room("a" * 200) == (200, 306)
