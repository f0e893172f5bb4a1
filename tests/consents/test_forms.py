from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from holdspace.consents import actions, documents, refusals, texts
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.consents.states import TICKS, rules
from holdspace.kit import guards
from holdspace.kit.actor import Member
from holdspace.practices.models import Practice
from tests.cast import TEN, Person

WORDS: dict[str, Any] = {"text": "## Ours", "script": "Do you?", "disclosure": "On a screen."}


def test_every_practice_begins_with_a_form_and_only_one(willow: Practice) -> None:
    first = actions.ensure_default_form(willow, TEN)
    again = actions.ensure_default_form(willow, TEN + timedelta(days=1))

    assert first == again
    assert (first.number, first.form.renewal, first.form.verbal_renewal) == (1, "year", "session")
    assert documents.is_whole(first)


def test_publishing_counts_up_and_leaves_the_old_one(form: ConsentVersion, owner: Member) -> None:
    second = actions.publish_version(form=form.form, actor=owner, at=TEN, **WORDS)

    assert second.number == 2
    assert ConsentVersion.objects.get(pk=form.pk).text == form.text
    assert actions.ensure_default_form(form.practice, TEN) == second


def test_only_whoever_may_change_forms_publishes(form: ConsentVersion, front_desk: Member) -> None:
    with pytest.raises(refusals.NotAllowedToPublish):
        actions.publish_version(form=form.form, actor=front_desk, at=TEN, **WORDS)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"script": "  "}, refusals.FormIncomplete), ({"text": "x" * 1_000_000}, refusals.TooLong)],
)
def test_a_form_is_whole_and_not_a_megabyte(form: ConsentVersion, owner: Member, said, refusal) -> None:
    with pytest.raises(refusal):
        actions.publish_version(form=form.form, actor=owner, at=TEN, **(WORDS | said))


def test_a_version_that_asks_anew_calls_in_the_forms_that_wait(asked: Consent, owner: Member) -> None:
    actions.publish_version(form=asked.version.form, actor=owner, at=TEN, asks_anew=True, **WORDS)

    asked.refresh_from_db()
    assert asked.status == "superseded"


@pytest.mark.parametrize("column", ["text", "script", "disclosure", "digest", "asks_anew", "published_at"])
def test_a_published_version_never_changes(form: ConsentVersion, column: str) -> None:
    value = {"asks_anew": True, "published_at": TEN}.get(column, "changed")

    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentVersion.objects.filter(pk=form.pk).update(**{column: value})


def test_a_published_version_is_never_deleted(form: ConsentVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentVersion.objects.filter(pk=form.pk)._raw_delete("default")


@pytest.mark.parametrize("column", ["document_digest", "taken_by_name", "license_number", "time_zone", "way"])
def test_an_answer_never_changes(signed: Consent, column: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=signed.pk).update(**{column: "changed"})


@pytest.mark.parametrize("column", ["details", "document"])
def test_what_is_sealed_in_an_answer_never_changes(signed: Consent, column: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE consents_consent SET {column} = 'x'")


def test_an_answer_is_never_deleted(signed: Consent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=signed.pk)._raw_delete("default")


def test_a_form_nobody_answered_may_still_go(asked: Consent) -> None:
    Consent.objects.filter(pk=asked.pk)._raw_delete("default")

    assert not Consent.objects.filter(pk=asked.pk).exists()


@pytest.mark.django_db
def test_the_guards_stand() -> None:
    ours = {name for name in guards.GUARDS if name.startswith("consent_")}

    assert len(ours) == 6
    assert not ours & set(guards.missing(connection))


def test_a_text_is_text_and_never_markup() -> None:
    page = texts.html_of(
        "## Hi\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://elsewhere/y.png)"
    )

    assert "<h2>Hi</h2>" in page
    assert not [bad for bad in ("<script", "href", "<img") if bad in page]


def test_another_practices_forms_do_not_exist(form: ConsentVersion, birch_person: Person) -> None:
    assert form not in ConsentVersion.objects.visible_to(birch_person.actor)


def test_the_table_knows_every_state_with_source_and_date() -> None:
    table = rules()

    assert len(table) == 52
    assert all(rule.source.startswith("http") and rule.checked for rule in table.values())
    assert all(set(rule.ask_each_session) <= set(TICKS) for rule in table.values())
    assert not table["GA"].verbal_enough
    assert table["IL"].verbal_enough
