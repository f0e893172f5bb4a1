"""Who answers for a client: a parent or guardian for a minor, and by a court's order at any age."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdspace.clients.models import Tie
from holdspace.consents import actions, deciding, queries, refusals
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from tests.cast import TEN, contact_of
from tests.consents.conftest import ROSA, record
from tests.consents.test_papers import file_of, words_in

BY_ANA: dict[str, Any] = {"given_by": "guardian", "giver": "Ana Marin", "relation": "mother"}


@pytest.fixture
def minor(rosas_seat: Seat, form: ConsentVersion) -> Seat:
    """Rosa's seat, if Rosa were twelve."""
    rosas_seat.client.birth_date = date(2014, 2, 28)
    rosas_seat.client.save()
    return rosas_seat


@pytest.fixture
def ana(minor: Seat) -> Tie:
    return contact_of(minor.client, "Ana Marín", guardianship="of_minor")


def accepted_by(seat: Seat, visit: Visit, front_desk: Member, **how: Any) -> Consent:
    asked = actions.request(seat=seat, channel="portal", actor=front_desk, at=TEN, **how)
    return actions.accept(consent=asked, actor=visit, at=TEN)


def test_a_minors_own_yes_is_not_enough(minor: Seat, osei: Member) -> None:
    with pytest.raises(refusals.GuardianNeeded):
        record(minor, osei)

    assert not Consent.objects.exists()


def test_a_minors_own_no_is_written_down(minor: Seat, osei: Member) -> None:
    assert record(minor, osei, answer="no").status == "refused"


def test_a_guardian_on_file_answers_for_a_minor(minor: Seat, ana: Tie, osei: Member) -> None:
    consent = record(minor, osei, **BY_ANA | {"giver": "ANA  marín"})

    facts = Consent.objects.get(pk=consent.pk).facts
    assert (facts["given_by"], facts["relation"]) == ("guardian", "mother")
    assert facts["on_file"] == str(ana.contact_id)
    assert queries.standing(minor, at=TEN) == consent


def test_a_name_is_the_same_however_it_is_composed(minor: Seat, ana: Tie) -> None:
    assert deciding.on_file("Ana Mari\u0301n", [ana]) == ana
    assert deciding.on_file("Ana Marina", [ana]) is None


def test_somebody_not_on_file_may_answer_and_is_kept_on_the_chart_if_wished(
    minor: Seat, osei: Member
) -> None:
    kept = record(minor, osei, keep_giver=True, **BY_ANA)

    tie = Tie.objects.get(client=minor.client)
    assert (tie.contact.name, tie.relation, tie.guardianship) == ("Ana Marin", "mother", "of_minor")
    assert kept.facts["on_file"] == str(tie.contact_id)


def test_nobody_is_kept_twice(minor: Seat, ana: Tie, osei: Member) -> None:
    record(minor, osei, keep_giver=True, **BY_ANA | {"giver": "Ana Marín"})

    assert Tie.objects.get() == ana


def test_a_second_press_keeps_nobody_twice(minor: Seat, osei: Member) -> None:
    first = record(minor, osei, keep_giver=True, **BY_ANA)
    again = record(minor, osei, keep_giver=True, at=TEN + timedelta(seconds=2), **BY_ANA)

    assert first == again
    assert Tie.objects.count() == 1


def test_where_the_law_lets_them_a_minor_decides_alone_and_it_is_on_the_record(
    minor: Seat, ana: Tie, osei: Member
) -> None:
    consent = record(minor, osei, alone=True)

    assert consent.facts["alone"] is True
    assert queries.standing(minor, at=TEN) == consent


def test_an_adult_answers_for_themselves(rosas_seat: Seat, osei: Member) -> None:
    contact_of(rosas_seat.client, "Ana Marin", guardianship="of_minor")

    assert record(rosas_seat, osei, alone=True).facts["alone"] is False


def test_a_guardian_by_a_courts_order_answers_for_an_adult(rosas_seat: Seat, osei: Member) -> None:
    contact_of(rosas_seat.client, "Ana Marin", guardianship="by_order")

    with pytest.raises(refusals.GuardianNeeded):
        record(rosas_seat, osei)
    assert record(rosas_seat, osei, **BY_ANA).facts["on_file"]


def test_an_order_that_is_over_asks_nobody(rosas_seat: Seat, osei: Member) -> None:
    over: dict[str, Any] = {"guardianship": "by_order", "guardian_until": TEN.date()}
    contact_of(rosas_seat.client, "Ana Marin", **over)

    assert record(rosas_seat, osei).facts["given_by"] == "client"


@pytest.mark.parametrize(
    ("born", "needed"), [(date(2008, 2, 29), True), (date(2008, 11, 18), False), (date(2008, 11, 19), True)]
)
def test_they_come_of_age_on_their_birthday(rosas_seat: Seat, born: date, needed: bool) -> None:
    rosas_seat.client.birth_date = born
    begins = rosas_seat.appointment
    begins.starts_at = begins.starts_at.replace(month=2, day=28) if born.day == 29 else begins.starts_at

    assert deciding.is_asked_for(rosas_seat, []) is needed


