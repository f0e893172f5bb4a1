"""A clinician's own calendar address, from their account."""

from collections.abc import Callable
from typing import Any

from django.test import Client as Browser

from holdspace.scheduling import feeds
from holdspace.scheduling.models import Feed
from tests import cast

SignIn = Callable[[cast.Person], Browser]


def test_made_copied_chosen_renewed_revoked(osei_person: cast.Person, signed_in: SignIn) -> None:
    browser = signed_in(osei_person)
    assert "/account/calendar" in browser.get("/account").content.decode()
    assert "Make an address" in browser.get("/account/calendar").content.decode()

    browser.post("/account/calendar/make", {"shows": "initials"})
    feed = Feed.objects.get()
    first = feeds.address_of(feed)
    assert first in browser.get("/account/calendar").content.decode()
    browser.post("/account/calendar/choose", {"shows": "busy"})
    browser.post("/account/calendar/make")
    feed.refresh_from_db()
    assert (feed.shows, feed.generation) == ("busy", 2)
    assert first not in browser.get("/account/calendar").content.decode()

    browser.post("/account/calendar/revoke")
    assert "Make an address" in browser.get("/account/calendar").content.decode()


def test_the_secret_stands_nowhere_in_the_database(osei_person: cast.Person, signed_in: SignIn) -> None:
    signed_in(osei_person).post("/account/calendar/make")
    feed = Feed.objects.get()

    assert feeds.secret_of(feed) not in str(Feed.objects.values().get())


def test_who_has_no_calendar_has_no_address(
    front_desk_person: Any, owner_person: Any, signed_in: SignIn
) -> None:
    for person in (front_desk_person, owner_person):
        assert signed_in(person).get("/account/calendar").status_code == 404
        assert signed_in(person).post("/account/calendar/make").status_code == 404
