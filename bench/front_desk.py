"""What Bea Lind opens at the front desk, again and again, and whether it is what she asked for."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from bench.full_days import A_DAY, CLINICIANS
from bench.practice import monday
from holdspace.accounts.models import User
from holdspace.clients.models import Client
from holdspace.kit.clock import now

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in() -> Browser:
    browser = Browser(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(name="Bea Lind"), backend=BACKEND)
    return browser


def session() -> str:
    """What a real browser shows to be Bea Lind."""
    return signed_in().cookies[settings.SESSION_COOKIE_NAME].value


def open_pages() -> dict[str, Callable[[], None]]:
    browser, somebody = signed_in(), Client.objects.order_by("pk")[0]
    look = partial(find, browser, somebody)
    return {
        "empty": lambda: ok(browser.get(reverse("desk:help"))),
        "day": lambda: full(browser.get(f"{reverse('desk:feed')}?view=clinicians&date={weekday(2)}")),
        "name": lambda: look(f"{somebody.last_name[:3]} {somebody.first_name}"),
        "letter": lambda: ok(browser.post(reverse("desk:client_search"), {"q": "a"})),
        "nobody": lambda: ok(browser.post(reverse("desk:client_search"), {"q": "nobody"})),
        "birth date": lambda: look(f"{somebody.birth_date:%m/%d/%Y}"),
        "number": lambda: look(somebody.phone),
        "last four": lambda: look(somebody.phone[-4:]),
    }


def weekday(number: int) -> str:
    """A day of the present week."""
    return (monday(now()) + timedelta(days=number)).date().isoformat()


def ok(answer: Any) -> None:
    assert answer.status_code == 200, answer.status_code


def full(answer: Any) -> None:
    ok(answer)
    assert len(json.loads(answer.content)["events"]) == CLINICIANS * A_DAY


def find(browser: Browser, somebody: Client, words: str) -> None:
    """The page that a search leads to."""
    answer = browser.post(reverse("desk:client_search"), {"q": words})
    ok(answer)
    assert somebody.first_name.encode() in answer.content