def test_a_minors_own_signature_is_not_enough(minor: Seat, rosas_visit: Visit, front_desk: Member) -> None:
    accepted = accepted_by(minor, rosas_visit, front_desk)

    with pytest.raises(refusals.GuardianNeeded):
        actions.sign(consent=accepted, mark=ROSA, intent=True, actor=rosas_visit, at=TEN)


def test_somebody_else_signs_for_no_adult(accepted: Consent, rosas_visit: Visit) -> None:
    contact_of(accepted.client, "Ana Marin", guardianship="of_minor")

    with pytest.raises(refusals.NobodyDecidesForThem):
        sign_as(accepted, rosas_visit, "Ana Marin")

    assert Consent.objects.get(pk=accepted.pk).status == "accepted"


def test_an_order_signs_until_it_is_over(accepted: Consent, rosas_visit: Visit) -> None:
    tie = contact_of(accepted.client, "Ana Marin", guardianship="by_order", guardian_until=TEN.date())
    with pytest.raises(refusals.NobodyDecidesForThem):
        sign_as(accepted, rosas_visit, "Ana Marin")

    tie.guardian_until = None
    tie.save()
    assert sign_as(accepted, rosas_visit, "Ana Marin").facts["on_file"] == str(tie.contact_id)


def test_anybodys_no_is_taken_for_an_adult(accepted: Consent, rosas_visit: Visit) -> None:
    actions.decline(consent=accepted, actor=rosas_visit, at=TEN, **BY_ANA)

    assert Consent.objects.get(pk=accepted.pk).facts["giver"] == "Ana Marin"


def test_a_clinician_writes_down_who_answered_for_an_adult(rosas_seat: Seat, osei: Member) -> None:
    facts = record(rosas_seat, osei, **BY_ANA).facts

    assert (facts["giver"], facts["on_file"]) == ("Ana Marin", "")


def sign_as(consent: Consent, visit: Visit, name: str) -> Consent:
    who = {"given_by": "guardian", "relation": "mother", "identity": "birth_date"}
    return actions.sign(consent=consent, mark=Mark(name), intent=True, actor=visit, at=TEN, **who)


@pytest.mark.parametrize(("name", "known"), [("ana marín", True), ("Ana Keller", False)])
def test_a_guardian_signs_and_the_paper_says_whether_the_chart_has_their_name(
    minor: Seat,
    ana: Tie,
    rosas_visit: Visit,
    front_desk: Member,
    seal,
    tmp_path: Path,
    name: str,
    known: bool,
) -> None:
    signed = sign_as(accepted_by(minor, rosas_visit, front_desk, guardian=ana), rosas_visit, name)

    facts = signed.facts
    assert (facts["giver"], bool(facts["on_file"])) == (name, known)
    assert ("is not on file" in facts["identity_words"]) is not known
    assert queries.standing(minor, at=TEN) == signed
    assert f"{name}, for the client" in words_in(file_of(signed, front_desk, tmp_path))


def test_where_the_law_lets_them_the_form_may_be_sent_to_the_minor_to_sign_alone(
    minor: Seat, ana: Tie, rosas_visit: Visit, front_desk: Member
) -> None:
    accepted = accepted_by(minor, rosas_visit, front_desk, alone=True)
    signed = actions.sign(consent=accepted, mark=ROSA, intent=True, actor=rosas_visit, at=TEN)

    assert signed.facts["alone"] is True


def test_the_form_goes_to_the_guardian(minor: Seat, ana: Tie, front_desk: Member) -> None:
    asked = actions.request(
        seat=minor,
        channel="email",
        new_address="ana@example.org",
        guardian=ana,
        actor=front_desk,
        at=TEN,
    )

    sent = Message.objects.get()
    assert sent.to == "ana@example.org"
    assert "Hi Ana Marín" in sent.body
    assert asked.facts["asked_of"]["name"] == "Ana Marín"
    ana.contact.refresh_from_db()
    assert ana.contact.email == "ana@example.org"


def test_a_text_goes_to_a_guardian_only_if_they_agreed(minor: Seat, ana: Tie, front_desk: Member) -> None:
    ask: dict[str, Any] = {"seat": minor, "channel": "sms", "guardian": ana, "actor": front_desk, "at": TEN}
    with pytest.raises(refusals.TextsNotAllowed):
        actions.request(**ask)

    actions.request(**ask, texts_agreed=True)
    assert Message.objects.get().to == ana.contact.phone


def test_a_text_that_was_replaced_is_still_asked_of_the_same_person(
    willow: Practice, minor: Seat, ana: Tie, owner: Member, front_desk: Member, form: ConsentVersion
) -> None:
    actions.request(seat=minor, channel="portal", guardian=ana, actor=front_desk, at=TEN)
    words: dict[str, Any] = {"text": "New.", "script": "New?", "disclosure": "New!"}
    actions.publish_version(form=form.form, actor=owner, at=TEN, **words)

    waits = queries.live_request(minor)
    assert waits
    assert waits.facts.get("asked_of", {}).get("name") == "Ana Marín"
