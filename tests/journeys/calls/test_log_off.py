"""What was typed outlives the sign-in it was typed in."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.people import DeskSide
from tests.journeys.places import LAPTOP

pytestmark = pytest.mark.journey


def test_a_form_sent_after_log_off_comes_back_filled(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = context(two_browsers[0], house, **LAPTOP)
    desk = DeskSide(window.new_page())
    desk.sign_in("Dr Ama Osei")
    desk.page.goto("/clients/new")
    desk.page.get_by_label("First name").fill("Wilhelmina")
    desk.page.get_by_label("Last name").fill("Quill")
    house.ask(
        "from importlib import import_module\n"
        "from django.conf import settings\n"
        "from django.contrib.sessions.models import Session\n"
        "Store = import_module(settings.SESSION_ENGINE).SessionStore\n"
        "for row in Session.objects.all():\n"
        "    kept = Store(row.session_key)\n"
        "    if 'seen' in kept:\n"
        "        kept['seen'] = 0\n"
        "        kept.save()\n"
        "print('done')"
    )

    desk.page.locator("main form button").last.click()
    desk.page.wait_for_url("**/accounts/login/**")
    desk.page.get_by_role("button", name="Dr Ama Osei").click()

    expect(desk.page.get_by_role("heading", name="Here is what you had typed")).to_be_visible()
    expect(desk.page.get_by_label("First name")).to_have_value("Wilhelmina")
    expect(desk.page.get_by_label("Last name")).to_have_value("Quill")
    window.close()
