"""How to reach a client: numbers as people write them, texts only where they can arrive."""

from datetime import date

import pytest

from holdspace.audit.models import Entry
from holdspace.clients import actions, phones, queries, refusals
from holdspace.clients.models import Client
from tests import cast


@pytest.mark.parametrize(
    "raw", ["(312) 555-0119", "312-555-0119", "312.555.0119", "1 312 555 0119", "+13125550119"]
)
def test_a_number_is_kept_the_same_however_it_is_written(rosa, osei, ten, raw):
    actions.add_phone(client=rosa, raw=raw, agreed_by="client", actor=osei, at=ten)

    assert Client.objects.get().phone == "+13125550119"


@pytest.mark.parametrize("area", ["212", "312", "415", "503"])
@pytest.mark.parametrize("last", ["0100", "0150", "0199"])
def test_numbers_set_aside_for_stories_are_numbers_and_take_texts(area, last):
    number = phones.normal(f"({area}) 555-{last}")

    assert phones.can_take_texts(number)


@pytest.mark.parametrize("raw", ["", "abc", "911", "555-0118", "1234567890", "312-555-01", "3" * 1000])
def test_what_is_no_number_is_refused(rosa, osei, ten, raw):
    with pytest.raises(refusals.NotAPhoneNumber):
        actions.add_phone(client=rosa, raw=raw, agreed_by="", actor=osei, at=ten)


@pytest.mark.parametrize("raw", ["800 555 0100", "+1 888 234 5678", "+44 20 7946 0018", "212-736-5000 x12"])
def test_a_number_that_cannot_take_texts_may_be_kept_for_calls_only(rosa, osei, ten, raw):
    with pytest.raises(refusals.CannotTakeTexts):
        actions.add_phone(client=rosa, raw=raw, agreed_by="client", actor=osei, at=ten)

    actions.add_phone(client=rosa, raw=raw, agreed_by="", actor=osei, at=ten)
    assert not Client.objects.get().may_text


def test_agreeing_keeps_when_and_on_whose_word(rosa, osei, ten):
    actions.add_phone(client=rosa, raw="312-555-0119", agreed_by="Dr Ama Osei", actor=osei, at=ten)

    kept = Client.objects.get()
    assert (kept.texts_agreed_at, kept.texts_agreed_by) == (ten, "Dr Ama Osei")


def test_an_agreement_was_to_the_old_number(rosa, osei, ten):
    actions.add_phone(client=rosa, raw="312-555-0119", agreed_by="", actor=osei, at=ten)

    assert not Client.objects.get().may_text


def test_nobody_here_takes_back_a_stop_for_the_client(rosa, osei, ten):
    rosa.texts_stopped_at = ten
    rosa.save()

    actions.add_phone(client=rosa, raw=rosa.phone, agreed_by="Dr Ama Osei", actor=osei, at=ten)

    assert not Client.objects.get().may_text


def test_the_trail_says_that_a_number_was_added_and_never_which(rosa, osei, ten):
    actions.add_phone(client=rosa, raw="312-555-0119", agreed_by="client", actor=osei, at=ten)
    actions.add_email(client=rosa, raw=" rosa@example.org ", actor=osei, at=ten)

    entries = Entry.objects.filter(what="clients.client.reached_by")
    assert [entry.detail["fields"] for entry in entries.order_by("pk")] == [["phone"], ["email"]]
    assert "5550119" not in str([entry.detail for entry in entries])
    assert Client.objects.get().email == "rosa@example.org"


@pytest.mark.parametrize(
    "raw", ["", "rosa", "rosa@", "rosa@nowhere", "a b@example.org", "x" * 400 + "@example.org"]
)
def test_what_is_no_address_is_refused(rosa, osei, ten, raw):
    with pytest.raises(refusals.NotAnAddress):
        actions.add_email(client=rosa, raw=raw, actor=osei, at=ten)


def test_a_client_is_added_with_what_is_known(willow, front_desk, ten):
    theo = actions.add(
        practice=willow,
        first_name=" Theo ",
        last_name="King",
        birth_date=date(1990, 2, 1),
        phone="312 555 0119",
        actor=front_desk,
        at=ten,
    )

    assert (theo.full_name, theo.phone) == ("Theo King", "+13125550119")
    entry = Entry.objects.get(what="clients.client.added")
    assert set(entry.detail["fields"]) >= {"first_name", "birth_date", "phone"}
    assert "King" not in str(entry.detail)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"first_name": ""}, refusals.NameMissing),
        ({"last_name": "  "}, refusals.NameMissing),
        ({"first_name": "T" * 1_000_000}, refusals.TextTooLong),
        ({"birth_date": date(2027, 1, 1)}, refusals.BornInTheFuture),
    ],
)
def test_a_client_who_cannot_be_is_refused(willow, front_desk, ten, facts, refusal):
    said = {"first_name": "Theo", "last_name": "King"} | facts

    with pytest.raises(refusal):
        actions.add(practice=willow, actor=front_desk, at=ten, **said)

    assert not Client.objects.exists()


def test_a_change_keeps_old_and_new_and_no_change_leaves_no_trace(rosa, osei, ten):
    actions.change(client=rosa, actor=osei, at=ten, first_name="Rosalía", state="IL")
    actions.change(client=rosa, actor=osei, at=ten, first_name="Rosalía")

    entry = Entry.objects.get(what="clients.client.changed")
    assert entry.detail == {"changes": {"first_name": ["Rosa", "Rosalía"]}}


def test_another_practice_finds_nobody(rosa, birch_person):
    assert queries.search(birch_person.actor, "rosa") == []
    assert (
        queries.alike(
            birch_person.actor, first_name="Rosa", last_name="Marin", birth_date=None, phone=rosa.phone
        )
        == []
    )


def test_numbers_are_shown_as_they_are_read_out():
    assert phones.shown("+13125550118") == "(312) 555-0118"
    assert phones.shown("+442079460018") == "+44 20 7946 0018"
    assert phones.shown("") == ""


@pytest.mark.parametrize(
    "said", ["0118", "555-0118", "555 0118", "5550118", "(312) 555-0118", "312-555-0118"]
)
def test_somebody_is_found_by_as_much_of_their_number_as_was_said(rosa, osei, said):
    assert queries.search(osei, said) == [rosa]


@pytest.mark.parametrize("said", ["554-0118", "555-0119", "01", "0118 rosa"])
def test_another_number_finds_nobody(rosa, osei, said):
    assert queries.search(osei, said) == []


def test_whose_name_begins_so_comes_first(willow, rosa, osei):
    cast.client_of(willow, "Imani", "Adler")

    assert [client.first_name for client in queries.search(osei, "ma")] == ["Rosa", "Imani"]


def test_of_many_who_begin_with_a_letter_the_first_by_name_are_found_and_nobody_else(willow, rosa, osei):
    for last in "ABCDEFGHI":
        cast.client_of(willow, "Maya", f"{last}son")
    cast.client_of(willow, "Imani", "Aamann")  # an *m* in the middle

    found = queries.search(osei, "m")

    assert [client.last_name[0] for client in found] == list("ABCDEFGH")
    assert {client.first_name for client in found} == {"Maya"}
