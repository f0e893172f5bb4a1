"""Writing the next version: a draft a language, saved as often as one likes, then published."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.languages import is_language
from holdspace.consents import refusals
from holdspace.consents.actions.forms import check_may, checked, publish_version
from holdspace.consents.models import ConsentDraft, ConsentForm, ConsentVersion
from holdspace.kit.actor import Actor, Member


def save_draft(
    *,
    form: ConsentForm,
    language: str,
    words: Mapping[str, str],
    revision: int,
    actor: Actor,
    at: datetime,
) -> ConsentDraft:
    """Keep what was written; refused where somebody saved since the revision it began from (0: none)."""
    check_may(actor)
    if not is_language(language):
        raise ValueError("a draft is in one of our languages")
    said = checked(words)
    with transaction.atomic():
        # The form's row first: of two who begin the same draft the second sees the first's.
        ConsentForm.objects.select_for_update().get(pk=form.pk)
        draft = ConsentDraft.objects.filter(form=form, language=language).first()
        if (draft.revision if draft else 0) != revision:
            raise refusals.DraftChanged
        draft = draft or ConsentDraft(practice_id=form.practice_id, form=form, language=language, revision=0)
        return _kept(draft, said, actor, at)


def _kept(draft: ConsentDraft, said: dict[str, str], actor: Actor, at: datetime) -> ConsentDraft:
    draft.text, draft.script, draft.disclosure = said["text"], said["script"], said["disclosure"]
    draft.revision += 1
    draft.changed_by_name = actor.name if isinstance(actor, Member) else ""
    draft.changed_at = at
    draft.save()
    trail.record(actor, "consents.draft.saved", draft, at=at, language=draft.language)
    return draft


def publish_draft(
    *, draft: ConsentDraft, revision: int, asks_anew: bool, actor: Actor, at: datetime
) -> ConsentVersion:
    """Publish what was read on the page before, and nothing that was saved since."""
    check_may(actor)
    with transaction.atomic():
        ConsentForm.objects.select_for_update().get(pk=draft.form_id)
        held = ConsentDraft.objects.filter(pk=draft.pk, revision=revision).select_related("form").first()
        if held is None:
            raise refusals.DraftChanged
        version = publish_version(
            form=held.form, language=held.language, asks_anew=asks_anew, actor=actor, at=at, **held.words
        )
        held.delete()
    return version


def discard_draft(*, draft: ConsentDraft, actor: Actor, at: datetime) -> None:
    """Throw it away; what is published stays as it is."""
    check_may(actor)
    with transaction.atomic():
        trail.record(actor, "consents.draft.discarded", draft, at=at, language=draft.language)
        ConsentDraft.objects.filter(pk=draft.pk).delete()
