"""A client's own pages: invited, signed in; everything of theirs on one page, nothing of anybody else's."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.urls import reverse

from holdspace.accounts.models import User
from holdspace.audit.models import Entry
from holdspace.clients import actions
from holdspace.clients.models import Client, PortalAccount, PortalInvitation
from holdspace.consents.actions import request as ask_consent
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.models import Consent
from holdspace.kit.clock import now
from holdspace.messaging.actions import ring
from holdspace.messaging.models import Bell, Message
from holdspace.portal.web import COOKIE
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat, VisitRow
from tests import cast
from tests.telehealth.conftest import agree

BORN = {"month": "3", "day": "9", "year": "1984"}
CHOSEN = {"password": cast.PASSWORD, "again": cast.PASSWORD}


@pytest.fixture(autouse=True)
def clock(ten: datetime) -> Iterator[Any]:
    """Half an hour before Rosa's appointment."""
    with time_machine.travel(ten - timedelta(minutes=30), tick=False) as clock:
        yield clock


def page(client: Client, name: str = "account", *more: object) -> str:
    return reverse(f"portal:{name}", args=[client.pk, *more])


def text_of(response: Any) -> str:
    """The page without what is random in each."""
    return re.sub(r'nonce="[^"]*"', "", response.content.decode())


def invitation_link(person: Client, actor: Any, at: datetime) -> str:
    actions.invite(person=person, channel="email", actor=actor, at=at)
    found = re.search(r"/willow/portal/\S+", Message.objects.get(kind="portal_invitation").body)
    assert found
    return found[0]


@pytest.fixture
def link(rosa: Client, front_desk: Any, ten: datetime) -> str:
    return invitation_link(rosa, front_desk, ten - timedelta(hours=1))


# ---- Invited ---------------------------------------------------------------------------------------


def test_from_the_invitation_to_ones_own_pages(link: str, rosa: Client) -> None:
    browser = Browser()

    assert "Rosa" not in browser.get(link).content.decode()
    to_password = browser.post(link, BORN | {"last_name": "Marin"})
    assert to_password["Location"] == "/portal/welcome"
    assert "rosa@example.org" in browser.get("/portal/welcome").content.decode()
    shown = browser.post("/portal/welcome", CHOSEN, follow=True)

    assert shown.redirect_chain[-1][0] == page(rosa)
    assert "Hello Rosa" in shown.content.decode()
    assert Browser().get(link).status_code == 404


def test_opening_the_invitation_changes_nothing(link: str) -> None:
    before = PortalInvitation.objects.values().get()

    for _scanner in range(3):
        Browser().get(link)
        Browser().head(link)

    assert PortalInvitation.objects.values().get() == before


@pytest.mark.parametrize("said", [{"last_name": "Martin"}, {"day": "10"}])
def test_wrong_answers_all_look_the_same(link: str, said: dict[str, str]) -> None:
    response = Browser().post(link, BORN | {"last_name": "Marin"} | said)

    assert response.status_code == 200
    assert "fit what we have on file" in response.content.decode()
    assert PortalInvitation.objects.get().wrong == 1


@pytest.mark.parametrize(
    "said", [{"last_name": " "}, {"month": ""}, {"year": "abcd"}, {"day": "31", "month": "2"}]
)
def test_what_is_no_answer_is_no_try_and_stays_typed(link: str, said: dict[str, str]) -> None:
    """Mail scanners submit forms, empty or with nonsense in them."""
    response = Browser().post(link, {"last_name": "Quill"} | BORN | said)

    shown = response.content.decode()
    assert "all four figures of the year" in shown
    assert said.get("last_name", "Quill") in shown
    assert PortalInvitation.objects.get().wrong == 0


def test_every_address_that_leads_nowhere_is_one_page_with_the_practices_number(link: str) -> None:
    wrong, other = Browser().get(link + "x"), Browser().get("/willow/portal/nonsense")

    assert (wrong.status_code, other.status_code) == (404, 404)
    assert text_of(wrong) == text_of(other)
    assert "(212) 555-0100" in wrong.content.decode()


def test_the_password_page_is_for_who_has_shown_who_they_are(link: str) -> None:
    assert Browser().get("/portal/welcome").status_code == 404
    assert Browser().post("/portal/welcome", CHOSEN).status_code == 404


