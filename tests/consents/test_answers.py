from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from holdspace.audit.models import Entry
from holdspace.consents import actions, documents, queries, refusals
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member, Visit
from holdspace.messaging.models import Bell
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN, Person
from tests.consents.conftest import ROSA, record

LATER = TEN + timedelta(minutes=5)


def sign(consent: Consent, actor, **said: Any) -> Consent:
    facts: dict[str, Any] = {"mark": ROSA, "intent": True, "at": TEN}
    return actions.sign(consent=consent, actor=actor, **(facts | said))


def test_each_step_keeps_its_time(asked: Consent, rosas_visit: Visit) -> None:
    actions.open_request(consent=asked, actor=rosas_visit, at=TEN)
    actions.accept(consent=asked, actor=rosas_visit, at=TEN + timedelta(minutes=1))
    signed = sign(asked, rosas_visit, at=TEN + timedelta(minutes=2))

    assert signed.opened_at == TEN
    assert signed.accepted_at == TEN + timedelta(minutes=1)
    assert signed.answered_at == TEN + timedelta(minutes=2)
    steps = Entry.objects.filter(subject_id=asked.pk).order_by("at").values_list("what", flat=True)
    assert [what.rpartition(".")[2] for what in steps] == ["requested", "opened", "accepted", "signed"]


def test_accepting_without_having_said_opened_counts_as_opened(accepted: Consent) -> None:
    assert accepted.opened_at == accepted.accepted_at == TEN


def test_opening_twice_keeps_the_first_time(asked: Consent, rosas_visit: Visit) -> None:
    actions.open_request(consent=asked, actor=rosas_visit, at=TEN)
    again = actions.open_request(consent=asked, actor=rosas_visit, at=LATER)

    assert again.opened_at == TEN


def test_the_proof_is_kept_whole(accepted: Consent, rosas_visit: Visit) -> None:
    signed = sign(accepted, rosas_visit, identity="birth_date", address="203.0.113.9", agent="A phone")

    kept = Consent.objects.get(pk=signed.pk)
    facts = kept.facts
    assert facts["intent"] is True
    assert (facts["address"], facts["agent"], facts["identity"]) == ("203.0.113.9", "A phone", "birth_date")
    assert facts["disclosure_digest"] == kept.version.digest
    document = documents.read(kept)
    assert document.digest == kept.document_digest
    for words in ("Rosa Marin", "I mean to agree", kept.version.digest, "counts like signing on paper"):
        assert words in document.body.decode()


def test_nothing_of_the_proof_lies_open_in_the_database(signed: Consent) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT details, document FROM consents_consent")
        row = cursor.fetchone()

    assert row
    assert not [text for text in row if "Rosa" in text or "mark" in text]


def test_the_clinicians_are_rung_when_it_is_signed(
    signed: Consent, osei_person: Person, rosas_seat: Seat
) -> None:
    bell = Bell.objects.get(user=osei_person.user)

    assert (bell.kind, bell.subject_id) == ("consent_signed", rosas_seat.pk)


def test_a_second_signature_changes_nothing(signed: Consent, rosas_visit: Visit) -> None:
    again = sign(signed, rosas_visit, mark=Mark("Somebody Else"), at=LATER)

    assert (again.pk, again.answered_at) == (signed.pk, TEN)
    assert again.facts["mark"]["name"] == "Rosa Marin"
    assert Bell.objects.count() == 1


