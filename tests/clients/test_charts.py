"""What stands on a chart: places, people to reach and what each allows, who decides for whom and when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from holdspace.audit.models import Entry
from holdspace.clients import actions, charts, refusals
from holdspace.clients.actions import Person, Role
from holdspace.clients.models import Address, Client, Contact, Tie
from holdspace.kit.actor import Visit
from tests import cast

HOME: dict[str, Any] = {
    "label": "Home",
    "lines": " 12 Example Street \n\n Chicago 60601",
    "state": "IL",
    "usual": False,
}
NADIA = Person("Nadia  Marin", phone="(312) 555-0161", email="nadia@example.org", voicemail_ok=True)
MOTHER = Role("mother", emergency=True, guardianship="of_minor", basis="Birth certificate seen")


def on(day: date, hour: int = 18) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def visit_of(client: Client) -> Visit:
    return Visit(client.pk, client.pk, client.pk, client.practice_id)


def test_the_first_address_is_the_usual_one_until_another_is(rosa, osei, ten):
    home = actions.add_address(client=rosa, actor=osei, at=ten, **HOME)
    work = actions.add_address(client=rosa, actor=osei, at=ten, **HOME | {"label": "Work", "usual": True})

    kept = charts.addresses_of(osei, rosa)
    assert [(one.label, one.usual) for one in kept] == [("Work", True), ("Home", False)]
    assert kept[1].lines == "12 Example Street\nChicago 60601"

    actions.remove_address(address=work, actor=osei, at=ten)
    home.refresh_from_db()
    assert home.usual


def test_the_usual_address_stays_so_until_another_takes_its_place(rosa, osei, ten):
    home = actions.add_address(client=rosa, actor=osei, at=ten, **HOME)

    actions.change_address(address=home, actor=osei, at=ten, **HOME)

    assert Address.objects.get().usual
    assert not Entry.objects.filter(what="clients.address.changed").exists()


def test_the_trail_says_which_address_changed_and_never_where_it_is(rosa, osei, ten):
    home = actions.add_address(client=rosa, actor=osei, at=ten, **HOME)
    moved = HOME | {"lines": "99 Sample Avenue\nChicago 60602", "state": "NY"}

    actions.change_address(address=home, actor=osei, at=ten, **moved)

    entry = Entry.objects.get(what="clients.address.changed")
    assert entry.detail == {"address": str(home.pk), "changes": {"state": ["IL", "NY"]}, "fields": ["lines"]}
    assert "Example" not in str([one.detail for one in Entry.objects.all()])


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"lines": " \n "}, refusals.AddressMissing),
        ({"label": " "}, refusals.AddressMissing),
        ({"lines": "x" * 301}, refusals.TextTooLong),
        ({"label": "x" * 41}, refusals.TextTooLong),
    ],
)
def test_what_is_no_address_of_a_place_is_refused(rosa, osei, ten, facts, refusal):
    with pytest.raises(refusal):
        actions.add_address(client=rosa, actor=osei, at=ten, **HOME | facts)

    assert not Address.objects.exists()


def test_a_chart_keeps_twenty_addresses_and_no_more(rosa, osei, ten):
    for _ in range(20):
        actions.add_address(client=rosa, actor=osei, at=ten, **HOME)

    with pytest.raises(refusals.TooMany):
        actions.add_address(client=rosa, actor=osei, at=ten, **HOME)


def test_somebody_to_reach_is_kept_with_what_they_allow(rosa, osei, ten):
    person = Person("Nadia Marin", phone="312 555 0161", texts_agreed_by="Dr Ama Osei", email_ok=False)

    actions.add_contact(client=rosa, person=person, role=MOTHER, actor=osei, at=ten)

    (tie,) = charts.emergency_contacts(osei, rosa, at=ten)
    kept = tie.contact
    assert (kept.phone, kept.may_text, kept.may_email, kept.may_leave_message) == (
        "+13125550161", True, False, False
    )  # fmt: skip
    assert (kept.texts_agreed_at, kept.texts_agreed_by) == (ten, "Dr Ama Osei")


def test_the_trail_keeps_no_number_and_no_legal_basis(rosa, osei, ten):
    tie = actions.add_contact(client=rosa, person=NADIA, role=MOTHER, actor=osei, at=ten)
    moved = Person("Nadia Marin", phone="(312) 555-0162", email="nadia@example.org", voicemail_ok=True)

    role = Role("stepmother", True, "of_minor", "Order 17")
    actions.change_contact(tie=tie, person=moved, role=role, actor=osei, at=ten)

    entry = Entry.objects.get(what="clients.contact.changed")
    assert entry.detail["changes"] == {"relation": ["mother", "stepmother"]}
    assert entry.detail["fields"] == ["phone", "basis"]
    said = str([one.detail for one in Entry.objects.all()])
    assert not any(word in said for word in ("555", "nadia@", "Birth", "Order"))


def test_what_is_already_so_of_a_contact_leaves_no_entry(rosa, osei, ten):
    tie = actions.add_contact(client=rosa, person=NADIA, role=MOTHER, actor=osei, at=ten)

    actions.change_contact(tie=tie, person=NADIA, role=MOTHER, actor=osei, at=ten)

    assert not Entry.objects.filter(what="clients.contact.changed").exists()


def test_an_agreement_that_stands_keeps_its_date_and_ends_with_the_number(rosa, osei, ten):
    agreed = Person("Nadia Marin", phone="312 555 0161", texts_agreed_by="Bea Lind")
    tie = actions.add_contact(client=rosa, person=agreed, role=MOTHER, actor=osei, at=ten)
    later = ten + timedelta(days=3)

    actions.change_contact(tie=tie, person=agreed, role=MOTHER, actor=osei, at=later)
    assert Contact.objects.get().texts_agreed_at == ten

    other = Person("Nadia Marin", phone="312 555 0162")
    actions.change_contact(tie=tie, person=other, role=MOTHER, actor=osei, at=later)
    assert not Contact.objects.get().may_text


@pytest.mark.parametrize(
    ("person", "role", "refusal"),
    [
        (Person(" "), MOTHER, refusals.ContactNameMissing),
        (Person("N" * 121), MOTHER, refusals.TextTooLong),
        (Person("Nadia", phone="555"), MOTHER, refusals.NotAPhoneNumber),
        (Person("Nadia", email="nadia"), MOTHER, refusals.NotAnAddress),
        (Person("Nadia", phone="800 555 0100", texts_agreed_by="x"), MOTHER, refusals.CannotTakeTexts),
        (Person("Nadia", birth_date=date(2030, 1, 1)), MOTHER, refusals.BornInTheFuture),
        (Person("Nadia", language="xx"), MOTHER, refusals.NotALanguage),
        (NADIA, Role(" "), refusals.RelationMissing),
        (NADIA, Role("m" * 61), refusals.TextTooLong),
        (
            NADIA,
            Role("mother", False, "by_order", "", date(2026, 2, 2), date(2026, 2, 2)),
            refusals.EndsBeforeItBegins,
        ),
    ],
)
def test_a_contact_who_cannot_be_is_refused(rosa, osei, ten, person, role, refusal):
    with pytest.raises(refusal):
        actions.add_contact(client=rosa, person=person, role=role, actor=osei, at=ten)

    assert not Contact.objects.exists()


def test_one_mother_of_two_clients_is_one_person(willow, rosa, osei, ten):
    rosa.birth_date = date(2012, 5, 1)
    rosa.save()
    theo = cast.client_of(willow, "Theo", "Marin", birth_date=date(2014, 5, 1))
    tie = actions.add_contact(client=rosa, person=NADIA, role=MOTHER, actor=osei, at=ten)

    (known,) = charts.contacts_alike(osei, phone="+13125550161", email="")
    actions.tie_contact(client=theo, contact=known, role=MOTHER, actor=osei, at=ten)

    assert charts.wards(tie.contact, at=ten) == [rosa, theo]
    with pytest.raises(refusals.AlreadyOnTheChart):
        actions.tie_contact(client=theo, contact=known, role=MOTHER, actor=osei, at=ten)

    actions.remove_contact(tie=tie, actor=osei, at=ten)
    assert charts.wards(tie.contact, at=ten) == [theo]
    actions.remove_contact(tie=Tie.objects.get(), actor=osei, at=ten)
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("born", "last_day", "of_age"),
    [
        (date(2008, 6, 15), date(2026, 6, 14), date(2026, 6, 15)),
        (date(2008, 2, 29), date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_a_client_comes_of_age_on_the_birthday_and_a_leap_days_child_in_march(rosa, born, last_day, of_age):
    rosa.birth_date = born

    assert rosa.is_minor(on(last_day))
    assert not rosa.is_minor(on(of_age))
    assert rosa.comes_of_age_on == of_age


def test_the_day_is_the_one_where_the_client_lives(rosa):
    rosa.birth_date, rosa.time_zone = date(2008, 6, 15), "Pacific/Honolulu"

    # The 15th in London, the 14th in Honolulu still.
    assert rosa.is_minor(on(date(2026, 6, 15), hour=9))


def test_nobody_is_a_minor_whose_birth_date_is_not_on_file(rosa, ten):
    rosa.birth_date = None

    assert not rosa.is_minor(ten)


@pytest.mark.parametrize(
    ("born", "role", "acts"),
    [
        (date(2012, 5, 1), Role("mother", guardianship="of_minor"), True),
        (date(1984, 5, 1), Role("mother", guardianship="of_minor"), False),
        (None, Role("mother", guardianship="of_minor"), True),
        (date(1984, 5, 1), Role("brother", guardianship="by_order"), True),
        (date(2012, 5, 1), Role("aunt", emergency=True), False),
        (date(2012, 5, 1), Role("aunt", False, "by_order", "", date(2026, 11, 18)), True),
        (date(2012, 5, 1), Role("aunt", False, "by_order", "", date(2026, 11, 19)), False),
        (date(2012, 5, 1), Role("aunt", False, "by_order", "", None, date(2026, 11, 18)), False),
        (date(2012, 5, 1), Role("aunt", False, "by_order", "", None, date(2026, 11, 19)), True),
    ],
)
def test_who_decides_for_a_client_on_a_day(rosa, osei, ten, born, role, acts):
    rosa.birth_date = born
    rosa.save()
    tie = actions.add_contact(client=rosa, person=NADIA, role=role, actor=osei, at=ten)

    assert charts.guardians(osei, rosa, at=ten) == ([tie] if acts else [])


def test_a_chart_is_read_with_one_question_however_many_people_are_on_it(
    rosa, osei, ten, django_assert_num_queries
):
    for number in range(6):
        person = Person(f"Nadia {number}")
        actions.add_contact(client=rosa, person=person, role=MOTHER, actor=osei, at=ten)

    with django_assert_num_queries(1):
        charts.guardians(osei, rosa, at=ten)


def test_what_a_client_allows_is_written_down_with_old_and_new(rosa, front_desk, ten):
    said = {"client": rosa, "actor": front_desk, "at": ten, "agreed_by": "Bea Lind"}

    actions.allow(texts=False, email_ok=False, voicemail_ok=True, **said)
    actions.allow(texts=False, email_ok=False, voicemail_ok=True, **said)

    entry = Entry.objects.get(what="clients.client.allowed")
    assert entry.detail["changes"] == {
        "texts": [True, False], "email_ok": [True, False], "voicemail_ok": [False, True]
    }  # fmt: skip
    kept = Client.objects.get()
    assert (kept.may_text, kept.may_email, kept.may_leave_message) == (False, False, True)

    actions.allow(texts=True, email_ok=True, voicemail_ok=True, **said)
    assert Client.objects.get().texts_agreed_by == "Bea Lind"


def test_a_new_address_may_be_written_to_whatever_was_said_of_the_old_one(rosa, osei, ten):
    said = {"client": rosa, "actor": osei, "at": ten, "agreed_by": "", "texts": True}
    actions.allow(email_ok=False, voicemail_ok=False, **said)

    actions.add_email(client=rosa, raw=rosa.email, actor=osei, at=ten)
    assert not Client.objects.get().may_email
    actions.add_email(client=rosa, raw="other@example.org", actor=osei, at=ten)
    assert Client.objects.get().may_email


def test_nobody_else_learns_what_stands_on_a_chart(willow, rosa, osei, birch_person, auditor_person, ten):
    actions.add_address(client=rosa, actor=osei, at=ten, **HOME)
    actions.add_contact(client=rosa, person=NADIA, role=MOTHER, actor=osei, at=ten)
    theo = cast.client_of(willow, "Theo", "Marin")

    for actor in (birch_person.actor, auditor_person.actor, visit_of(theo), cast.system(willow)):
        for model in (Address, Contact, Tie):
            assert not model.objects.visible_to(actor).exists()
    for actor in (osei, visit_of(rosa)):
        for model in (Address, Contact, Tie):
            assert model.objects.visible_to(actor).count() == 1