def test_the_password_page_waits_half_an_hour_and_no_longer(link: str, clock: Any) -> None:
    browser = Browser()
    browser.post(link, BORN | {"last_name": "Marin"})
    clock.shift(timedelta(minutes=31))

    assert browser.get("/portal/welcome").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": cast.PASSWORD, "again": "another long password"}, "the same"),
        ({"password": "rosa@example.org", "again": "rosa@example.org"}, "similar"),
    ],
)
def test_a_weak_or_mistyped_password_is_said(link: str, typed: dict[str, str], said: str) -> None:
    browser = Browser()
    browser.post(link, BORN | {"last_name": "Marin"})

    response = browser.post("/portal/welcome", typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not PortalAccount.objects.exists()


def test_whoever_signs_in_here_already_adds_the_pages_after_signing_in(
    rosa: Client, link: str, birch: Practice
) -> None:
    """Rosa is a client of Birch too, with the same address: her password there isn't overwritten."""
    there = cast.account_of(cast.client_of(birch, "Rosa", "Marin"), email="rosa@example.org")
    browser = Browser()
    browser.post(link, BORN | {"last_name": "Marin"})

    assert "sign in here already" in browser.get("/portal/welcome").content.decode().lower()
    browser.post("/portal/welcome", {"password": "quite another one", "again": "quite another one"})
    assert not PortalAccount.objects.filter(client=rosa).exists()
    browser.post("/portal/?next=/portal/welcome", {"login": "rosa@example.org", "password": cast.PASSWORD})
    shown = browser.post("/portal/welcome", follow=True)

    assert PortalAccount.objects.get(client=rosa).user == there.user
    assert "Whose pages?" in shown.content.decode()


# ---- Signing in ------------------------------------------------------------------------------------


def test_signing_in_leads_to_ones_own_pages(account: PortalAccount, rosa: Client) -> None:
    browser = Browser()

    response = browser.post("/portal/", {"login": account.user.email, "password": cast.PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0] == page(rosa)


def test_a_wrong_password_and_an_unknown_address_look_the_same(account: PortalAccount) -> None:
    known = Browser().post("/portal/", {"login": account.user.email, "password": "wrong and long enough"})
    unknown = Browser().post("/portal/", {"login": "no@example.org", "password": "wrong and long enough"})

    def alert(response: Any) -> str:
        return re.search(r'role="alert".*?</div></div>', response.content.decode(), re.S)[0]  # type: ignore[index]

    assert alert(known) == alert(unknown)


def test_a_second_factor_is_asked_of_whoever_wants_one(account: PortalAccount) -> None:
    Authenticator.objects.create(user=account.user, type=Authenticator.Type.TOTP, data={"secret": ""})

    response = Browser().post("/portal/", {"login": account.user.email, "password": cast.PASSWORD})

    assert response["Location"].startswith("/accounts/2fa/authenticate/")


def test_whoever_sets_up_a_second_factor_comes_back_to_their_own_pages(
    mine: Browser, account: PortalAccount, rosa: Client
) -> None:
    """The desk asks everybody for one; a client is asked nothing, and may."""
    mine.cookies.clear()
    mine.post("/portal/", {"login": account.user.email, "password": cast.PASSWORD})

    assert mine.get("/accounts/2fa/totp/activate/").status_code == 200
    assert mine.get("/", follow=True).redirect_chain[-1][0] == page(rosa)


def test_a_forgotten_password_is_mailed_to_a_client_too_and_to_nobody_unknown(account: PortalAccount) -> None:
    asked = Browser().post("/portal/forgot", {"email": account.user.email}, follow=True)
    unknown = Browser().post("/portal/forgot", {"email": "no@example.org"}, follow=True)

    assert asked.redirect_chain[-1][0] == "/portal/forgot/sent"
    assert text_of(asked) == text_of(unknown)
    message = Message.objects.get()
    assert (message.to, message.practice) == (account.user.email, account.practice)
    assert "/accounts/password/reset/key/" in message.body


def test_the_desk_is_not_there_for_a_client(mine: Browser, rosa: Client) -> None:
    for where in ("/", "/calendar", "/today", reverse("desk:client", args=[rosa.pk])):
        assert mine.get(where)["Location"] == "/portal/"


def test_a_portal_page_is_not_there_for_the_desk(
    signed_in: Callable[[Any], Browser], front_desk_person: cast.Person, rosa: Client
) -> None:
    assert signed_in(front_desk_person).get(page(rosa)).status_code == 404


def test_who_works_here_and_is_a_client_here_keeps_the_two_apart(
    signed_in: Callable[[Any], Browser], front_desk_person: cast.Person, willow: Practice
) -> None:
    """Bea works at the desk, and comes to Willow as a client: in the portal she is nothing but that."""
    bea, theo = cast.client_of(willow, "Bea", "Lind"), cast.client_of(willow, "Theodor", "Kestrel")
    PortalAccount.objects.create(practice=willow, user=front_desk_person.user, client=bea, opened_at=cast.TEN)
    browser = signed_in(front_desk_person)

    assert browser.get(page(bea)).status_code == 200
    assert browser.get(page(theo)).status_code == 404
    assert browser.get(reverse("desk:client", args=[theo.pk])).status_code == 200
    details = {"phone": "", "email": "", "time_zone": "UTC"}
    browser.post(page(bea, "details"), details)
    assert Entry.objects.filter(what="clients.client.said_how").get().actor_kind == "holder"


def test_idle_for_a_quarter_of_an_hour_the_pages_are_gone(mine: Browser, rosa: Client, clock: Any) -> None:
    assert mine.get(page(rosa))["Refresh"] == "905"
    clock.shift(timedelta(minutes=16))

    assert mine.get(page(rosa))["Location"].startswith("/portal/?next=")


def test_what_was_typed_before_the_log_off_comes_back_filled(
    mine: Browser, account: PortalAccount, rosa: Client, clock: Any
) -> None:
    assert "Refresh" not in mine.get(page(rosa, "details"))
    clock.shift(timedelta(minutes=16))
    typed = {"phone": "(312) 555-0177", "email": "r@example.org", "time_zone": "UTC"}
    response = mine.post(page(rosa, "details"), typed)

    assert response["Location"].startswith("/portal/?next=")
    said = {"login": account.user.email, "password": cast.PASSWORD}
    back = mine.post(response["Location"], said, follow=True)

    assert "(312) 555-0177" in back.content.decode()
    rosa.refresh_from_db()
    assert rosa.phone == "+13125550118"


def test_a_closed_account_opens_nothing_from_the_next_click_on(
    mine: Browser, account: PortalAccount, rosa: Client, front_desk: Any
) -> None:
    actions.close_account(account=account, actor=front_desk, at=cast.TEN)

    assert mine.get(page(rosa)).status_code == 404
    assert "nothing here for you" in mine.get("/portal/").content.decode()


# ---- The pages -------------------------------------------------------------------------------------


def test_everything_stands_on_one_page_with_one_primary_button(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei: Any
) -> None:
    agree(rosas_seat, at=cast.TEN - timedelta(days=1))
    ask_consent(seat=rosas_seat, channel="email", actor=osei, at=cast.TEN - timedelta(hours=1))

    shown = mine.get(page(rosa)).content.decode()

    assert "<title>Dashboard</title>" in shown
    assert "<h1>Dashboard</h1>" in shown
    for said in (
        "Hello Rosa",
        "By video with Dr Ama Osei",
        "To Sign",
        "Papers",
        "(312) 555-0118",
        "Withdraw",
        "Join",
    ):
        assert said in shown
    assert shown.count("btn-primary") == 1


def test_before_the_join_window_the_button_says_get_ready(
    mine: Browser, rosa: Client, rosas_seat: Seat, clock: Any
) -> None:
    clock.move_to(cast.TEN - timedelta(days=1))
    mine.get("/portal/")
    shown = mine.get(page(rosa)).content.decode()

    assert "Get ready" in shown
    assert ">Join" not in shown


def test_a_cancelled_appointment_leaves_the_page(mine: Browser, rosa: Client, rosas_seat: Seat) -> None:
    rosas_seat.move_to("cancelled")

    assert "Nothing is booked" in mine.get(page(rosa)).content.decode()


def joins(shown: str, seat: Seat) -> str:
    """The button that leads into this seat, if there is one."""
    found = re.search(rf'action="{page(seat.client, "enter", seat.pk)}">.*?</form>', shown, re.S)
    return found[0] if found else ""


@pytest.mark.parametrize("morning", ["occurred", "confirmed"])
def test_after_the_morning_the_button_is_the_afternoons(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person, clock: Any, morning: str
) -> None:
    assert osei_person.clinician
    Seat.objects.filter(pk=rosas_seat.pk).update(status=morning)
    afternoon = cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(hours=2))
    clock.move_to(cast.TEN + timedelta(hours=1, minutes=5))
    mine.get("/portal/")

    shown = mine.get(page(rosa)).content.decode()

    assert "btn-primary" in joins(shown, afternoon)
    assert "Join" in joins(shown, afternoon)
    # What nobody called over may still be resumed.
    assert ("Join" in joins(shown, rosas_seat)) is (morning == "confirmed")
    assert shown.count("btn-primary") == 1


def test_each_appointment_that_can_be_joined_now_has_its_own_join(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person
) -> None:
    Practice.objects.update(join_before_minutes=5 * 60)

    def booked(hours: int, **facts: Any) -> Seat:
        assert osei_person.clinician
        starts = cast.TEN + timedelta(hours=hours)
        return cast.appointment(osei_person.clinician, rosa, starts_at=starts, **facts)

    second = booked(1)
    not_now = [booked(2, contact_type="phone"), booked(3, status="cancelled"), booked(24)]

    shown = mine.get(page(rosa)).content.decode()

    assert "btn-primary" in joins(shown, rosas_seat)
    assert 'Join<span class="visually-hidden"> 10:00 AM' in joins(shown, second)
    assert not [seat for seat in not_now if joins(shown, seat)]


def test_join_starts_a_visit_without_asking_again(mine: Browser, rosa: Client, rosas_seat: Seat) -> None:
    response = mine.post(page(rosa, "enter", rosas_seat.pk))

    assert response["Location"] == "/v/"
    assert mine.get("/v/").status_code == 200
    visit = VisitRow.objects.get()
    assert visit.identity_how == "account"
    entry = Entry.objects.get(what="scheduling.link.entered")
    assert entry.detail["account"] == str(PortalAccount.objects.get().pk)


def test_join_brings_along_what_the_browser_knows_of_camera_and_sound(
    mine: Browser, rosas_seat: Seat, rosa: Client, osei_person: cast.Person
) -> None:
    assert osei_person.clinician
    later = cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(days=1))
    mine.post(page(rosa, "enter", rosas_seat.pk))
    mine.post("/v/checked", {"found": "ok"}, headers={"accept": "application/json"})

    mine.post(page(rosa, "enter", later.pk))

    later.refresh_from_db()
    assert later.device_ok_at == cast.TEN - timedelta(minutes=30)


