"""Which forms a seat's client is asked, and when a session may be held."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdspace.clients.models import Client
from holdspace.consents import actions, queries, refusals
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, ConsentForm, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.messaging.models import Bell
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from holdspace.telehealth.queries import check_agreed
from holdspace.telehealth.refusals import ConsentMissing
from tests import cast
from tests.cast import TEN, Person
from tests.consents.conftest import ROSA, record

DAY = timedelta(days=1)
SPANISH: dict[str, Any] = {"text": "Hola", "script": "¿Sí?", "disclosure": "Firma"}


@pytest.fixture
def forms(willow: Practice) -> dict[str, ConsentForm]:
    actions.ensure_forms(willow, TEN - 90 * DAY)
    return {form.purpose: form for form in ConsentForm.objects.filter(practice=willow)}


@pytest.fixture
def group(rosas_seat: Seat) -> Seat:
    """Rosa's appointment, as one of a group."""
    kind = rosas_seat.appointment.type
    kind.is_group, kind.places = True, 8
    kind.save()
    return rosas_seat


def born(client: Client, day: date) -> None:
    client.birth_date = day
    client.save()


def titles(seat: Seat) -> list[str]:
    return [need.title for need in queries.needs(seat, at=TEN)]


def rule(form: ConsentForm, seat: Seat, need: str, owner: Member) -> None:
    kind = seat.appointment.type_id
    actions.set_rules(practice=form.practice, rules={(form.pk, kind): need}, actor=owner, at=TEN)


def test_an_adult_is_asked_the_telehealth_form_alone(rosas_seat: Seat, forms) -> None:
    assert titles(rosas_seat) == ["Telehealth consent"]


def test_whoever_is_under_18_at_the_appointment_is_asked_the_minors_form(rosas_seat: Seat, forms) -> None:
    born(rosas_seat.client, date(2008, 11, 19))
    assert titles(rosas_seat) == ["Telehealth consent for a minor"]

    born(rosas_seat.client, date(2008, 11, 18))
    assert titles(rosas_seat) == ["Telehealth consent"]


def test_who_comes_of_age_before_the_appointment_is_asked_as_an_adult_already(
    osei_person: Person, rosas_seat: Seat, forms
) -> None:
    born(rosas_seat.client, date(2008, 11, 19))
    assert osei_person.clinician
    later = cast.appointment(osei_person.clinician, rosas_seat.client, starts_at=TEN + DAY)

    assert titles(later) == ["Telehealth consent"]


def test_what_was_signed_for_a_minor_does_not_stand_for_the_adult(
    asked: Consent, rosas_visit: Visit, rosas_seat: Seat, osei_person: Person, forms, front_desk: Member
) -> None:
    born(rosas_seat.client, date(2008, 11, 19))
    asked = actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)
    assert asked.version.form == forms["minor"]
    mother: dict[str, Any] = {"mark": Mark("Ana Marin"), "given_by": "guardian", "relation": "Mother"}
    accepted = actions.accept(consent=asked, actor=rosas_visit, at=TEN)
    actions.sign(consent=accepted, intent=True, actor=rosas_visit, at=TEN, **mother)
    assert queries.standing(rosas_seat, at=TEN) == asked

    assert osei_person.clinician
    later = cast.appointment(osei_person.clinician, rosas_seat.client, starts_at=TEN + DAY)
    assert queries.standing(later, at=TEN + DAY) is None


def test_a_practice_without_the_minors_form_asks_everybody_the_same(rosas_seat: Seat, form) -> None:
    born(rosas_seat.client, date(2015, 1, 1))

    assert titles(rosas_seat) == ["Telehealth consent"]


def test_a_group_is_asked_its_own_form_besides(group: Seat, forms) -> None:
    assert titles(group) == ["Telehealth consent", "Group telehealth consent"]


def test_no_session_without_both_of_a_groups_forms(group: Seat, forms, osei: Member) -> None:
    record(group, osei)
    with pytest.raises(ConsentMissing):
        check_agreed(group, TEN)

    second = record(group, osei, at=TEN + timedelta(minutes=2))
    assert second.version.form == forms["group"]
    check_agreed(group, TEN + timedelta(minutes=3))
    assert queries.standing(group, at=TEN + timedelta(minutes=3))


def test_a_second_press_is_the_first_though_another_form_is_next(group: Seat, forms, osei: Member) -> None:
    version = queries.text_to_ask(group, at=TEN)
    first = record(group, osei, version=version)

    assert record(group, osei, version=version) == first


