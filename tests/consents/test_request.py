from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.clients.refusals import CannotTakeTexts, NotAnAddress, NotAPhoneNumber
from holdspace.consents import actions, queries, refusals
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.messaging.actions import opt_out
from holdspace.messaging.models import Message
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
from tests.cast import TEN, Person

HOUR_BEFORE = TEN - timedelta(hours=1)


def ask(seat: Seat, actor: Member, **said: Any) -> Consent:
    facts: dict[str, Any] = {"channel": "email", "at": HOUR_BEFORE}
    return actions.request(seat=seat, actor=actor, **(facts | said))


def test_the_form_goes_out_with_the_seats_own_link(rosas_seat: Seat, front_desk: Member) -> None:
    consent = ask(rosas_seat, front_desk)

    message = Message.objects.get(kind="consent_request")
    assert (message.channel, message.to) == ("email", "rosa@example.org")
    assert links.link_for(rosas_seat) in message.body
    assert queries.live_request(rosas_seat) == consent
    assert Entry.objects.filter(what="consents.consent.requested", subject_id=consent.pk).count() == 1


def test_the_text_that_is_sent_holds_nothing_clinical(rosas_seat: Seat, front_desk: Member) -> None:
    ask(rosas_seat, front_desk, channel="sms")

    body = Message.objects.get().body.lower()
    assert not [word for word in ("telehealth", "therapy", "consent", "marin", "osei") if word in body]


def test_asking_in_the_portal_sends_nothing(rosas_seat: Seat, front_desk: Member) -> None:
    assert ask(rosas_seat, front_desk, channel="portal").status == "requested"
    assert not Message.objects.exists()


def test_asking_again_supersedes_what_nobody_has_opened(rosas_seat: Seat, front_desk: Member) -> None:
    first = ask(rosas_seat, front_desk)
    second = ask(rosas_seat, front_desk, channel="sms")

    first.refresh_from_db()
    assert (first.status, second.status) == ("superseded", "requested")
    assert queries.live_request(rosas_seat) == second


def test_asking_again_does_not_interrupt_whoever_reads_the_same_text(
    asked: Consent, rosas_seat: Seat, rosas_visit: Visit, front_desk: Member
) -> None:
    actions.open_request(consent=asked, actor=rosas_visit, at=TEN)

    assert ask(rosas_seat, front_desk, channel="sms") == asked
    assert Message.objects.filter(kind="consent_request").count() == 2


def test_asking_with_a_new_text_supersedes_even_an_accepted_form(
    accepted: Consent, rosas_seat: Seat, front_desk: Member, owner: Member, form: ConsentVersion
) -> None:
    actions.publish_version(form=form.form, text="A", script="B", disclosure="C", actor=owner, at=HOUR_BEFORE)

    second = ask(rosas_seat, front_desk)

    accepted.refresh_from_db()
    assert (accepted.status, second.version.number) == ("superseded", 2)


def test_the_database_holds_one_open_request_a_seat(asked: Consent) -> None:
    same = Consent.objects.get(pk=asked.pk)
    same.pk = None
    same._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        same.save(force_insert=True)


def test_a_missing_address_is_saved_and_used(rosas_seat: Seat, front_desk: Member) -> None:
    rosas_seat.client.email = ""
    rosas_seat.client.save()

    ask(rosas_seat, front_desk, new_address="rosa.marin@example.org")

    assert Client.objects.get(pk=rosas_seat.client_id).email == "rosa.marin@example.org"
    assert Message.objects.get().to == "rosa.marin@example.org"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"channel": "sms", "new_address": "12", "texts_agreed": True}, NotAPhoneNumber),
        ({"channel": "sms", "new_address": "8005550100", "texts_agreed": True}, CannotTakeTexts),
        ({"channel": "email", "new_address": "rosa"}, NotAnAddress),
        ({"channel": "sms", "new_address": "(312) 555-0142"}, refusals.TextsNotAllowed),
    ],
)
def test_an_address_that_wont_do_is_refused_and_nothing_is_asked(
    rosas_seat: Seat, front_desk: Member, said, refusal
) -> None:
    with pytest.raises(refusal):
        ask(rosas_seat, front_desk, **said)

    assert not Consent.objects.exists()
    assert Client.objects.get(pk=rosas_seat.client_id).phone == "+13125550118"


def test_with_no_address_there_is_nowhere_to_send(rosas_seat: Seat, front_desk: Member) -> None:
    rosas_seat.client.email = ""

    with pytest.raises(refusals.NowhereToSend):
        ask(rosas_seat, front_desk)


def test_no_text_goes_to_a_number_that_said_stop(rosas_seat: Seat, front_desk: Member) -> None:
    opt_out(rosas_seat.practice, rosas_seat.client.phone, TEN)

    with pytest.raises(refusals.TextsNotAllowed):
        ask(rosas_seat, front_desk, channel="sms")


def test_whoever_may_not_send_forms_is_refused(rosas_seat: Seat, owner: Member) -> None:
    with pytest.raises(refusals.NotAllowedToAsk):
        ask(rosas_seat, owner)


def test_nothing_is_asked_for_an_appointment_that_is_off(rosas_seat: Seat, front_desk: Member) -> None:
    rosas_seat.move_to("cancelled")

    with pytest.raises(refusals.NotOnAnymore):
        ask(rosas_seat, front_desk)


def test_nothing_is_asked_behind_a_link_that_is_over(rosas_seat: Seat, front_desk: Member) -> None:
    with pytest.raises(refusals.LinkOver):
        ask(rosas_seat, front_desk, at=TEN + timedelta(days=2))


def test_somebody_at_the_other_practice_cannot_see_the_request(asked: Consent, birch_person: Person) -> None:
    assert asked not in Consent.objects.visible_to(birch_person.actor)