def test_to_sign_leads_straight_to_the_form(mine: Browser, rosa: Client, rosas_seat: Seat, osei: Any) -> None:
    ask_consent(seat=rosas_seat, channel="email", actor=osei, at=cast.TEN - timedelta(hours=1))

    response = mine.post(page(rosa, "enter", rosas_seat.pk), {"to": "form"}, follow=True)

    assert response.redirect_chain[-1][0] == "/v/form"
    assert "I agree" in response.content.decode()


def test_a_visit_from_the_account_ends_with_its_sign_in_and_one_by_link_does_not(
    mine: Browser, rosa: Client, rosas_seat: Seat, clock: Any
) -> None:
    from holdspace.scheduling.actions.links import identify

    by_link = Browser()
    by_link.cookies[COOKIE] = identify(seat=rosas_seat, birth_date=date(1984, 3, 9), at=cast.TEN)[1]
    mine.post(page(rosa, "enter", rosas_seat.pk))
    clock.shift(timedelta(minutes=16))

    assert mine.get("/v/")["Location"] == "/portal/?next=%2Fv%2F"
    assert by_link.get("/v/").status_code == 200


def test_a_running_call_is_not_cut_however_long_it_lasts(
    mine: Browser, rosa: Client, rosas_seat: Seat, clock: Any
) -> None:
    """The room's sign of life keeps the sign-in awake, as at the desk."""
    mine.post(page(rosa, "enter", rosas_seat.pk))
    mine.post("/v/knock", headers={"Accept": "application/json"})
    for _minute in range(60):
        clock.shift(timedelta(minutes=1))
        mine.post("/v/here", headers={"Accept": "application/json"})

    assert mine.post("/v/ticket", headers={"Accept": "application/json"}).json()["ok"]


