"""Writing a form's next version, its fields, and taking a text out of use."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdspace.audit.models import Entry
from holdspace.consents import actions, documents, evidence, fields, queries, refusals, texts
from holdspace.consents.models import Consent, ConsentDraft, ConsentForm, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from tests.cast import TEN
from tests.consents.conftest import ROSA, record

WORDS: dict[str, Any] = {"text": "## Ours", "script": "Do you?", "disclosure": "On a screen."}
LATER = TEN + timedelta(minutes=5)


def save(form: ConsentVersion, owner: Member, revision: int = 0, **said: Any) -> ConsentDraft:
    words = WORDS | {name: said.pop(name) for name in list(said) if name in WORDS}
    facts: dict[str, Any] = {"language": "en", "words": words, "revision": revision, "at": TEN} | said
    return actions.save_draft(form=form.form, actor=owner, **facts)


def test_a_draft_is_saved_as_often_as_one_likes_and_asks_nobody(
    form: ConsentVersion, owner: Member, rosas_seat: Seat
) -> None:
    first = save(form, owner)
    second = save(form, owner, revision=1, text="## Better")

    assert (first.pk, second.revision, second.text) == (second.pk, 2, "## Better")
    assert queries.text_to_ask(rosas_seat, at=TEN) == form


@pytest.mark.parametrize("revision", [0, 2])
def test_of_two_who_edit_one_draft_the_later_save_is_refused(
    form: ConsentVersion, owner: Member, revision: int
) -> None:
    save(form, owner, text="Mine")
    with pytest.raises(refusals.DraftChanged):
        save(form, owner, revision=revision, text="Theirs")

    assert ConsentDraft.objects.get().text == "Mine"


def test_a_draft_is_published_as_it_was_read_and_is_gone(form: ConsentVersion, owner: Member) -> None:
    draft = save(form, owner)
    version = actions.publish_draft(draft=draft, revision=1, asks_anew=False, actor=owner, at=LATER)

    assert (version.number, version.text, documents.is_whole(version)) == (2, "## Ours", True)
    assert not ConsentDraft.objects.exists()


def test_what_was_saved_since_is_not_published_unread(form: ConsentVersion, owner: Member) -> None:
    draft = save(form, owner)
    save(form, owner, revision=1, text="Something else")

    with pytest.raises(refusals.DraftChanged):
        actions.publish_draft(draft=draft, revision=1, asks_anew=False, actor=owner, at=LATER)
    assert form.form.versions.count() == 1


def test_a_draft_is_thrown_away_without_a_trace_in_the_versions(form: ConsentVersion, owner: Member) -> None:
    actions.discard_draft(draft=save(form, owner), actor=owner, at=TEN)

    assert not ConsentDraft.objects.exists()
    assert Entry.objects.filter(what="consents.draft.discarded").count() == 1


def test_only_whoever_may_change_forms_writes_drafts(form: ConsentVersion, front_desk: Member) -> None:
    with pytest.raises(refusals.NotAllowedToPublish):
        save(form, front_desk)


@pytest.mark.parametrize("part", ["text", "script", "disclosure"])
def test_a_field_that_doesnt_exist_is_refused_and_named(
    form: ConsentVersion, owner: Member, part: str
) -> None:
    said: dict[str, Any] = {part: "Dear {frist_name}"}
    with pytest.raises(refusals.UnknownField) as refused:
        save(form, owner, **said)

    assert "{frist_name}" in str(refused.value.sentence)
    assert refused.value.details == {"field": "frist_name"}


def test_the_fields_are_filled_in_when_the_form_is_read(rosas_seat: Seat) -> None:
    said = fields.of_seat(rosas_seat, TEN)
    page = texts.shown("{client}, {first_name}: {practice}, {clinician}, {phone}, {date}", said)

    assert page.strip() == (
        "<p>Rosa Marin, Rosa: Willow Street Counseling, Dr Ama Osei, (212) 555-0100, November 18, 2026</p>"
    )


def test_a_name_is_text_and_never_markup_nor_a_field(rosas_seat: Seat) -> None:
    rosas_seat.client.first_name = "<b>*{phone}*"

    page = texts.shown("{client}", fields.of_seat(rosas_seat, TEN))

    assert "&lt;b&gt;*{phone}* Marin" in page


def test_the_signed_paper_has_the_fields_filled_in(
    form: ConsentVersion, owner: Member, rosas_seat: Seat, rosas_visit: Visit, front_desk: Member
) -> None:
    text = "Between {client} and {clinician}."
    actions.publish_version(form=form.form, actor=owner, at=TEN, **(WORDS | {"text": text}))
    asked = actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)
    signed = _signed(asked, rosas_visit)

    assert "Between Rosa Marin and Dr Ama Osei." in documents.read(signed).body.decode()
    assert signed.version.text == text


def test_a_spoken_record_keeps_what_the_fields_said(rosas_seat: Seat, form, osei: Member) -> None:
    assert record(rosas_seat, osei).facts["fields"]["client"] == "Rosa Marin"


def test_a_spoken_answers_paper_has_the_fields_as_they_were_said(
    form: ConsentVersion, owner: Member, rosas_seat: Seat, osei: Member
) -> None:
    script = "Do you agree, {first_name}?"
    actions.publish_version(form=form.form, actor=owner, at=TEN, **(WORDS | {"script": script}))
    spoken = record(rosas_seat, osei)
    rosas_seat.client.first_name = "Somebody"
    rosas_seat.client.save()

    assert "Do you agree, Rosa?" in evidence._read(spoken)


def test_a_text_that_asks_anew_waits_in_the_place_of_the_old_one(
    asked: Consent, owner: Member, rosas_visit: Visit, rosas_seat: Seat
) -> None:
    actions.accept(consent=asked, actor=rosas_visit, at=TEN)
    second = actions.publish_version(form=asked.version.form, actor=owner, at=TEN, asks_anew=True, **WORDS)

    with pytest.raises(refusals.TextReplaced):
        actions.sign(consent=asked, mark=ROSA, intent=True, actor=rosas_visit, at=LATER)
    waits = queries.live_request(rosas_seat)
    assert waits
    assert (waits.version, waits.status) == (second, "requested")


def test_what_was_sent_of_another_language_stays_good(
    asked: Consent, owner: Member, rosas_visit: Visit
) -> None:
    form = asked.version.form
    actions.publish_version(form=form, actor=owner, at=TEN, asks_anew=True, language="es", **WORDS)

    assert _signed(asked, rosas_visit).status == "signed"


def test_a_retired_text_is_no_longer_signed_and_the_new_one_is_there(
    asked: Consent, owner: Member, rosas_visit: Visit, rosas_seat: Seat
) -> None:
    actions.accept(consent=asked, actor=rosas_visit, at=TEN)
    second = actions.publish_version(form=asked.version.form, actor=owner, at=TEN, **WORDS)
    actions.retire_version(version=asked.version, actor=owner, at=TEN)

    with pytest.raises(refusals.TextReplaced):
        actions.sign(consent=asked, mark=ROSA, intent=True, actor=rosas_visit, at=LATER)
    waits = queries.live_request(rosas_seat)
    assert waits
    assert waits.version == second


def test_what_was_answered_goes_on_standing_when_its_text_is_retired(
    signed: Consent, owner: Member, rosas_seat: Seat
) -> None:
    actions.publish_version(form=signed.version.form, actor=owner, at=LATER, **WORDS)
    actions.retire_version(version=signed.version, actor=owner, at=LATER)
    actions.retire_version(version=signed.version, actor=owner, at=LATER)

    assert queries.standing(rosas_seat, at=LATER) == signed
    assert Entry.objects.filter(what="consents.version.retired").count() == 1


def test_the_last_english_text_stays(form: ConsentVersion, owner: Member) -> None:
    with pytest.raises(refusals.LastText):
        actions.retire_version(version=form, actor=owner, at=TEN)


def test_a_retired_form_is_no_longer_asked_and_can_come_back(
    willow: Practice, owner: Member, rosas_seat: Seat, front_desk: Member, rosas_visit: Visit
) -> None:
    actions.ensure_forms(willow, TEN)
    minor = ConsentForm.objects.get(purpose="minor")
    rosas_seat.client.birth_date = date(2015, 3, 9)
    rosas_seat.client.save()
    asked = actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)
    actions.retire_form(form=minor, actor=owner, at=TEN)

    with pytest.raises(refusals.TextReplaced):
        actions.accept(consent=asked, actor=rosas_visit, at=LATER)
    waits = queries.live_request(rosas_seat)
    assert waits
    assert waits.version.form.purpose == "telehealth"
    actions.take_over(practice=willow, purpose="minor", actor=owner, at=LATER)
    assert [need.form for need in queries.needs(rosas_seat, at=LATER)] == [minor.pk]


def test_the_telehealth_form_itself_cannot_be_retired(form: ConsentVersion, owner: Member) -> None:
    with pytest.raises(refusals.FormNeeded):
        actions.retire_form(form=form.form, actor=owner, at=TEN)


def test_taking_over_our_text_gives_the_practice_its_own_copy(
    willow: Practice, birch_person: Any, owner: Member
) -> None:
    ours = actions.take_over(practice=willow, purpose="group", actor=owner, at=TEN)

    assert [version.number for version in ours.versions.all()] == [1]
    assert actions.take_over(practice=willow, purpose="group", actor=owner, at=LATER) == ours
    assert not ConsentForm.objects.visible_to(birch_person.actor).exists()


def test_how_long_an_answer_is_good_is_the_forms_choice(
    form: ConsentVersion, owner: Member, rosas_seat: Seat, osei: Member
) -> None:
    said = {"title": "Video", "renewal": "never", "verbal_renewal": "year"}
    actions.change_form(form=form.form, actor=owner, at=TEN, **said)

    spoken = record(rosas_seat, osei)
    assert spoken.expires_at == TEN.replace(year=2027)


def _signed(asked: Consent, visit: Visit) -> Consent:
    actions.accept(consent=asked, actor=visit, at=TEN)
    return actions.sign(consent=asked, mark=ROSA, intent=True, actor=visit, at=TEN)
