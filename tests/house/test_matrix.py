"""Who may what: every address, as everybody.  Generated: a new address is walked without being named here.

An address says who may (`who_may`).  Whoever may gets the page or is led on; whoever may not
gets 404, or is led to where one says who one is; nobody ever gets 403 or 500, and nobody from
outside ever reads the name of one of Willow's clients.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern

from holdspace.consents import actions as consents
from holdspace.messaging import actions as messages
from holdspace.portal.web import COOKIE, GUEST_COOKIE
from holdspace.practices.models import EmergencyNumber, Practice, Site
from holdspace.practices.roles import VERBS
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Hours, Import, Seat, TimeOff
from holdspace.telehealth import actions as telehealth
from holdspace.telehealth.models import Participant, Session
from tests import cast
from tests.house.walk import Willow, addresses

pytestmark = pytest.mark.usefixtures("at_ten")

NAMES = re.compile(r"Rosa|Marin\b|Theodor|Kestrel")
SIGNED_IN = {"anyone at work here", "whoever is signed in"}
ANYONE = {"anyone", "anyone with the address"}
VISIT, CARRIER, ACCOUNT = "the seat's own visit", "twilio's signature", "the client's own account"
INSIDE = ["owner", "clinician", "front_desk", "auditor"]
INVITED = "the invited guest"
CLIENT, HOLDER, GUEST = "client", "holder", "guest"
# With a portal account: for Rosa, for another client here, for a client of the other practice.
HOLDERS = [HOLDER, "other_holder", "holder_elsewhere"]
OUTSIDE = ["nobody", "elsewhere", "visitor", GUEST, *HOLDERS[1:]]
# Understood and done, led on, or understood and declined with a sentence.
YES = {200, 204, 302, 400, 405, 409, 422}
NO = {302, 404, 405}
# Not there outside a demo, after the set-up, for another than whom the bell rang for, before a paper
# is signed, or where the row is named in the form that this walk leaves empty.
SOMETIMES_NOT_THERE = (
    "/demo/",
    "/setup",
    "/bells/",
    "/start/<uuid:pk>/paper",
    "/consents/<uuid:pk>/pdf",
    "/consents/<uuid:pk>/correct",
    "/clients/<uuid:pk>/account/",
    "/appointments/drop",
    "/v/",
    "/portal/",
)


ADDRESSES = dict(addresses())


@pytest.fixture
def story(
    willow: Practice, birch_person: cast.Person, osei_person: cast.Person, owner_person: cast.Person,
    front_desk_person: cast.Person, auditor_person: cast.Person, rosas_seat: Seat, ten: datetime,
) -> Willow:  # fmt: skip
    consents.ensure_default_form(willow, ten)
    visit, _cookie = identify(seat=rosas_seat, birth_date=rosas_seat.client.birth_date, at=ten)
    telehealth.knock(seat=rosas_seat, actor=visit.as_actor(), at=ten)
    asked = consents.request(seat=rosas_seat, channel="email", actor=osei_person.actor, at=ten)
    rung = messages.ring(
        practice=willow, users=[osei_person.user], kind="consent_signed", subject=rosas_seat, at=ten
    )
    theo = cast.client_of(willow, "Theodor", "Kestrel", phone="+13125550119")
    quincy = cast.client_of(birch_person.membership.practice, "Quincy", "Abbot")
    assert osei_person.clinician
    session = Session.objects.get()
    guest, link = telehealth.invite(
        session=session, name="Ana", comes_as="interpreter", actor=osei_person.actor, at=ten
    )
    whose = {"practice": willow, "clinician": osei_person.clinician}
    off = TimeOff(starts_at=ten, ends_at=ten + timedelta(days=1), time_zone="UTC", created_at=ten, **whose)
    off.save()
    Import.objects.create(
        practice=willow, by=owner_person.membership, what="clients", status="checked", size=1, created_at=ten
    )
    EmergencyNumber.objects.create(
        practice=willow, state="IL", who="911 center", number="+13125550190", verified_on=ten.date()
    )
    return Willow(
        practice=willow,
        clinician=osei_person,
        seat=rosas_seat,
        session=session,
        waiting=Participant.objects.get(role="client"),
        consent=asked,
        bell=rung[0],
        site=Site.objects.create(practice=willow, name="Main"),
        at=ten,
        people={
            "owner": owner_person, "clinician": osei_person, "front_desk": front_desk_person,
            "auditor": auditor_person, "elsewhere": birch_person,
        },
        accounts=dict(zip(HOLDERS, map(cast.account_of, (rosas_seat.client, theo, quincy)), strict=True)),
        hours=Hours.objects.create(weekday=6, starts=540, ends=600, **whose),
        off=off,
        place=cast.address_of(rosas_seat.client),
        tie=cast.contact_of(rosas_seat.client, "Theodor Marin"),
        guest=guest,
        secret=link.rpartition("/")[2],
        wish=cast.wish_of(rosas_seat.client, visit.pk),
        other_seat=cast.appointment(osei_person.clinician, theo, starts_at=ten + timedelta(hours=3)),
    )  # fmt: skip


@pytest.fixture
def browser_of(story: Willow, signed_in: Callable[[Any], Browser]) -> Callable[[str], Browser]:
    """A browser of one of WHO; the visitor has Theodor's visit, and so must not learn of Rosa.

    Nor must who holds Theodor's account.
    """

    def make(who: str) -> Browser:
        user = (story.people | story.accounts).get(who)
        browser = signed_in(user) if user else Browser()
        seat = {"visitor": story.other_seat, CLIENT: story.seat}.get(who)
        if seat:
            browser.cookies[COOKIE] = identify(seat=seat, birth_date=seat.client.birth_date, at=story.at)[1]
        if who == GUEST:
            browser.cookies[GUEST_COOKIE] = telehealth.come(invitation=story.guest, at=story.at)
        browser.raise_request_exception = False
        browser.get("/healthz")  # notes that the sign-in is in use; each address would else note it anew
        return browser

    return make


def got(browser: Browser, address: str) -> Any:
    """A page.  Nothing is taken back: scanners and previews follow links too, and change nothing."""
    return browser.get(address)


def sent(browser: Browser, address: str) -> Any:
    """An empty form, whose changes are taken back: every address meets the same story."""
    with transaction.atomic():
        response = browser.generic("POST", address)
        transaction.set_rollback(True)
    return response


ASK = {"GET": got, "POST": sent}


def who_may(pattern: URLPattern) -> set[str]:
    return set(getattr(pattern.callback, "who_may", ()))


def may(who: str, pattern: URLPattern) -> bool:
    """What the address itself says."""
    said = who_may(pattern)
    if said <= ANYONE:
        return True
    if VISIT in said:
        return who in {"visitor", CLIENT}
    if ACCOUNT in said:
        return who in HOLDERS
    if INVITED in said:
        return who == GUEST
    if who in INSIDE or who == "elsewhere":
        verbs = (
            VERBS[who]
            if who in INSIDE
            else frozenset().union(*(VERBS[r] for r in ("owner", "clinician", "front_desk")))
        )
        return bool(said & SIGNED_IN or said & verbs)
    return False


def expected(who: str, where: str, pattern: URLPattern) -> set[int]:
    """The answers that are right for this person at this address."""
    if CARRIER in who_may(pattern):
        return {400, 404, 405}
    about_willow = "uuid:" in where and who in OUTSIDE
    if not may(who, pattern) or about_willow:
        return NO
    if where == "/readyz":
        return {200, 503}
    own = where.startswith(SOMETIMES_NOT_THERE) or who_may(pattern) <= ANYONE
    return YES | {404} if own else YES


def led_to_sign_in(response: Any, pattern: URLPattern) -> bool:
    """Nobody signed out is shown more than where to sign in, unless the page is for whoever comes."""
    if who_may(pattern) <= ANYONE | {VISIT, CARRIER, INVITED} or response.status_code == 405:
        return True
    door = "/portal/" if ACCOUNT in who_may(pattern) else "/accounts/login/"
    return response.status_code == 302 and str(response["Location"]).startswith(door)


def names_kept_from(who: str) -> re.Pattern[str]:
    """Which of Willow's clients this person must not read of; whoever works here may read of all."""
    if who not in OUTSIDE:
        return re.compile("(?!)")
    return re.compile(r"Rosa|Marin\b") if who in {"visitor", "other_holder"} else NAMES


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", [*INSIDE, *OUTSIDE, CLIENT, HOLDER])
def test_every_address_answers_everybody_as_it_says_and_nobody_outside_reads_a_clients_name(
    who: str, method: str, story: Willow, browser_of: Callable[[str], Browser]
) -> None:
    browser, hidden = browser_of(who), names_kept_from(who)
    wrong, before = [], counted()
    for where, pattern in ADDRESSES.items():
        response = ASK[method](browser, story.filled(where))
        if response.status_code not in expected(who, where, pattern):
            wrong.append(f"{method} {where} as {who}: {response.status_code}, may: {who_may(pattern)}")
        if hidden.search(response.content.decode(errors="ignore")):
            wrong.append(f"{method} {where} as {who}: a client's name")
        if method == "GET" and who == "nobody" and not led_to_sign_in(response, pattern):
            wrong.append(f"{where}: {response.status_code} instead of where to sign in")

    assert not wrong, "\n".join(wrong)
    assert counted() == before


def counted() -> dict[str, int]:
    """How many rows there are of everything but the trail, which may say that somebody looked."""
    passing = {"audit.Entry", "audit.Head", "sessions.Session"}
    rows = [model for model in apps.get_models() if model._meta.label not in passing]
    return {model._meta.label: model._default_manager.count() for model in rows}


def test_the_matrix_is_not_empty() -> None:
    assert len(ADDRESSES) > 60
    assert {"/calendar", "/clients/<uuid:pk>", "/v/"} <= set(ADDRESSES)