def test_signing_out_ends_the_visit_that_began_from_the_account(
    mine: Browser, rosa: Client, rosas_seat: Seat
) -> None:
    mine.post(page(rosa, "enter", rosas_seat.pk))
    mine.post("/portal/sign-out")

    assert VisitRow.objects.get().ended_at
    assert mine.get(page(rosa)).status_code == 302


def test_a_paper_is_downloaded_and_taken_back_from_the_account(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person
) -> None:
    consent = agree(rosas_seat, at=cast.TEN - timedelta(days=1))

    mine.post(page(rosa, "account_take_back", consent.pk))

    consent.refresh_from_db()
    assert consent.status == Consent.Status.REVOKED
    assert Bell.objects.get(kind="consent_revoked").user == osei_person.user
    assert "Taken back on" in mine.get(page(rosa)).content.decode()


def test_the_sealed_pdf_is_there_once_it_is_made(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei: Any, seal: Path
) -> None:
    asked = ask_consent(seat=rosas_seat, channel="email", actor=osei, at=now())
    mine.post(page(rosa, "enter", rosas_seat.pk), {"to": "form"})
    mine.post("/v/form", {"asked": asked.pk, "answer": "accept"})
    mine.post("/v/form/sign", {"asked": asked.pk, "mark": "type", "name": "Rosa Marin", "meant": "on"})
    address = page(rosa, "account_pdf", asked.pk)
    assert mine.get(address).status_code == 404

    seal_due(at=now())

    assert address in mine.get(page(rosa)).content.decode()
    assert mine.get(address).content.startswith(b"%PDF")
    assert (
        "their portal account and its password"
        in mine.get(page(rosa, "account_paper", asked.pk)).content.decode()
    )