def test_signing_one_form_brings_the_next_without_another_message(
    group: Seat, forms, rosas_visit: Visit, front_desk: Member
) -> None:
    first = actions.request(seat=group, channel="portal", actor=front_desk, at=TEN)
    signed(first, rosas_visit)

    waits = queries.live_request(group)
    assert waits
    assert (waits.version.form, waits.taken_by) == (forms["group"], first.taken_by)
    assert not Bell.objects.exists()
    signed(waits, rosas_visit)
    assert Bell.objects.get().kind == "consent_signed"
    assert queries.live_request(group) is None
    check_agreed(group, TEN)


def test_after_a_no_to_what_must_be_accepted_nothing_else_is_asked(
    group: Seat, forms, rosas_visit: Visit, front_desk: Member
) -> None:
    first = actions.request(seat=group, channel="portal", actor=front_desk, at=TEN)
    actions.decline(consent=first, actor=rosas_visit, at=TEN)

    assert queries.live_request(group) is None


def test_declining_what_may_be_declined_does_not_stop(
    group: Seat, forms, rosas_visit: Visit, front_desk: Member, owner: Member
) -> None:
    rule(forms["group"], group, "may", owner)
    first = actions.request(seat=group, channel="portal", actor=front_desk, at=TEN)
    signed(first, rosas_visit)
    check_agreed(group, TEN)
    waits = queries.live_request(group)
    assert waits
    actions.decline(consent=waits, actor=rosas_visit, at=TEN)

    check_agreed(group, TEN)
    assert queries.standing(group, at=TEN) == first
    assert not queries.unanswered(queries.needs(group, at=TEN))


def test_what_may_be_declined_is_asked_after_what_must_be_accepted(
    group: Seat, forms, front_desk: Member, owner: Member
) -> None:
    rule(forms["telehealth"], group, "may", owner)
    asked = actions.request(seat=group, channel="portal", actor=front_desk, at=TEN)

    assert asked.version.form == forms["group"]


def test_where_the_one_form_may_be_declined_nothing_stops(
    rosas_seat: Seat, forms, osei: Member, owner: Member
) -> None:
    rule(forms["telehealth"], rosas_seat, "may", owner)
    record(rosas_seat, osei, answer="no")

    check_agreed(rosas_seat, TEN)
    assert queries.standing(rosas_seat, at=TEN) is None


def test_a_form_that_isnt_asked_for_a_type_is_left_out(group: Seat, forms, owner: Member) -> None:
    rule(forms["group"], group, "not_asked", owner)

    assert titles(group) == ["Telehealth consent"]


def test_only_whoever_may_change_forms_sets_the_rules(rosas_seat: Seat, forms, front_desk: Member) -> None:
    with pytest.raises(refusals.NotAllowedToPublish):
        rule(forms["telehealth"], rosas_seat, "may", front_desk)


@pytest.mark.parametrize(
    ("speaks", "reads"), [("es", "es"), ("es-MX", "es"), ("en", "en"), ("vi", "en"), ("", "en")]
)
def test_a_form_is_asked_in_the_clients_language_or_in_english(
    rosas_seat: Seat, form: ConsentVersion, owner: Member, speaks: str, reads: str
) -> None:
    actions.publish_version(form=form.form, language="es", actor=owner, at=TEN - DAY, **SPANISH)
    rosas_seat.client.language = speaks

    version = queries.text_to_ask(rosas_seat, at=TEN)

    assert version
    assert (version.language, version.number) == (reads, 1)


def test_a_yes_in_another_language_is_a_yes(
    rosas_seat: Seat, form: ConsentVersion, owner: Member, signed_in_spanish: Consent
) -> None:
    assert queries.standing(rosas_seat, at=TEN) == signed_in_spanish


@pytest.fixture
def signed_in_spanish(
    rosas_seat: Seat, form: ConsentVersion, owner: Member, rosas_visit: Visit, front_desk: Member
) -> Consent:
    actions.publish_version(form=form.form, language="es", actor=owner, at=TEN - DAY, **SPANISH)
    rosas_seat.client.language = "es"
    rosas_seat.client.save()
    asked = actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)
    assert asked.version.language == "es"
    return signed(asked, rosas_visit)


def signed(consent: Consent, visit: Visit) -> Consent:
    actions.accept(consent=consent, actor=visit, at=TEN)
    return actions.sign(consent=consent, mark=ROSA, intent=True, actor=visit, at=TEN)
