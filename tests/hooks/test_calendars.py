"""The secret address that a clinician's calendar program reads."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from holdspace.config.logs import JsonLines, MaskSecrets
from holdspace.scheduling import feeds
from holdspace.scheduling.actions.feeds import make_feed, revoke_feed
from holdspace.scheduling.models import Feed
from tests import cast
from tests.cast import TEN


@pytest.fixture
def feed(osei_person: cast.Person, rosas_seat: Any, at_ten: Any) -> Feed:
    cache.clear()
    assert osei_person.clinician
    return make_feed(clinician=osei_person.clinician, shows="initials", actor=osei_person.actor, at=TEN)


def path_of(feed: Feed) -> str:
    return feeds.address_of(feed).partition("8000")[2]


def test_it_is_a_calendar_without_cookie_referrer_or_keeping(feed: Feed, client: Browser) -> None:
    response = client.get(path_of(feed))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:RM" in response.content
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert client.head(path_of(feed)).status_code == 200
    assert client.post(path_of(feed)).status_code == 405


def test_who_has_it_already_is_told_so(feed: Feed, client: Browser) -> None:
    mark = client.get(path_of(feed))["ETag"]

    again = client.get(path_of(feed), headers={"If-None-Match": mark})
    other = client.get(path_of(feed), headers={"If-None-Match": '"something"'})

    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_wrong_and_revoked_look_alike(feed: Feed, client: Browser, osei_person: cast.Person) -> None:
    path = path_of(feed)
    pages = [client.get(f"/calendar/{feed.handle}/{'x' * 32}.ics"), client.get("/calendar/nothere/x.ics")]
    revoke_feed(feed=feed, actor=osei_person.actor, at=TEN)
    pages.append(client.get(path))

    assert [page.status_code for page in pages] == [404] * 3
    assert len({page.content.split(b"<main")[-1] for page in pages}) == 1


def test_its_secret_is_never_logged(feed: Feed, client: Browser, caplog: Any) -> None:
    with caplog.at_level(logging.WARNING):
        client.get(path_of(feed) + "/")
        client.get(path_of(feed).replace("/calendar/", "/calendar//"))

    assert caplog.records
    for record in caplog.records:
        MaskSecrets().filter(record)
        assert feeds.secret_of(feed) not in JsonLines().format(record)


def test_a_program_that_asks_all_the_time_is_told_to_wait(feed: Feed, client: Browser) -> None:
    answers = [client.get(path_of(feed)).status_code for _ in range(122)]

    assert answers == [200] * 120 + [429] * 2
    assert client.get(f"/calendar/{feed.handle}/x.ics").status_code == 404
    cache.clear()