def test_another_clients_seat_and_paper_are_not_there(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person, willow: Practice
) -> None:
    assert osei_person.clinician
    theo = cast.client_of(willow, "Theodor", "Kestrel")
    seat = cast.appointment(osei_person.clinician, theo, starts_at=cast.TEN + timedelta(hours=2))
    consent = agree(seat, at=cast.TEN - timedelta(days=1))

    assert mine.post(page(rosa, "enter", seat.pk)).status_code == 404
    assert mine.get(page(rosa, "account_paper", consent.pk)).status_code == 404
    assert mine.post(page(rosa, "account_take_back", consent.pk)).status_code == 404
    assert mine.get(page(theo)).status_code == 404


def test_the_page_asks_the_same_however_much_is_on_it(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mine.get(page(rosa))
    with CaptureQueriesContext(connection) as few:
        mine.get(page(rosa))
    assert osei_person.clinician
    for day in range(1, 6):
        seat = cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(days=day))
        agree(seat, at=cast.TEN - timedelta(days=day))

    with django_assert_num_queries(len(few)):
        mine.get(page(rosa))
    assert len(few) < 20


# ---- What they change ------------------------------------------------------------------------------

DETAILS = {
    "phone": "(312) 555-0177", "texts": "on", "email": "new@example.org", "email_ok": "on",
    "time_zone": "America/Denver",
}  # fmt: skip


def test_what_a_client_changes_is_on_the_chart_and_the_practice_is_told(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person, front_desk_person: cast.Person
) -> None:
    shown = mine.post(page(rosa, "details"), DETAILS, follow=True)

    assert "We have been told" in shown.content.decode()
    rosa.refresh_from_db()
    assert (rosa.phone, rosa.email, rosa.time_zone) == ("+13125550177", "new@example.org", "America/Denver")
    assert (rosa.texts_agreed_by, rosa.texts_agreed_at) == ("client", cast.TEN - timedelta(minutes=30))
    rung = Bell.objects.filter(kind="details_changed", subject_id=rosa.pk)
    assert {bell.user for bell in rung} == {osei_person.user, front_desk_person.user}


def test_the_bell_leads_to_the_chart(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person,
    signed_in: Callable[[Any], Browser],
) -> None:  # fmt: skip
    mine.post(page(rosa, "details"), DETAILS)
    desk = signed_in(osei_person)

    assert "Rosa M. changed how to reach them" in desk.get("/bells").content.decode()
    bell = Bell.objects.get(user=osei_person.user)
    assert desk.post(f"/bells/{bell.pk}/open")["Location"] == reverse("desk:client", args=[rosa.pk])


def test_an_invitation_that_was_not_delivered_leads_to_the_chart(
    rosa: Client, front_desk_person: cast.Person, signed_in: Callable[[Any], Browser]
) -> None:
    invitation_link(rosa, front_desk_person.actor, now())
    said: dict[str, Any] = {"practice": rosa.practice, "users": [front_desk_person.user], "at": now()}
    [bell] = ring(kind="message_failed", subject=Message.objects.get(), **said)
    desk = signed_in(front_desk_person)

    assert "A message to Rosa M. was not delivered" in desk.get("/bells").content.decode()
    assert desk.post(f"/bells/{bell.pk}/open")["Location"] == reverse("desk:client", args=[rosa.pk])