def test_signing_comes_after_agreeing(asked: Consent, rosas_visit: Visit) -> None:
    with pytest.raises(refusals.NotAcceptedYet):
        sign(asked, rosas_visit)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"intent": False}, refusals.IntentMissing),
        ({"mark": Mark(" ")}, refusals.MarkMissing),
        ({"mark": Mark("x" * 1_000_000)}, refusals.TooLong),
        ({"mark": Mark(".")}, refusals.MarkMissing),
        ({"mark": Mark("__ 12")}, refusals.MarkMissing),
        ({"mark": Mark("Rosa Marin", "M0,0")}, refusals.MarkTooSmall),
        ({"mark": Mark("Rosa Marin", "M90,90L90,90" * 5)}, refusals.MarkTooSmall),
        ({"mark": Mark("Rosa Marin", "M90,90Q91,90 92,91L93,92L92,95L90,99")}, refusals.MarkTooSmall),
        ({"mark": Mark("Rosa Marin", "M0,0L1e9,1")}, refusals.MarkUnreadable),
        ({"mark": Mark("Rosa Marin", "M0,0L" + "1,1 " * 500_000)}, refusals.MarkUnreadable),
        ({"mark": Mark("Rosa Marin", '"><script>')}, refusals.MarkUnreadable),
        ({"given_by": "guardian"}, refusals.RelationMissing),
        ({"given_by": "guardian", "relation": "m" * 1_000_000}, refusals.TooLong),
    ],
)
def test_what_is_no_signature_is_refused(accepted: Consent, rosas_visit: Visit, said, refusal) -> None:
    with pytest.raises(refusal):
        sign(accepted, rosas_visit, **said)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.document_digest) == ("accepted", "")


@pytest.mark.parametrize("act", [actions.open_request, actions.accept, actions.decline])
def test_only_the_person_who_was_asked_answers(
    asked: Consent, front_desk: Member, birch_person: Person, act
) -> None:
    for somebody in (front_desk, birch_person.actor):
        with pytest.raises(refusals.NotYourAnswer):
            act(consent=asked, actor=somebody, at=TEN)


def test_a_superseded_request_asks_to_be_read_again(
    asked: Consent, rosas_seat: Seat, rosas_visit: Visit, front_desk: Member
) -> None:
    actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)

    for act in (actions.accept, actions.decline):
        with pytest.raises(refusals.AskedAnew):
            act(consent=asked, actor=rosas_visit, at=LATER)
    with pytest.raises(refusals.AskedAnew):
        sign(asked, rosas_visit)


def test_an_expired_request_is_no_longer_asked(asked: Consent, rosas_visit: Visit) -> None:
    actions.expire(at=TEN + timedelta(days=3))

    with pytest.raises(refusals.NoLongerAsked):
        actions.accept(consent=asked, actor=rosas_visit, at=TEN + timedelta(days=3))


def test_a_no_stays_a_no(asked: Consent, rosas_visit: Visit) -> None:
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)

    with pytest.raises(refusals.AnsweredAlready):
        actions.accept(consent=asked, actor=rosas_visit, at=LATER)


def test_declining_rings_leaves_the_appointment_and_may_say_why(
    asked: Consent, rosas_visit: Visit, osei_person: Person, rosas_seat: Seat
) -> None:
    declined = actions.decline(consent=asked, actor=rosas_visit, at=TEN, reason=" I'd rather come in. ")

    assert (declined.status, declined.reason) == ("declined", "I'd rather come in.")
    assert Bell.objects.get(user=osei_person.user).kind == "consent_declined"
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "confirmed"


def test_declining_twice_rings_once(asked: Consent, rosas_visit: Visit) -> None:
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)
    actions.decline(consent=asked, actor=rosas_visit, at=LATER)

    assert Bell.objects.count() == 1


def test_an_accepted_form_can_still_be_declined(accepted: Consent, rosas_visit: Visit) -> None:
    assert actions.decline(consent=accepted, actor=rosas_visit, at=LATER).status == "declined"


def test_a_reason_is_given_once_and_not_a_megabyte_of_it(asked: Consent, rosas_visit: Visit) -> None:
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)
    with pytest.raises(refusals.TooLong):
        actions.give_reason(consent=asked, reason="x" * 1_000_000, actor=rosas_visit, at=TEN)
    actions.give_reason(consent=asked, reason="No camera.", actor=rosas_visit, at=TEN)
    actions.give_reason(consent=asked, reason="Something else.", actor=rosas_visit, at=LATER)

    assert Consent.objects.get(pk=asked.pk).reason == "No camera."


