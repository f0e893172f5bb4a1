"""Every page of the desk, as everybody who may see it: axe finds nothing, nothing scrolls sideways."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone, someone_elses, still, walk

pytestmark = pytest.mark.journey


def test_signed_out_pages(window: BrowserContext, eye: Eye) -> None:
    page = window.new_page()
    eye.follow(page)
    walk(page, eye, {"login": "/accounts/login/", "reset": "/accounts/password/reset/"})
    page.locator("input[name=email]").fill("nobody@example.org")
    page.locator("main form button").first.click()
    eye.look(page, "reset-sent")
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password").fill("not this one at all")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    eye.look(page, "login-wrong")
    walk(page, eye, {"no-such-page": "/nowhere", "signup": "/accounts/signup/", "setup-done": "/setup"})


def test_the_calendar_and_its_drawer(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    page = someone(window, eye, "Dr Ama Osei").page
    views = ("work-week", "week", "day", "agenda")
    walk(page, eye, {f"calendar-{view}": f"/calendar?view={view}" for view in views})
    walk(
        page, eye, {"calendar-everyone": "/calendar?view=day&clinician=all", "new-page": "/appointments/new"}
    )
    page.goto("/calendar?view=work-week")
    page.locator(f"[data-tile='{facts['soon']['pk']}'], [data-tile]").first.click()
    expect(page.locator("#drawer")).to_be_visible()
    eye.look(page, "drawer")
    page.goto("/calendar?view=work-week")
    page.get_by_role("link", name="Add Appointment").click()
    expect(page.locator("form#appointment")).to_be_visible()
    eye.look(page, "drawer-new")
    page.get_by_role("button", name="Create").last.click()
    expect(page.locator("#drawer").get_by_role("alert").first).to_be_visible()
    eye.look(page, "drawer-errors")


def test_an_appointment(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    page = someone(window, eye, "Dr Ama Osei").page
    seat = f"/appointments/{facts['later'][1]['pk']}"
    walk(page, eye, {"appointment-not-live": f"/appointments/{facts['soon']['pk']}", "appointment": seat})
    walk(page, eye, {name: f"{seat}/{name}" for name in ("edit", "move", "history", "cancel")})
    page.get_by_role("button", name="Cancel appointment").click()
    walk(page, eye, {"appointment-cancelled": seat})


def test_consent_and_the_link(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    desk = someone(window, eye, "Dr Ama Osei")
    page, start = desk.page, f"/start/{facts['later'][0]['pk']}"
    walk(page, eye, {"start-mend": f"/start/{facts['soon']['pk']}", "start-how": start})
    page.goto(start)
    desk.send_consent_form("Email")
    eye.look(page, "start-form-sent")
    walk(page, eye, {"start-verbal-while-sent": f"{start}?way=verbal"})
    page.goto(f"/start/{facts['later'][2]['pk']}")
    desk.record_verbal_consent()
    eye.look(page, "send-link")
    walk(page, eye, {"start-agreed": f"/start/{facts['later'][2]['pk']}"})


DESK = {
    "today": "/today",
    "clients": "/clients",
    "clients-none": "/clients?q=zzzz",
    "client-new": "/clients/new",
    "messages": "/messages",
    "bells": "/bells",
    "help": "/help",
    "account": "/account",
    "more": "/more",
    "demo-phone": "/demo/phone",
    "no-such-page-inside": "/nowhere",
    "service": "/settings/telehealth",
    "passkey-add": "/account/passkeys/add",
    "password-change": "/accounts/password/change/",
    "password-set": "/accounts/password/set/",
    "logout": "/accounts/logout/",
}


def chart(one: str) -> dict[str, str]:
    return {
        "client-appointments": f"{one}/appointments",
        "client-sessions": f"{one}/sessions",
        "client-consents": f"{one}/consents",
        "client-allowed": f"{one}/allowed",
        "client-person-new": f"{one}/people/new",
        "client-address-new": f"{one}/addresses/new",
    }


def test_the_other_pages_of_the_desk(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    page = someone(window, eye, "Dr Ama Osei").page
    one = f"/clients/{facts['client']}"
    walk(page, eye, DESK | {"client": one, "client-edit": f"{one}/edit"} | chart(one))
    for name, section in (("client-person", "People to reach"), ("client-address", "Addresses")):
        page.goto(one)
        page.get_by_role("region", name=section).locator("li a.hs-strong").first.click()
        eye.look(page, name)
    page.goto("/clients/new")
    page.locator("main form button").last.click()
    eye.look(page, "client-errors")


def test_what_the_owner_the_front_desk_and_the_auditor_see(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    house: House,
    eye: Eye,
    facts: dict[str, Any],
) -> None:
    settings = {
        "settings": "/settings",
        "settings-telehealth": "/settings/telehealth",
        "settings-practice": "/settings/practice",
        "settings-staff": "/settings/staff",
        "settings-staff-new": "/settings/staff/new",
        "settings-member": f"/settings/staff/{facts['member']}",
        "settings-types": "/settings/types",
        "settings-type-new": "/settings/types/new",
        "settings-type": f"/settings/types/{facts['type']}",
        "settings-sites": "/settings/sites",
        "settings-site-new": "/settings/sites/new",
        "settings-site": f"/settings/sites/{facts['site']}",
        "owner-trail": "/trail",
    }
    owner = someone_elses(window, eye, "Marguerite Dunn")
    walk(owner, eye, settings)
    owner.goto("/settings/staff/new")
    owner.locator("main form button").last.click()
    eye.look(owner, "settings-staff-errors")
    for name, pages in (
        (
            "Bea Lindqvist",
            {"front-calendar": "/calendar?clinician=all", "front-today": "/today", "front-more": "/more"},
        ),
        ("Tomas Reed", {"trail": "/trail", "auditor-home": "/"}),
    ):
        own = still(two_browsers[0], house)
        walk(someone_elses(own, eye, name), eye, pages)
        own.close()