def test_nothing_new_rings_nobody(mine: Browser, rosa: Client, front_desk_person: cast.Person) -> None:
    same = {"phone": "+13125550118", "texts": "on", "email": rosa.email, "email_ok": "on"}
    mine.post(page(rosa, "details"), same | {"time_zone": rosa.time_zone})

    assert not Bell.objects.exists()


def test_no_to_texts_is_kept_at_once(mine: Browser, rosa: Client) -> None:
    said = {"phone": "+13125550118", "email": rosa.email, "email_ok": "on", "time_zone": rosa.time_zone}
    mine.post(page(rosa, "details"), said)

    rosa.refresh_from_db()
    assert not rosa.may_text
    entry = Entry.objects.get(what="clients.client.said_how")
    assert entry.detail["changes"] == {"texts": [True, False]}


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"phone": "12"}, 422, "isn&#x27;t a phone number"),
        ({"phone": ""}, 422, "Write the number that we may text"),
        ({"phone": "+18005550199"}, 409, "can&#x27;t take texts"),
        ({"email": "no"}, 422, "valid email"),
        ({"time_zone": "Mars/Olympus"}, 422, "Mars/Olympus"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(
    mine: Browser, rosa: Client, typed: dict[str, str], status: int, said: str
) -> None:
    response = mine.post(page(rosa, "details"), DETAILS | {"email": "kept@example.org"} | typed)

    shown = response.content.decode()
    assert response.status_code == status
    assert said in shown
    assert typed.get("email", "kept@example.org") in shown
    rosa.refresh_from_db()
    assert rosa.phone == "+13125550118"


# ---- A guardian ------------------------------------------------------------------------------------


@pytest.fixture
def mother(willow: Practice) -> PortalAccount:
    """Inez, who decides for Ana and Ben."""
    ana = cast.client_of(willow, "Ana", "Marin", birth_date=date(2012, 5, 1), phone="", email="")
    ben = cast.client_of(willow, "Ben", "Marin", birth_date=date(2014, 5, 1), phone="", email="")
    tie = cast.contact_of(ana, "Inez Marin", guardianship="of_minor")
    actions.tie_contact(
        client=ben, contact=tie.contact, role=actions.Role("mother", guardianship="of_minor"),
        actor=cast.system(willow), at=cast.TEN,
    )  # fmt: skip
    user = User.objects.create_user("inez@portal.example.org", cast.PASSWORD, name="Inez Marin")
    return PortalAccount.objects.create(practice=willow, user=user, contact=tie.contact, opened_at=cast.TEN)


def test_a_guardian_chooses_whose_pages(
    mother: PortalAccount, signed_in: Callable[[Any], Browser], rosa: Client
) -> None:
    browser = signed_in(mother)
    ana, ben = (Client.objects.get(first_name=name) for name in ("Ana", "Ben"))

    shown = browser.get("/portal/").content.decode()

    assert page(ana) in shown
    assert page(ben) in shown
    assert "The pages of Ben" in browser.get(page(ben)).content.decode()
    assert browser.get(page(rosa)).status_code == 404


def test_a_guardian_changes_their_own_number_and_the_childs_zone(
    mother: PortalAccount, signed_in: Callable[[Any], Browser], front_desk_person: cast.Person
) -> None:
    ana = Client.objects.get(first_name="Ana")
    signed_in(mother).post(page(ana, "details"), DETAILS)

    assert mother.contact
    mother.contact.refresh_from_db()
    ana.refresh_from_db()
    assert (mother.contact.phone, mother.contact.may_text) == ("+13125550177", True)
    assert (ana.phone, ana.time_zone) == ("", "America/Denver")
    assert Bell.objects.get(kind="details_changed").subject_id == ana.pk
    assert Entry.objects.get(what="clients.contact.said_how").subject_id == ana.pk


def test_a_guardian_joins_in_the_childs_seat(
    mother: PortalAccount, signed_in: Callable[[Any], Browser], osei_person: cast.Person
) -> None:
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, Client.objects.get(first_name="Ana"))

    response = signed_in(mother).post(page(seat.client, "enter", seat.pk))

    assert response["Location"] == "/v/"
    visit = VisitRow.objects.get()
    assert visit.seat == seat
    assert visit.came
    assert (visit.came.name, visit.came.relation) == ("Inez Marin", "mother")
