"""How we reach you, without an account: by the link, and a stranger with a link leads nothing elsewhere."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client, Contact, PortalAccount, Wish
from holdspace.clients.models.reachable import Reachable
from holdspace.kit.clock import now
from holdspace.messaging.models import Bell
from holdspace.portal.web import COOKIE
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Came, Seat
from tests import cast
from tests.portal.test_consent import phone_of

PAGE = "/v/details"
# What stands on Rosa's page at first: nothing of the number and the address.
AS_IT_IS = {"phone": "", "texts": "on", "email": "", "email_ok": "on", "time_zone": "America/Chicago"}
OTHERS = AS_IT_IS | {"phone": "(312) 555-0177", "email": "new@example.org"}


@pytest.fixture
def seat(osei_person: cast.Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def browser(seat: Seat) -> Browser:
    return phone_of(seat)


def reached(who: Any) -> tuple[Any, ...]:
    who = type(who).objects.get(pk=who.pk)
    assert isinstance(who, Reachable)
    return who.phone, who.email, bool(who.texts_agreed_at), who.email_ok, who.voicemail_ok


def rung() -> set[tuple[str, str]]:
    return {(bell.kind, bell.user.name) for bell in Bell.objects.select_related("user")}


def test_the_links_page_leads_there_quietly(browser: Browser) -> None:
    home = browser.get("/v/").content.decode()

    assert f'<a class="hs-inline" href="{PAGE}">How we reach you' in home
    assert browser.get(PAGE).status_code == 200
    assert Browser().get(PAGE).status_code == 404


def test_number_and_address_on_file_are_not_given_away(browser: Browser) -> None:
    shown = browser.get(PAGE).content.decode()

    assert "555-0118" not in shown
    assert "rosa@example.org" not in shown
    assert "ends in 18" in shown
    assert "r…@example.org" in shown


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ({"texts": ""}, (False, True, False)),
        ({"email_ok": ""}, (True, False, False)),
        ({"voicemail_ok": "on"}, (True, True, True)),
    ],
)
def test_what_is_allowed_on_file_is_kept_at_once_and_the_practice_is_told(
    browser: Browser, rosa: Client, front_desk_person: cast.Person, said: dict[str, str], becomes: tuple[bool]
) -> None:
    shown = browser.post(PAGE, {name: value for name, value in (AS_IT_IS | said).items() if value})

    assert shown["Location"] == PAGE
    assert reached(rosa) == ("+13125550118", "rosa@example.org", *becomes)
    assert rung() == {("details_changed", "Dr Ama Osei"), ("details_changed", "Bea Lind")}
    assert Entry.objects.get(what="clients.client.said_how").actor_kind == "visit"
    assert "We have been told" in browser.get(PAGE).content.decode()


def test_the_zone_is_kept_at_once(browser: Browser, rosa: Client) -> None:
    browser.post(PAGE, AS_IT_IS | {"time_zone": "America/Denver"})

    rosa.refresh_from_db()
    assert rosa.time_zone == "America/Denver"
    assert not Wish.objects.exists()


def test_nothing_new_rings_nobody(browser: Browser, front_desk_person: cast.Person) -> None:
    shown = browser.post(PAGE, AS_IT_IS, follow=True).content.decode()

    assert "Nothing was new" in shown
    assert not Bell.objects.exists()


def test_another_number_or_address_waits_and_the_page_says_so(
    browser: Browser, rosa: Client, front_desk_person: cast.Person
) -> None:
    before = reached(rosa)
    shown = browser.post(PAGE, OTHERS, follow=True).content.decode()

    assert reached(rosa) == before
    for said in ("waits until we have asked you", "ends in 77", "n…@example.org"):
        assert said in shown
    assert rung() == {("details_asked", "Dr Ama Osei"), ("details_asked", "Bea Lind")}


def test_what_was_asked_for_is_sealed_and_the_trail_has_neither(browser: Browser) -> None:
    browser.post(PAGE, OTHERS)

    entry = Entry.objects.get(what="clients.wish.asked")
    assert entry.detail["fields"] == ["email", "email_ok", "phone", "texts", "voicemail_ok"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM clients_wish")
        kept = str(cursor.fetchall())
    assert "5550177" not in kept + str(entry.detail)
    assert "new@" not in kept + str(entry.detail)


def test_a_no_beside_another_number_counts_at_once(browser: Browser, rosa: Client) -> None:
    browser.post(PAGE, {"phone": "(312) 555-0177", "time_zone": "America/Chicago"})

    assert reached(rosa) == ("+13125550118", "rosa@example.org", False, False, False)


def test_asked_again_in_the_same_visit_it_takes_the_others_place(browser: Browser) -> None:
    browser.post(PAGE, OTHERS)
    browser.post(PAGE, AS_IT_IS | {"phone": "(312) 555-0178"})

    assert [wish.said["phone"] for wish in Wish.objects.all()] == ["+13125550178"]


def test_another_visit_doesnt_read_what_was_asked_for(browser: Browser, seat: Seat) -> None:
    browser.post(PAGE, OTHERS)

    assert "ends in 77" not in phone_of(seat).get(PAGE).content.decode()


def test_a_few_wait_and_no_more(seat: Seat) -> None:
    for _ in range(5):
        phone_of(seat).post(PAGE, OTHERS)
    response = phone_of(seat).post(PAGE, OTHERS)

    assert response.status_code == 409
    assert "Call us" in response.content.decode()
    assert "(312) 555-0177" in response.content.decode()
    assert Wish.objects.count() == 5


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"phone": "12"}, 422, "isn&#x27;t a phone number"),
        ({"phone": "+18005550199"}, 409, "can&#x27;t take texts"),
        ({"email": "no"}, 422, "valid email"),
        ({"time_zone": "Mars/Olympus"}, 422, "Mars/Olympus"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(
    browser: Browser, rosa: Client, typed: dict[str, str], status: int, said: str
) -> None:
    before = reached(rosa)
    response = browser.post(PAGE, OTHERS | {"email": "kept@example.org", "voicemail_ok": "on"} | typed)

    shown = response.content.decode()
    assert response.status_code == status
    assert said in shown
    assert typed.get("email", "kept@example.org") in shown
    assert reached(rosa) == before
    assert not Wish.objects.exists()


def test_with_no_number_on_file_texts_need_one(browser: Browser, rosa: Client) -> None:
    Client.objects.filter(pk=rosa.pk).update(phone="", phone_index="", texts_agreed_at=None)

    response = browser.post(PAGE, AS_IT_IS)

    assert response.status_code == 422
    assert "Write the number that we may text" in response.content.decode()


def test_who_came_from_their_account_goes_on_there(
    mine: Browser, account: PortalAccount, rosa: Client, seat: Seat
) -> None:
    mine.post(reverse("portal:enter", args=[rosa.pk, seat.pk]))

    assert mine.get(PAGE)["Location"] == reverse("portal:details", args=[rosa.pk])


# ---- Whoever decides for a client ------------------------------------------------------------------


@pytest.fixture
def mother(rosa: Client, seat: Seat) -> Contact:
    rosa.birth_date = date(2016, 2, 29)
    rosa.save()
    return cast.contact_of(rosa, "Ana Marin", guardianship="of_minor").contact


def came_as(seat: Seat, name: str, relation: str = "mother") -> Browser:
    born = Client.objects.get(pk=seat.client_id).birth_date
    fresh = Seat.objects.select_related("practice", "appointment", "client").get(pk=seat.pk)
    browser = Browser()
    browser.cookies[COOKIE] = identify(seat=fresh, at=now(), birth_date=born, came=Came(name, relation))[1]
    return browser


@pytest.mark.parametrize("name", ["Ana Marin", "Somebody Else"])
def test_a_name_that_was_only_said_is_shown_nothing(seat: Seat, mother: Contact, name: str) -> None:
    shown = came_as(seat, name).get(PAGE).content.decode()

    assert "ends in" not in shown
    assert "checked" not in shown
    assert "…@" not in shown
    assert "Time zone of Rosa" in shown


def test_of_a_guardian_everything_waits_and_the_childs_zone_counts(
    seat: Seat, mother: Contact, rosa: Client
) -> None:
    before = reached(mother), reached(rosa)
    came_as(seat, "ana marin").post(PAGE, OTHERS | {"time_zone": "America/Denver"})

    assert (reached(mother), reached(rosa)) == before
    wish = Wish.objects.get()
    assert (wish.contact, wish.who, wish.said["phone"]) == (mother, "ana marin, mother", "+13125550177")
    rosa.refresh_from_db()
    assert rosa.time_zone == "America/Denver"


NO = {"texts": "off", "email_ok": "off", "voicemail_ok": "off", "time_zone": "America/Chicago"}


@pytest.mark.parametrize("name", ["Ana Marin", "Somebody Else"])
def test_a_guardians_no_waits_and_the_practice_is_told(
    seat: Seat, mother: Contact, rosa: Client, front_desk_person: cast.Person, name: str
) -> None:
    """A name is only said: with it nobody switches off what the mother gets."""
    before = reached(mother), reached(rosa)
    shown = came_as(seat, name).post(PAGE, NO, follow=True).content.decode()

    assert (reached(mother), reached(rosa)) == before
    assert Wish.objects.get().said == {"texts": False, "email_ok": False, "voicemail_ok": False}
    assert rung() == {("details_asked", "Dr Ama Osei"), ("details_asked", "Bea Lind")}
    assert "What you said about yourself waits until we have asked you" in shown
    assert "You may e-mail me: No" in shown


def test_a_guardian_who_says_nothing_of_themselves_asks_for_nothing(seat: Seat, mother: Contact) -> None:
    form = {"phone": "", "email": "", "texts": "", "email_ok": "", "voicemail_ok": ""}
    shown = came_as(seat, "Ana Marin").post(PAGE, form | {"time_zone": "America/Chicago"}, follow=True)

    assert "Nothing was new" in shown.content.decode()
    assert not Wish.objects.exists()
    assert not Bell.objects.exists()


def test_what_a_guardian_allows_at_a_new_number_is_what_they_said(seat: Seat, mother: Contact) -> None:
    said = {"phone": "(312) 555-0177", "texts": "", "voicemail_ok": "on", "time_zone": "America/Chicago"}
    came_as(seat, "Ana Marin").post(PAGE, said)

    asked = {"phone": "+13125550177", "texts": False, "voicemail_ok": True}
    assert Wish.objects.get().said == asked


def test_what_a_guardian_chose_is_kept_beside_what_is_wrong(seat: Seat, mother: Contact) -> None:
    response = came_as(seat, "Ana Marin").post(PAGE, NO | {"email": "no"})

    assert response.status_code == 422
    assert response.content.decode().count('<option value="off" selected>No</option>') == 3


# ---- At the desk -----------------------------------------------------------------------------------


@pytest.fixture
def desk(signed_in: Callable[[Any], Browser], front_desk_person: cast.Person) -> Browser:
    return signed_in(front_desk_person)


def decide(desk: Browser, name: str, wish: Wish) -> Any:
    return desk.post(reverse(f"desk:wish_{name}", args=[wish.client_id, wish.pk]), follow=True)


def test_the_bell_leads_to_the_chart_that_says_what_was_asked(
    browser: Browser, desk: Browser, rosa: Client
) -> None:
    browser.post(PAGE, OTHERS)

    assert "Rosa M. asked to be reached otherwise" in desk.get("/bells").content.decode()
    shown = desk.get(reverse("desk:client", args=[rosa.pk])).content.decode()
    for said in ("Rosa asks to be reached otherwise", "(312) 555-0177", "new@example.org"):
        assert said in shown


def test_taken_over_it_is_on_the_chart_and_the_wish_is_gone(
    browser: Browser, desk: Browser, rosa: Client
) -> None:
    browser.post(PAGE, OTHERS | {"voicemail_ok": "on"})

    shown = decide(desk, "take", Wish.objects.get()).content.decode()

    assert "From now on they are reached like that" in shown
    assert reached(rosa) == ("+13125550177", "new@example.org", True, True, True)
    assert not Wish.objects.exists()
    assert Entry.objects.filter(what="clients.wish.taken", actor_kind="member").count() == 1
    assert Entry.objects.filter(what="clients.client.reached_by", actor_kind="member").count() == 1


def test_what_staff_changed_meanwhile_stays(browser: Browser, desk: Browser, rosa: Client) -> None:
    browser.post(PAGE, AS_IT_IS | {"email": "new@example.org"})
    rosa.refresh_from_db()
    rosa.phone = "+13125550155"
    rosa.save()

    decide(desk, "take", Wish.objects.get())

    assert reached(rosa)[:2] == ("+13125550155", "new@example.org")


def test_left_as_it_is_nothing_of_it_is_kept(browser: Browser, desk: Browser, rosa: Client) -> None:
    before = reached(rosa)
    browser.post(PAGE, OTHERS)

    decide(desk, "drop", Wish.objects.get())

    assert reached(rosa) == before
    assert not Wish.objects.exists()
    assert Entry.objects.filter(what="clients.wish.dropped").exists()


def test_a_guardians_is_taken_over_on_their_own_record(
    seat: Seat, mother: Contact, desk: Browser, rosa: Client
) -> None:
    before = reached(rosa)
    came_as(seat, "Ana Marin").post(PAGE, OTHERS)

    decide(desk, "take", Wish.objects.get())

    assert reached(mother) == ("+13125550177", "new@example.org", True, True, False)
    assert reached(rosa) == before


def test_a_guardians_word_about_what_is_on_file_is_taken_over_and_leaves_the_rest(
    seat: Seat, mother: Contact, desk: Browser, rosa: Client
) -> None:
    mother.email, mother.email_ok = "ana@example.org", True
    mother.save()
    came_as(seat, "Ana Marin").post(PAGE, {"email_ok": "off", "time_zone": "America/Chicago"})
    shown = desk.get(reverse("desk:client", args=[rosa.pk])).content.decode()
    decide(desk, "take", Wish.objects.get())

    assert "Ana Marin, mother, asks to be reached otherwise" in shown
    assert "As on file" in shown
    assert reached(mother)[1:4] == ("ana@example.org", False, False)


def test_for_a_name_that_isnt_on_the_chart_it_is_only_put_away(
    seat: Seat, mother: Contact, desk: Browser, rosa: Client
) -> None:
    came_as(seat, "Somebody Else", "aunt").post(PAGE, OTHERS)

    shown = desk.get(reverse("desk:client", args=[rosa.pk])).content.decode()
    assert "Somebody Else, aunt, asks" in shown
    assert "Put it away" in shown
    assert "take it over" not in shown
    response = decide(desk, "take", Wish.objects.get())
    assert response.status_code == 409
    assert "Nobody of that name" in response.content.decode()


def test_somebody_elses_wish_is_not_there(browser: Browser, desk: Browser, willow: Any) -> None:
    browser.post(PAGE, OTHERS)
    theo, wish = cast.client_of(willow, "Theodor", "Kestrel"), Wish.objects.get()

    assert desk.post(reverse("desk:wish_take", args=[theo.pk, wish.pk])).status_code == 404
    decide(desk, "drop", wish)
    assert decide(desk, "take", wish).status_code == 404
