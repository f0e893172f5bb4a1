from datetime import timedelta
from typing import Any

import pytest

from holdspace.audit.models import Entry
from holdspace.consents import actions, queries, refusals
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from tests.cast import TEN, Person
from tests.consents.conftest import record


def test_what_was_said_is_written_down_whole(rosas_seat: Seat, osei: Member, form: ConsentVersion) -> None:
    consent = record(rosas_seat, osei, others_present="Her sister", state="il", version=form)

    assert consent.status == "recorded"
    assert (consent.taken_by, consent.taken_by_name, consent.license_number) == (
        osei.id,
        "Dr Ama Osei",
        "PSY-0421",
    )
    assert (consent.version, consent.client, consent.answered_at) == (form, rosas_seat.client, TEN)
    facts = Consent.objects.get(pk=consent.pk).facts
    assert facts["others_present"] == "Her sister"
    assert facts["location"] == "At home, Evanston"
    assert facts["rule"]["state"] == "IL"
    assert facts["version_digest"] == form.digest
    assert "present" in facts["ticks"]


def test_a_spoken_yes_is_good_for_its_one_session(rosas_seat: Seat, osei: Member) -> None:
    consent = record(rosas_seat, osei)

    assert consent.one_session
    assert queries.standing(rosas_seat, at=TEN) == consent
    assert queries.standing(rosas_seat.client, at=TEN) is None


def test_a_no_is_written_down_too_and_nothing_stands(rosas_seat: Seat, osei: Member) -> None:
    consent = record(rosas_seat, osei, answer="no", ticks=[], location="")

    assert consent.status == "refused"
    assert queries.standing(rosas_seat, at=TEN) is None
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "confirmed"


def test_the_place_that_was_said_is_known_for_the_appointment(rosas_seat: Seat, osei: Member) -> None:
    record(rosas_seat, osei, state="IL")

    rosas_seat.refresh_from_db()
    assert (rosas_seat.location, rosas_seat.location_state) == ("At home, Evanston", "IL")
    assert rosas_seat.location_ok_at == TEN


def test_a_second_press_is_the_first(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    again = record(rosas_seat, osei, at=TEN + timedelta(seconds=5))

    assert first == again
    assert Entry.objects.filter(what="consents.consent.recorded").count() == 1


def test_the_front_desk_cannot_record_what_it_did_not_hear(rosas_seat: Seat, front_desk: Member) -> None:
    with pytest.raises(refusals.OnlyItsClinicians):
        record(rosas_seat, front_desk)


def test_a_clinician_of_another_appointment_cannot_either(rosas_seat: Seat, colleague: Member) -> None:
    with pytest.raises(refusals.OnlyItsClinicians):
        record(rosas_seat, colleague)


def test_somebody_at_the_other_practice_cannot_either(rosas_seat: Seat, birch_person: Person) -> None:
    with pytest.raises(refusals.OnlyItsClinicians):
        record(rosas_seat, birch_person.actor)


def test_nothing_is_recorded_for_an_appointment_that_is_off(rosas_seat: Seat, osei: Member) -> None:
    rosas_seat.move_to("cancelled")

    with pytest.raises(refusals.NotOnAnymore):
        record(rosas_seat, osei)


@pytest.mark.parametrize("state", ["GA", "DC"])
def test_where_writing_is_needed_a_spoken_yes_is_refused(rosas_seat: Seat, osei: Member, state: str) -> None:
    with pytest.raises(refusals.WritingNeeded):
        record(rosas_seat, osei, state=state)

    assert not Consent.objects.exists()


def test_a_spoken_no_is_enough_everywhere(rosas_seat: Seat, osei: Member) -> None:
    assert record(rosas_seat, osei, answer="no", state="GA").status == "refused"


def test_the_text_has_to_have_been_read(rosas_seat: Seat, osei: Member) -> None:
    with pytest.raises(refusals.TickMissing) as no:
        record(rosas_seat, osei, ticks=["location"])

    assert no.value.details["ticks"] == ["identity", "present", "read"]


def test_what_a_state_asks_each_session_has_to_be_ticked(rosas_seat: Seat, osei: Member) -> None:
    with pytest.raises(refusals.TickMissing) as no:
        record(rosas_seat, osei, state="MD")

    assert no.value.details["ticks"] == ["contact"]


def test_a_yes_says_where_the_client_is(rosas_seat: Seat, osei: Member) -> None:
    with pytest.raises(refusals.PlaceMissing):
        record(rosas_seat, osei, location="  ")


def test_whoever_answers_for_a_client_says_who_they_are_and_how_they_are_related(
    rosas_seat: Seat, osei: Member
) -> None:
    with pytest.raises(refusals.RelationMissing):
        record(rosas_seat, osei, given_by="guardian")

    with pytest.raises(refusals.GiverMissing):
        record(rosas_seat, osei, given_by="guardian", relation="Mother")

    facts = record(rosas_seat, osei, given_by="guardian", giver=" Ana  Marin", relation="Mother").facts
    assert (facts["giver"], facts["relation"], facts["on_file"]) == ("Ana Marin", "Mother", "")


@pytest.mark.parametrize("field", ["location", "others_present", "giver", "relation", "interpreter"])
def test_a_megabyte_of_text_is_refused(rosas_seat: Seat, osei: Member, field: str) -> None:
    mother = {"given_by": "guardian", "giver": "Ana Marin", "relation": "mother"}
    with pytest.raises(refusals.TooLong):
        record(rosas_seat, osei, **mother | {field: "x" * 1_000_000})


def test_a_text_that_changed_while_it_was_open_has_to_be_read_again(
    rosas_seat: Seat, osei: Member, form: ConsentVersion, owner: Member
) -> None:
    words: dict[str, Any] = {"text": "New.", "script": "New?", "disclosure": "New!"}
    actions.publish_version(form=form.form, actor=owner, at=TEN, **words)

    with pytest.raises(refusals.TextChanged):
        record(rosas_seat, osei, version=form)
