"""Mail scanners open links, and some press what they find; the link still works for the person it is for.

Played as the scanners of the big providers behave: a look at the headers, a fetch or several from other
machines, a browser without a past that fills in a form and sends it.  Each plays
against each of the three questions.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from holdspace.scheduling import links
from holdspace.scheduling.actions.links import PAUSE_AFTER
from holdspace.scheduling.models import Appointment, Seat, VisitRow
from holdspace.telehealth.models import Session

BORN = {"born": "03/09/1984"}
OFTEN = PAUSE_AFTER + 2  # more than a person may be wrong in a row


@pytest.fixture(params=["birth_date", "code", "full_name"])
def asked(request: pytest.FixtureRequest) -> str:
    """What the one question asks for: each of the three."""
    return str(request.param)


@pytest.fixture
def seat(rosas_seat: Seat, asked: str) -> Seat:
    if asked == "code":
        Practice.objects.update(identity_by=Practice.Identity.CODE)
    if asked == "full_name":
        Client.objects.update(birth_date=None)
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


def send_words(link: str) -> Any:
    return send(link, born="test", full_name="test", code="test", month="aa")


def send_figures(link: str) -> Any:
    return send(link, born="12345", full_name="123 456 789", code="12345", year="1")


def send_an_address(link: str) -> Any:
    return send(link, born="a@example.org", full_name="a@example.org", code="a@example.org")


def send_far_too_much(link: str) -> Any:
    return send(link, born="1" * 400, full_name="a b " * 400, code="1" * 400, month="1" * 40)


def send_without_a_token(link: str) -> Any:
    said = {"born": "01/01/1990", "full_name": "John Doe", "code": "123456"}
    return Browser(enforce_csrf_checks=True).post(link, said)


def options(link: str) -> Any:
    return Browser().options(link)


NONSENSE = [send_empty, send_words, send_figures, send_an_address, send_far_too_much]
SCANS = [head, fetch, prefetch, options, *NONSENSE, send_without_a_token]


def state_of(seat: Seat) -> dict[str, Any]:
    return dict(Seat.objects.values().get(pk=seat.pk))


@pytest.mark.parametrize("scan", SCANS)
def test_no_scan_changes_anything_or_counts_as_a_try(
    seat: Seat, link: str, scan: Callable[[str], Any]
) -> None:
    before, entries = state_of(seat), Entry.objects.count()

    for _ in range(OFTEN):
        scan(link)

    assert state_of(seat) == before
    assert Entry.objects.count() == entries
    assert not VisitRow.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize("scan", NONSENSE)
def test_nonsense_is_told_how_to_answer(
    seat: Seat, link: str, asked: str, scan: Callable[[str], Any]
) -> None:
    how = {
        "birth_date": "Write your date of birth like this",
        "code": "Type the six figures",
        "full_name": "Write your first and last name",
    }
    page = scan(link)

    assert page.status_code == 422
    assert how[asked] in page.content.decode()


def right_answer(link: str, asked: str) -> dict[str, str]:
    """What the client says, however they group it."""
    if asked != "code":
        return {"birth_date": BORN, "full_name": {"full_name": " rosa  MARIN "}}[asked]
    send(link, send_code="1")
    found = re.search(r"\d{6}", Message.objects.get(kind="code").body)
    assert found
    return {"code": f" {found[0][:3]} - {found[0][3:]}"}


def test_after_all_of_them_the_link_lets_its_client_in(
    seat: Seat, link: str, asked: str, client: Browser
) -> None:
    for scan in SCANS * 5:
        scan(link)

    assert client.post(link, right_answer(link, asked))["Location"] == "/v/"
    assert Seat.objects.get(pk=seat.pk).link_seen_at


def test_the_link_still_works_after_a_scanner_guessed(
    seat: Seat, link: str, asked: str, client: Browser
) -> None:
    """A real answer that isn't theirs is a try, whoever made it: one of five, and told to nobody."""
    right = right_answer(link, asked)
    send(link, born="01/01/1990", full_name="John Doe", code="000000" if "0" not in str(right) else "111111")

    assert Seat.objects.get(pk=seat.pk).link_wrong == 1
    assert client.post(link, right)["Location"] == "/v/"
    assert Seat.objects.get(pk=seat.pk).link_wrong == 0


@pytest.mark.parametrize("asked", ["code"], indirect=True)
def test_a_scanner_that_presses_for_a_code_has_one_sent_to_the_client_and_no_more(
    seat: Seat, link: str
) -> None:
    for _ in range(20):
        send(link, send_code="1")
        send(link, code="")

    assert Message.objects.filter(kind="code").count() == 1
    assert Seat.objects.get(pk=seat.pk).link_wrong == 0
    assert not VisitRow.objects.exists()


def test_a_scanned_page_tells_nobodys_name(seat: Seat, link: str) -> None:
    pages = [scan(link).content.decode() for scan in SCANS]

    assert not [page for page in pages if "Rosa" in page or "Marin" in page]
