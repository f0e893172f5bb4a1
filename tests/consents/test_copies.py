"""Whoever signed hears that their copy is there: once by itself, and again when staff ask for it."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.consents import actions, refusals
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Member, Visit
from holdspace.messaging.actions import opt_out
from holdspace.messaging.models import Message
from holdspace.scheduling.actions.codes import channel_of_codes
from holdspace.scheduling.links import link_for
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN
from tests.consents.conftest import record

LATER = TEN + timedelta(minutes=5)


def copies() -> list[Message]:
    """The one by itself first: two of the same moment have no order of their own."""
    found = Message.objects.filter(kind="papers")
    return sorted(found, key=lambda one: (one.queued_at, one.tell_id is not None))


def test_the_client_gets_a_mail_once_the_pdf_is_sealed(signed: Consent, seal: Any, rosa: Client) -> None:
    assert not copies()

    seal_due(at=LATER)
    seal_due(at=LATER)

    [mail] = copies()
    assert (mail.channel, mail.to, mail.client_id) == ("email", rosa.email, rosa.pk)
    assert link_for(signed.seat) in mail.body
    assert not mail.file
    entry = Entry.objects.get(what="consents.copy.sent")
    assert (entry.actor_kind, entry.detail["channel"]) == ("system", "email")
    assert rosa.email not in str(entry.detail)


def test_nothing_clinical_is_in_it(signed: Consent, seal: Any) -> None:
    seal_due(at=LATER)

    said = " ".join((copies()[0].subject, copies()[0].body)).lower()
    for word in ("marin", "telehealth", "consent", "osei", "video"):
        assert word not in said


@pytest.mark.parametrize("no_mail", [{"email_ok": False}, {"email": ""}])
def test_whoever_cant_be_mailed_gets_a_text(
    signed: Consent, seal: Any, rosa: Client, no_mail: dict[str, Any]
) -> None:
    Client.objects.filter(pk=rosa.pk).update(**no_mail)

    seal_due(at=LATER)
    seal_due(at=LATER)

    [text] = copies()
    assert (text.channel, text.to) == ("sms", rosa.phone)
    assert link_for(signed.seat) in text.body
    assert Entry.objects.get(what="consents.copy.sent").detail["channel"] == "sms"


def test_a_number_that_said_stop_gets_no_copy_either(signed: Consent, seal: Any, rosa: Client) -> None:
    Client.objects.filter(pk=rosa.pk).update(email_ok=False)
    opt_out(signed.practice, rosa.phone, TEN)

    seal_due(at=LATER)

    assert not copies()


def test_whoever_wants_no_message_gets_none_and_the_paper_is_sealed_all_the_same(
    signed: Consent, seal: Any, rosa: Client, front_desk: Member
) -> None:
    Client.objects.filter(pk=rosa.pk).update(email_ok=False, texts_agreed_at=None)

    assert seal_due(at=LATER) == 1

    assert not copies()
    Client.objects.filter(pk=rosa.pk).update(texts_agreed_at=TEN)
    fresh = Consent.objects.get(pk=signed.pk)
    with pytest.raises(refusals.EmailNotAllowed):
        actions.send_copy(consent=fresh, channel="email", actor=front_desk, at=LATER)
    actions.send_copy(consent=fresh, channel="sms", actor=front_desk, at=LATER)
    assert [one.channel for one in copies()] == ["sms"]


def test_a_paper_that_was_made_days_later_startles_nobody(signed: Consent, seal: Any) -> None:
    seal_due(at=TEN + timedelta(days=2))

    assert not copies()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_was_said_out_loud_sends_nothing(rosas_seat: Seat, osei: Member, seal: Any, answer: str) -> None:
    record(rosas_seat, osei, answer=answer)
    seal_due(at=LATER)

    assert not copies()


def test_a_declined_form_sends_nothing_and_has_no_copy_to_send(
    asked: Consent, rosas_visit: Visit, front_desk: Member, seal: Any
) -> None:
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)
    seal_due(at=LATER)

    assert not copies()
    with pytest.raises(refusals.SignerUnknown):
        actions.send_copy(consent=asked, channel="email", actor=front_desk, at=LATER)


def test_staff_send_it_again_and_others_may_not(
    signed: Consent, seal: Any, front_desk: Member, auditor_person: cast.Person
) -> None:
    with pytest.raises(refusals.PaperNotThere):
        actions.send_copy(consent=signed, channel="email", actor=front_desk, at=TEN)
    seal_due(at=LATER)

    actions.send_copy(consent=signed, channel="email", actor=front_desk, at=LATER)

    assert [one.tell_id for one in copies()] == [None, front_desk.user_id]
    with pytest.raises(refusals.NotAllowedToAsk):
        actions.send_copy(consent=signed, channel="email", actor=auditor_person.actor, at=LATER)


def test_with_an_account_the_way_is_their_own_pages(signed: Consent, seal: Any, rosa: Client) -> None:
    cast.account_of(rosa)

    seal_due(at=LATER)

    mail = Message.objects.get(kind="papers")
    assert "/portal/" in mail.body
    assert "/v/" not in mail.body


def test_when_the_link_is_over_the_next_appointments_is_sent(
    signed: Consent, seal: Any, rosa: Client, front_desk: Member, osei_person: cast.Person
) -> None:
    seal_due(at=LATER)
    week = TEN + timedelta(days=7)
    with pytest.raises(refusals.NoWayToPapers):
        actions.send_copy(consent=signed, channel="email", actor=front_desk, at=week - timedelta(days=3))
    assert osei_person.clinician
    coming = cast.appointment(osei_person.clinician, rosa, starts_at=week)

    mail = actions.send_copy(consent=signed, channel="email", actor=front_desk, at=week - timedelta(days=3))

    assert link_for(coming) in mail.body


# ---- The PDF itself, when no link leads there any more ---------------------------------------------


MUCH_LATER = TEN + timedelta(days=60)


def mailed() -> list[Message]:
    return list(Message.objects.filter(kind="papers_file"))


def test_long_after_the_day_the_sealed_pdf_is_mailed_to_whoever_asked(
    signed: Consent, seal: Any, rosa: Client, front_desk: Member
) -> None:
    seal_due(at=LATER)

    mail = actions.send_pdf(consent=signed, wanted=True, actor=front_desk, at=MUCH_LATER)

    paper = Paper.objects.get(consent=signed)
    assert (mail.channel, mail.to, mail.tell_id) == ("email", rosa.email, front_desk.user_id)
    assert "http" not in mail.subject + mail.body
    assert mail.attachment is not None
    assert (mail.attachment.name, mail.attachment.kind) == ("form.pdf", "application/pdf")
    assert hashlib.sha256(mail.attachment.body).hexdigest() == paper.digest
    entry = Entry.objects.get(what="consents.copy.mailed")
    assert (entry.actor_kind, entry.detail["digest"]) == ("member", paper.digest)
    assert rosa.email not in str(entry.detail)


def test_without_their_word_nothing_clinical_is_mailed(
    signed: Consent, seal: Any, front_desk: Member
) -> None:
    seal_due(at=LATER)

    with pytest.raises(refusals.NotAskedFor):
        actions.send_pdf(consent=signed, wanted=False, actor=front_desk, at=MUCH_LATER)
    assert not mailed()


def test_the_pdf_of_what_was_said_out_loud_is_mailed_too(
    rosas_seat: Seat, osei: Member, seal: Any, front_desk: Member
) -> None:
    spoken = record(rosas_seat, osei)
    seal_due(at=LATER)

    actions.send_pdf(consent=spoken, wanted=True, actor=front_desk, at=MUCH_LATER)

    assert len(mailed()) == 1


def test_whoever_wants_no_mail_gets_no_pdf_and_whoever_may_not_send_it_doesnt(
    signed: Consent, seal: Any, rosa: Client, front_desk: Member, auditor_person: cast.Person
) -> None:
    with pytest.raises(refusals.PaperNotThere):
        actions.send_pdf(consent=signed, wanted=True, actor=front_desk, at=TEN)
    seal_due(at=LATER)
    with pytest.raises(refusals.NotAllowedToAsk):
        actions.send_pdf(consent=signed, wanted=True, actor=auditor_person.actor, at=LATER)
    Client.objects.filter(pk=rosa.pk).update(email_ok=False)
    with pytest.raises(refusals.EmailNotAllowed):
        actions.send_pdf(consent=Consent.objects.get(pk=signed.pk), wanted=True, actor=front_desk, at=LATER)
    assert not mailed()


def test_the_mailed_pdf_carries_no_link_so_a_code_goes_as_before(
    signed: Consent, seal: Any, rosas_seat: Seat, front_desk: Member
) -> None:
    rosas_seat.practice.identity_by = "code"
    rosas_seat.practice.save()
    seal_due(at=LATER)
    actions.send_copy(consent=signed, channel="sms", actor=front_desk, at=LATER + timedelta(minutes=1))
    actions.send_pdf(consent=signed, wanted=True, actor=front_desk, at=LATER + timedelta(minutes=2))

    assert channel_of_codes(rosas_seat) == "email"


def test_the_message_says_what_to_do_when_the_link_is_over(
    signed: Consent, seal: Any, front_desk: Member
) -> None:
    seal_due(at=LATER)
    actions.send_copy(consent=signed, channel="sms", actor=front_desk, at=LATER)

    mail, text = copies()
    assert "After that call us, and we send your papers again." in mail.body
    assert "If it no longer works, call us." in text.body


def test_a_guardian_on_file_gets_the_childs_copy(
    accepted: Consent, rosas_visit: Visit, rosa: Client, seal: Any
) -> None:
    Client.objects.filter(pk=rosa.pk).update(birth_date=date(2015, 3, 9))
    tie = cast.contact_of(rosa, "Ana Marin", guardianship="of_minor")
    tie.contact.email = "ana@example.org"
    tie.contact.save()
    said: dict[str, Any] = {"given_by": "guardian", "relation": "mother", "intent": True}
    actions.sign(consent=accepted, mark=Mark("Ana Marin"), actor=rosas_visit, at=TEN, **said)

    seal_due(at=LATER)

    assert [one.to for one in copies()] == ["ana@example.org"]
    assert "Hi Ana," in copies()[0].body


def test_a_name_that_isnt_on_file_is_sent_nothing(
    accepted: Consent, rosas_visit: Visit, rosa: Client, seal: Any
) -> None:
    cast.contact_of(rosa, "Ana Marin", guardianship="by_order")
    said: dict[str, Any] = {"given_by": "guardian", "relation": "aunt", "intent": True}
    actions.sign(consent=accepted, mark=Mark("Somebody Else"), actor=rosas_visit, at=TEN, **said)

    seal_due(at=LATER)

    assert not copies()


def test_a_code_never_goes_where_the_copys_link_went(signed: Consent, seal: Any, rosas_seat: Seat) -> None:
    rosas_seat.practice.identity_by = "code"
    rosas_seat.practice.save()
    seal_due(at=LATER)

    assert channel_of_codes(rosas_seat) == "sms"
