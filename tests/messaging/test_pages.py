"""What the desk shows of the outbox: deliveries about a seat, and the Demo phone."""

import pytest
from django.urls import reverse

from holdspace.messaging.models import Message
from tests import cast

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def shown_by(signed_in, osei_person):
    """What Dr Osei's browser gets from an address."""
    browser = signed_in(osei_person)

    def get(name, *args, **query):
        return browser.get(reverse(name, args=args, query=query), headers=FRAGMENT)

    return get


def seen(response):
    return " ".join(response.content.decode().split())


def test_deliveries_show_each_step(shown_by, send, rosas_seat):
    message = send()
    Message.objects.update(status="delivered", sent_at=cast.TEN, delivered_at=cast.TEN)

    text = seen(shown_by("desk:delivery", rosas_seat.pk))

    assert "Text to (312) 555-0118" in text
    assert (
        text.index("Queued")
        < text.index("Sent<")
        < text.index("Delivered</span><span")
        < text.index("Opened")
    )
    assert f'id="message-{message.pk}"' in text
    assert "Hi Rosa" not in text  # the text carries the link: not for every glance at the screen


def test_a_failure_says_what_to_do_and_the_other_channel_is_one_press(shown_by, send, rosas_seat):
    send()
    Message.objects.update(status="failed", trouble="not_a_mobile", failed_at=cast.TEN)

    text = seen(shown_by("desk:delivery", rosas_seat.pk))

    assert "get texts" in text
    assert "Send to rosa@example.org" in text
    assert 'name="channel" value="email"' in text
    assert reverse("desk:resend_link", args=[rosas_seat.pk]) in text


def test_where_the_other_channel_has_no_address_it_can_be_added(shown_by, send, rosa, rosas_seat):
    send()
    Message.objects.update(status="failed", trouble="not_a_mobile", failed_at=cast.TEN)
    rosa.email = ""
    rosa.save()

    assert "Add an email address" in seen(shown_by("desk:delivery", rosas_seat.pk))


def test_a_text_that_is_kept_and_retried_says_so(shown_by, send, rosas_seat):
    send()
    Message.objects.update(trouble="carrier_down")

    assert "tried again by itself" in seen(shown_by("desk:delivery", rosas_seat.pk))


def test_unknown_is_shown_as_unknown(shown_by, send, rosas_seat):
    send()
    Message.objects.update(status="unknown", trouble="not_known", sending_at=cast.TEN)

    text = seen(shown_by("desk:delivery", rosas_seat.pk))

    assert "Unknown" in text
    assert "may or may not have arrived" in text


def test_opened_is_said_of_one_message_and_means_that_a_person_came_in(shown_by, send, rosas_seat):
    send(at=cast.TEN)
    send("email", at=cast.TEN.replace(minute=1))
    rosas_seat.link_seen_at = cast.TEN.replace(minute=5)
    rosas_seat.save()

    assert seen(shown_by("desk:delivery", rosas_seat.pk)).count("and said who they are") == 1


def test_it_keeps_itself_up_to_date(shown_by, rosas_seat):
    text = seen(shown_by("desk:delivery", rosas_seat.pk))

    assert "message.changed from:body" in text
    assert "live:resumed from:body" in text


def test_a_fixed_number_of_questions_however_much_was_sent(
    shown_by, send, rosas_seat, django_assert_num_queries
):
    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as counted:
            shown_by("desk:delivery", rosas_seat.pk)
        return len(counted)

    send()
    asked()  # content types and the like, once
    few = asked()
    for _ in range(9):
        send()

    assert asked() == few


def test_another_practice_finds_nothing(signed_in, birch_person, rosas_seat):
    address = reverse("desk:delivery", args=[rosas_seat.pk])

    assert signed_in(birch_person).get(address, headers=FRAGMENT).status_code == 404


def test_the_demo_phone_exists_only_in_a_demo(shown_by):
    assert shown_by("desk:demo_phone").status_code == 404


def test_the_demo_phone_shows_what_the_client_would_see_with_a_live_link(demo, shown_by, send):
    send(body="Hi Rosa, here: http://localhost:8000/willow/v/abc.def Reply STOP to stop texts.")
    send("email", subject="Your link", body="Hello <b>Rosa</b>")

    text = seen(shown_by("desk:demo_phone"))

    assert '<a href="http://localhost:8000/willow/v/abc.def" target="_blank" rel="noopener">' in text
    assert "Reply STOP to stop texts." in text
    assert "&lt;b&gt;Rosa" in text
    assert text.index("rosa@example.org") < text.index("(312) 555-0118") or text.count("article") == 4


def test_the_demo_phone_of_one_client(demo, shown_by, send, willow):
    send(body="for Rosa")
    lin = cast.client_of(willow, "Lin", "Tam")
    send(body="for Lin", client_id=lin.pk)

    text = seen(shown_by("desk:demo_phone", client=str(lin.pk)))

    assert "for Lin" in text
    assert "for Rosa" not in text
    assert "for Rosa" in seen(shown_by("desk:demo_phone", client="nonsense"))


def test_the_demo_phone_of_the_other_practice_is_empty(demo, signed_in, birch_person, send):
    send(body="for Rosa")

    text = seen(signed_in(birch_person).get(reverse("desk:demo_phone")))

    assert "for Rosa" not in text
    assert "Nothing has been sent yet" in text
