"""Mail scanners open links, and some press what they find; the link still works for the person it is for.

Played as the scanners of the big providers behave: a look at the headers, a fetch or several from other
machines, a browser without a past that fills in a form and sends it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from holdspace.scheduling import links
from holdspace.scheduling.models import Appointment, Seat, VisitRow
from holdspace.telehealth.models import Session

BORN = {"born": "03/09/1984"}


@pytest.fixture
def seat(rosas_seat: Seat) -> Seat:
    begins = now() + timedelta(minutes=10)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    return Seat.objects.select_related("practice", "appointment", "client").get(pk=rosas_seat.pk)


@pytest.fixture
def link(seat: Seat) -> str:
    return reverse("portal:arrive", args=["willow", links.key_of(seat)])


def head(link: str) -> Any:
    return Browser().head(link, headers={"user-agent": "Mozilla/5.0 (Windows NT 6.1)"})


def fetch(link: str) -> Any:
    return Browser().get(link, headers={"user-agent": "Mozilla/5.0 (compatible; Preview)"})


def prefetch(link: str) -> Any:
    return Browser().get(link, headers={"sec-purpose": "prefetch", "purpose": "prefetch"})


def send(link: str, **said: str) -> Any:
    """A browser of its own: it loads the page, fills the form in and presses the button."""
    browser = Browser(enforce_csrf_checks=True)
    page = browser.get(link)
    token = page.context["csrf_token"] if page.context else ""
    return browser.post(link, said | {"csrfmiddlewaretoken": token}, headers={"origin": "null"})


def send_empty(link: str) -> Any:
    return send(link, born="", month="", day="", year="")


def send_nonsense(link: str) -> Any:
    return send(link, born="test", full_name="John Doe", code="abc", month="aa")


def send_without_a_token(link: str) -> Any:
    return Browser(enforce_csrf_checks=True).post(link, BORN)


def options(link: str) -> Any:
    return Browser().options(link)


SCANS = [head, fetch, prefetch, options, send_empty, send_nonsense, send_without_a_token]


def state_of(seat: Seat) -> dict[str, Any]:
    return dict(Seat.objects.values().get(pk=seat.pk))


@pytest.mark.parametrize("scan", SCANS)
def test_no_scan_changes_anything_or_counts_as_a_try(
    seat: Seat, link: str, scan: Callable[[str], Any]
) -> None:
    before, entries = state_of(seat), Entry.objects.count()

    for _ in range(20):
        scan(link)

    assert state_of(seat) == before
    assert Entry.objects.count() == entries
    assert not VisitRow.objects.exists()
    assert not Session.objects.exists()


def test_after_all_of_them_the_link_lets_its_client_in(seat: Seat, link: str, client: Browser) -> None:
    for scan in SCANS * 5:
        scan(link)

    assert client.post(link, BORN)["Location"] == "/v/"
    assert Seat.objects.get(pk=seat.pk).link_seen_at


def test_the_link_still_works_after_a_scanner_guessed_a_date(seat: Seat, link: str, client: Browser) -> None:
    """A real date that isn't theirs is a try, whoever made it: one of five, and told to nobody."""
    send(link, born="01/01/1990")

    assert Seat.objects.get(pk=seat.pk).link_wrong == 1
    assert client.post(link, BORN)["Location"] == "/v/"
    assert Seat.objects.get(pk=seat.pk).link_wrong == 0


def test_a_scanner_that_presses_for_a_code_has_one_sent_to_the_client_and_no_more(
    seat: Seat, link: str, willow: Practice
) -> None:
    Practice.objects.filter(pk=willow.pk).update(identity_by=Practice.Identity.CODE)

    for _ in range(20):
        send(link, send_code="1")
        send(link, code="")

    assert Message.objects.filter(kind="code").count() == 1
    assert Seat.objects.get(pk=seat.pk).link_wrong == 0
    assert not VisitRow.objects.exists()


def test_a_scanned_page_tells_nobodys_name(seat: Seat, link: str) -> None:
    pages = [scan(link).content.decode() for scan in SCANS]

    assert not [page for page in pages if "Rosa" in page or "Marin" in page]