def test_withdrawing_is_one_act_and_heard_by_the_clinicians(
    signed: Consent, rosas_visit: Visit, rosas_seat: Seat, osei_person: Person
) -> None:
    actions.revoke(consent=signed, actor=rosas_visit, at=LATER)

    assert queries.standing(rosas_seat, at=LATER) is None
    assert Bell.objects.filter(user=osei_person.user, kind="consent_revoked").count() == 1


def test_withdrawing_takes_everything_that_was_agreed_before_with_it(
    signed: Consent, rosas_visit: Visit, rosas_seat: Seat, osei: Member
) -> None:
    record(rosas_seat, osei, at=TEN + timedelta(minutes=1))
    actions.revoke(consent=signed, actor=rosas_visit, at=LATER)

    assert queries.standing(rosas_seat, at=LATER) is None


def test_withdrawing_by_another_appointments_link_tells_that_ones_clinicians(
    signed: Consent, rosas_seat: Seat, willow
) -> None:
    hall = cast.person(willow, "Dr Ben Hall", ["clinician"])
    assert hall.clinician
    other = cast.appointment(hall.clinician, rosas_seat.client, starts_at=TEN + timedelta(days=7))
    visit = Visit(
        visit_id=other.pk, seat_id=other.pk, client_id=other.client_id, practice_id=other.practice_id
    )

    actions.revoke(consent=signed, actor=visit, at=LATER)

    bell = Bell.objects.get(kind="consent_revoked")
    assert (bell.user, bell.subject_id) == (hall.user, other.pk)


def test_staff_write_down_that_it_was_taken_back(
    signed: Consent, front_desk: Member, rosas_seat: Seat
) -> None:
    actions.revoke(consent=signed, actor=front_desk, at=LATER, reason="Said so by phone")

    assert Consent.objects.get(pk=signed.pk).reason == "Said so by phone"
    assert queries.standing(rosas_seat, at=LATER) is None


def test_whoever_has_no_business_with_consents_withdraws_none(signed: Consent, owner: Member) -> None:
    with pytest.raises(refusals.NotAllowedToAsk):
        actions.revoke(consent=signed, actor=owner, at=LATER)


def test_what_doesnt_stand_cannot_be_withdrawn(asked: Consent, rosas_visit: Visit) -> None:
    with pytest.raises(refusals.NothingToWithdraw):
        actions.revoke(consent=asked, actor=rosas_visit, at=LATER)


def test_of_two_answers_at_once_the_first_counts(asked: Consent, rosas_visit: Visit) -> None:
    stale = Consent.objects.get(pk=asked.pk)
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)

    with pytest.raises(refusals.AnsweredAlready):
        actions.accept(consent=stale, actor=rosas_visit, at=TEN)


def test_a_tampered_document_is_refused(signed: Consent, unguarded) -> None:
    kept = Consent.objects.get(pk=signed.pk)
    other = documents.Document(b"<p>I agree to everything</p>")
    with unguarded("consents_consent"), transaction.atomic():
        kept.document = other.stored
        kept.save(update_fields=["document"])

    with pytest.raises(refusals.DocumentChanged):
        documents.read(Consent.objects.get(pk=signed.pk))


def test_a_document_of_another_row_is_refused(
    signed: Consent, rosas_seat: Seat, osei: Member, unguarded
) -> None:
    other = record(rosas_seat, osei)
    with unguarded("consents_consent"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE consents_consent"
                " SET document = (SELECT document FROM consents_consent WHERE document <> ''),"
                " document_digest = %s WHERE way = 'verbal'",
                [signed.document_digest],
            )

    with pytest.raises(refusals.DocumentChanged):
        documents.read(Consent.objects.get(pk=other.pk))


@pytest.mark.parametrize("name", ["Ñ Ó", "李", "मी", "محمد", "Ng", "O'Neil-Åström, Jr.", "Zoë 🌻"])
def test_a_name_in_any_script_is_a_signature(accepted: Consent, rosas_visit: Visit, name: str) -> None:
    assert sign(accepted, rosas_visit, mark=Mark(name)).facts["mark"]["name"] == name
