"""Settings, Consent forms: a practice makes the texts its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.consents import actions
from holdspace.consents.models import Consent, ConsentDraft, ConsentForm, ConsentVersion, FormRule, Retirement
from holdspace.kit.actor import Member
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN, Person

pytestmark = pytest.mark.usefixtures("at_ten")

LATER = TEN + timedelta(hours=1)
WORDS: dict[str, Any] = {"text": "## Ours\n\nWe meet by video.", "script": "Do you?", "disclosure": "Sign."}


@pytest.fixture
def form(willow: Practice) -> ConsentForm:
    return actions.ensure_default_form(willow, TEN - timedelta(days=90)).form


@pytest.fixture
def desk(owner_person: Person, signed_in: Callable[[Person], Browser]) -> Browser:
    return signed_in(owner_person)


def at(name: str, *args: Any, language: str = "") -> str:
    return reverse(f"desk:{name}", args=args) + (f"?language={language}" if language else "")


def write(desk: Browser, form: ConsentForm, **said: Any) -> Any:
    return desk.post(at("settings_draft", form.pk), {"language": "en", "revision": 0, **WORDS, **said})


def page(response: Any) -> str:
    return response.content.decode()


def test_the_list_says_which_forms_are_in_use(desk: Browser, form: ConsentForm) -> None:
    said = page(desk.get(at("settings_forms")))

    assert said.count("In use") == 1
    assert said.count("Use our text") == 2


def test_one_press_begins_with_our_text(desk: Browser, form: ConsentForm) -> None:
    desk.post(at("settings_form_take_over"), {"purpose": "minor"})

    assert ConsentVersion.objects.filter(form__purpose="minor", number=1).exists()
    assert desk.post(at("settings_form_take_over"), {"purpose": "nonsense"}).status_code == 302
    assert ConsentForm.objects.count() == 2


def test_the_editor_begins_with_the_text_that_is_asked(desk: Browser, form: ConsentForm) -> None:
    said = page(desk.get(at("settings_draft", form.pk)))

    assert "## Meeting by video" in said
    assert "Reading level: grade" in said


def test_a_translation_begins_with_the_english_text(desk: Browser, form: ConsentForm) -> None:
    said = page(desk.get(at("settings_draft", form.pk, language="es")))

    assert "Spanish" in said
    assert "## Meeting by video" in said


def test_a_draft_is_saved_and_shown_as_the_client_would_read_it(desk: Browser, form: ConsentForm) -> None:
    write(desk, form, text="Dear {first_name}, **hello**")

    said = page(desk.get(at("settings_draft", form.pk)))
    assert "Dear Jordan, <strong>hello</strong>" in said


def test_the_preview_is_shown_without_saving(desk: Browser, form: ConsentForm) -> None:
    live = desk.post(at("settings_draft_preview", form.pk), {**WORDS, "text": "*Hi* {client} {nobody}"})
    plain = write(desk, form, text="*Hi* {client}", do="preview")

    assert "<em>Hi</em> Jordan Lee" in page(live)
    assert "There is no field nobody" in page(live)
    assert "<em>Hi</em> Jordan Lee" in page(plain)
    assert not ConsentDraft.objects.exists()


def test_markup_in_a_text_stays_text(desk: Browser, form: ConsentForm) -> None:
    said = page(
        desk.post(at("settings_draft_preview", form.pk), {**WORDS, "text": "<script>alert(1)</script>"})
    )

    assert "<script" not in said


def test_a_field_that_doesnt_exist_is_named_and_nothing_typed_is_lost(
    desk: Browser, form: ConsentForm
) -> None:
    response = write(desk, form, text="Dear {frist_name}, my long text")

    assert response.status_code == 409
    assert "{frist_name}" in page(response)
    assert "my long text" in page(response)


@pytest.mark.parametrize("said", [{"script": " "}, {"text": "x" * 50_001}, {"language": "tlh"}])
def test_what_is_no_form_comes_back_with_what_was_typed(desk: Browser, form: ConsentForm, said: Any) -> None:
    response = write(desk, form, **said)

    assert response.status_code == 422
    assert not ConsentDraft.objects.exists()


def test_two_who_edit_at_once_see_what_differs_and_decide(
    desk: Browser, form: ConsentForm, owner: Member
) -> None:
    write(desk, form, text="Same\n\nTheirs")
    late = write(desk, form, text="Same\n\nMine")

    assert late.status_code == 409
    assert "<del>Theirs</del>" in page(late)
    assert "<ins>Mine</ins>" in page(late)
    assert 'name="revision" value="1"' in page(late)
    assert ConsentDraft.objects.get().text == "Same\n\nTheirs"
    write(desk, form, text="Same\n\nMine", revision=1)
    assert ConsentDraft.objects.get().text == "Same\n\nMine"


def test_publishing_says_what_changes_and_for_how_many(
    desk: Browser, form: ConsentForm, rosas_seat: Seat, osei: Member
) -> None:
    spoken = {"answer": "yes", "ticks": ["read", "location", "identity", "present"], "location": "Home"}
    actions.record_verbal(seat=rosas_seat, actor=osei, at=TEN, **spoken)  # type: ignore[arg-type]
    write(desk, form)
    said = page(desk.get(at("settings_draft_publish", form.pk, language="en")))

    assert "1 client has agreed in this language." in said
    assert "0 have the form waiting." in said
    assert "We meet by video." in said


@pytest.mark.parametrize(("earlier", "anew"), [("keep", False), ("anew", True)])
def test_a_draft_becomes_the_next_version(desk: Browser, form: ConsentForm, earlier: str, anew: bool) -> None:
    write(desk, form)
    where = at("settings_draft_publish", form.pk)
    desk.post(where, {"language": "en", "revision": 1, "earlier": earlier})

    newest = form.versions.first()
    assert newest
    assert (newest.number, newest.asks_anew) == (2, anew)
    assert desk.get(where).status_code == 302


def test_what_was_saved_meanwhile_is_not_published_unread(desk: Browser, form: ConsentForm) -> None:
    write(desk, form)
    write(desk, form, text="Another", revision=1)
    where = at("settings_draft_publish", form.pk)
    response = desk.post(where, {"language": "en", "revision": 1, "earlier": "keep"})

    assert response.status_code == 409
    assert "Another" in page(response)
    assert form.versions.count() == 1


def test_a_draft_is_thrown_away(desk: Browser, form: ConsentForm) -> None:
    write(desk, form, language="es")
    desk.post(at("settings_draft_discard", form.pk), {"language": "es"})

    assert not ConsentDraft.objects.exists()


def test_a_version_shows_its_text_and_is_retired_once_another_is_there(
    desk: Browser, form: ConsentForm, owner: Member
) -> None:
    first = form.versions.get()
    where = at("settings_version_retire", form.pk, first.pk)
    refused = desk.post(where)
    assert refused.status_code == 409
    assert "only text in English" in page(refused)

    actions.publish_version(form=form, actor=owner, at=TEN, **WORDS)
    desk.post(where)
    assert Retirement.objects.get().version == first
    assert "Answers to it go on standing" in page(desk.get(at("settings_version", form.pk, first.pk)))


def test_the_telehealth_form_is_not_retired_a_minors_is(desk: Browser, willow: Practice) -> None:
    actions.ensure_forms(willow, TEN)
    forms = {one.purpose: one for one in ConsentForm.objects.all()}

    assert desk.post(at("settings_form_retire", forms["telehealth"].pk)).status_code == 409
    desk.post(at("settings_form_retire", forms["minor"].pk))
    forms["minor"].refresh_from_db()
    assert forms["minor"].retired_at == TEN
    assert "Use it again" in page(desk.get(at("settings_forms")))


def test_name_and_renewal_are_changed(desk: Browser, form: ConsentForm) -> None:
    said = {"title": "Video visits", "renewal": "half_year", "verbal_renewal": "year"}
    desk.post(at("settings_form_edit", form.pk), said)

    form.refresh_from_db()
    assert (form.title, form.renewal, form.verbal_renewal) == ("Video visits", "half_year", "year")


def test_the_rules_are_set_for_each_type(desk: Browser, willow: Practice) -> None:
    actions.ensure_forms(willow, TEN)
    alone = cast.type_of(willow, "Individual")
    group = cast.type_of(willow, "Group", is_group=True, places=8)
    shown = page(desk.get(at("settings_form_rules")))
    assert f"group_{group.pk}" in shown
    assert f"group_{alone.pk}" not in shown

    said = {f"{purpose}_{kind.pk}": "must" for purpose in ("telehealth", "minor") for kind in (alone, group)}
    desk.post(at("settings_form_rules"), said | {f"group_{group.pk}": "may"})

    assert FormRule.objects.get(type=group, form__purpose="group").need == "may"
    assert FormRule.objects.count() == 5


def test_a_rule_that_isnt_offered_is_refused(desk: Browser, willow: Practice, form: ConsentForm) -> None:
    kind = cast.type_of(willow)
    response = desk.post(at("settings_form_rules"), {f"telehealth_{kind.pk}": "not_asked"})

    assert response.status_code == 422
    assert not FormRule.objects.exists()


def test_another_practices_forms_are_not_there(
    form: ConsentForm, birch_person: Person, signed_in: Callable[[Person], Browser]
) -> None:
    elsewhere = signed_in(birch_person)
    version = form.versions.get()

    for where in (at("settings_form", form.pk), at("settings_draft", form.pk)):
        assert elsewhere.get(where).status_code == 404
    assert elsewhere.get(at("settings_version", form.pk, version.pk)).status_code == 404


def test_the_forms_page_costs_the_same_however_many_versions(
    desk: Browser, form: ConsentForm, owner: Member, rosas_seat: Seat
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            desk.get(at("settings_form", form.pk))
        return len(counted)

    queries()
    few = queries()
    for language in ("en", "es", "vi", "fr"):
        actions.publish_version(form=form, language=language, actor=owner, at=TEN, **WORDS)
        save = {"language": language, "words": WORDS, "revision": 0}
        actions.save_draft(form=form, actor=owner, at=TEN, **save)  # type: ignore[arg-type]

    assert queries() == few
    assert not Consent.objects.exists()
