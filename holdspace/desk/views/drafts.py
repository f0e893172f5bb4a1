"""Settings, Consent forms: writing the next version of a text, looking at it, and publishing it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from holdspace.clients.languages import ENGLISH, language_label
from holdspace.consents import actions, counts, fields, queries, reading, texts
from holdspace.consents.actions.forms import LONGEST
from holdspace.consents.models import ConsentDraft, ConsentForm
from holdspace.consents.refusals import DraftChanged
from holdspace.consents.shipped import SHIPPED
from holdspace.desk.comparing import Difference, compared
from holdspace.desk.forms.consent_forms import DraftForm, LanguageForm, PublishForm
from holdspace.desk.tabs import tabs
from holdspace.desk.views.consent_forms import form_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal


@dataclass(frozen=True)
class Stay:
    """What the editor keeps when a save comes back: why, and what differs from what somebody else saved."""

    refusal: Refusal | None = None
    differs: tuple[Difference, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.refusal else 200


@desk("change_forms")
def editor(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The three texts with their preview.  POST saves them, or without script only shows the preview."""
    form = form_of(request, pk)
    if request.method == "POST":
        return _save(request, form)
    language = language_in(request)
    draft = _draft(request, form, language)
    first = {
        "language": language,
        "revision": draft.revision if draft else 0,
        **_begin(form, draft, language),
    }
    return _page(request, form, DraftForm(initial=first), draft)


def language_in(request: DeskRequest) -> str:
    """The language that the address or the form names; English where it names none of ours."""
    said = LanguageForm(request.POST if request.method == "POST" else request.GET)
    return str(said.cleaned_data["language"]) if said.is_valid() else ENGLISH


def _draft(request: DeskRequest, form: ConsentForm, language: str) -> ConsentDraft | None:
    found: ConsentDraft | None = (
        ConsentDraft.objects.visible_to(request.actor)
        .filter(form=form, language=language)
        .select_related("form")
        .first()
    )
    return found


def _begin(form: ConsentForm, draft: ConsentDraft | None, language: str) -> dict[str, str]:
    """Where writing begins: the draft, else what is asked now, in English for whoever translates it."""
    if draft:
        return draft.words
    now_asked = queries.version_to_ask(form.pk, language, at=now())
    if now_asked is None:
        return SHIPPED[form.purpose].words
    return {"text": now_asked.text, "script": now_asked.script, "disclosure": now_asked.disclosure}


def _save(request: DeskRequest, form: ConsentForm) -> HttpResponse:
    typed = DraftForm(request.POST)
    draft = _draft(request, form, language_in(request))
    if not typed.is_valid() or request.POST.get("do") == "preview":
        return _page(request, form, typed, draft)
    said = typed.cleaned_data
    try:
        actions.save_draft(
            form=form,
            language=said["language"],
            words=typed.words,
            revision=said["revision"],
            actor=request.actor,
            at=now(),
        )
    except DraftChanged as refusal:
        return _page(request, form, *_over(typed, _draft(request, form, said["language"]), refusal))
    except Refusal as refusal:
        return _page(request, form, typed, draft, Stay(refusal))
    messages.success(request, _("Saved. Nobody is asked with it until you publish it."))
    return redirect(_address("desk:settings_draft", form, said["language"]))


def _over(
    typed: DraftForm, theirs: ConsentDraft | None, refusal: Refusal
) -> tuple[DraftForm, ConsentDraft | None, Stay]:
    """The same words again, to be saved over what was saved meanwhile by whoever has read it."""
    again = {**typed.data.dict(), "revision": theirs.revision if theirs else 0}  # type: ignore[attr-defined]  # a QueryDict
    before = theirs.words if theirs else dict.fromkeys(typed.words, "")
    return DraftForm(again), theirs, Stay(refusal, tuple(compared(before, typed.words)))


def _page(
    request: DeskRequest,
    form: ConsentForm,
    typed: DraftForm,
    draft: ConsentDraft | None,
    stay: Stay | None = None,
) -> HttpResponse:
    stay = stay or Stay()
    language = str(typed["language"].value() or ENGLISH)
    facts = {
        "consent_form": form,
        "form": typed,
        "draft": draft,
        "stay": stay,
        "refusal": stay.refusal,
        "language": language_label(language),
        "code": language,
        "fields": fields.FIELDS.items(),
        "tabs": tabs(request, "forms"),
        "zone": request.practice.time_zone,
        **_preview(request, typed),
    }
    status = 422 if typed.errors else stay.status
    return render(request, "desk/settings/draft.html", facts, status=status)


@require_POST
@desk("change_forms")
def preview(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What is typed, as the client would read it; nothing is kept."""
    form_of(request, pk)
    typed = DraftForm(request.POST)
    facts = _preview(request, typed) | {"code": language_in(request)}
    return render(request, "desk/settings/draft_preview.html", facts)


def _preview(request: DeskRequest, typed: DraftForm) -> dict[str, Any]:
    """By the same renderer as the client's page, with people who don't exist in its fields."""
    sample = fields.sample(request.practice, now())
    words = {name: text[:LONGEST] for name, text in typed.words.items()}
    return {
        "seen": {name: texts.shown(text, sample) for name, text in words.items()},
        "grade": round(reading.grade(words["text"])),
        "easy": reading.grade(words["text"]) <= reading.EASY,
        "unknown": fields.unknown("\n".join(words.values())),
    }


@desk("change_forms")
def publish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """GET: what changes, and for how many.  POST: published, from now on what is asked."""
    form = form_of(request, pk)
    draft = _draft(request, form, language_in(request))
    if draft is None:
        return redirect("desk:settings_form", pk=form.pk)
    if request.method == "POST":
        return _publish(request, form, draft)
    return _publish_page(request, form, draft)


def _publish(request: DeskRequest, form: ConsentForm, draft: ConsentDraft) -> HttpResponse:
    said = PublishForm(request.POST)
    if not said.is_valid():
        return _publish_page(request, form, draft)
    anew = said.cleaned_data["earlier"] == "anew"
    try:
        version = actions.publish_draft(
            draft=draft,
            revision=said.cleaned_data["revision"],
            asks_anew=anew,
            actor=request.actor,
            at=now(),
        )
    except Refusal as refusal:
        return _publish_page(request, form, draft, refusal)
    messages.success(request, _("Published as version %(n)s.") % {"n": version.number})
    return redirect("desk:settings_form", pk=form.pk)


def _publish_page(
    request: DeskRequest, form: ConsentForm, draft: ConsentDraft, refusal: Refusal | None = None
) -> HttpResponse:
    last = form.versions.filter(language=draft.language).order_by("-number").first()
    before = {name: getattr(last, name, "") for name in draft.words}
    facts = {
        "form": form,
        "draft": draft,
        "last": last,
        "differs": compared(before, draft.words) if last else [],
        "concerned": counts.concerned(form, at=now(), language=draft.language),
        "language": language_label(draft.language),
        "refusal": refusal,
        "tabs": tabs(request, "forms"),
        "zone": request.practice.time_zone,
    }
    return render(request, "desk/settings/publish.html", facts, status=409 if refusal else 200)


@require_POST
@desk("change_forms")
def discard(request: DeskRequest, pk: UUID) -> HttpResponse:
    form = form_of(request, pk)
    draft = _draft(request, form, language_in(request))
    if draft:
        actions.discard_draft(draft=draft, actor=request.actor, at=now())
        messages.success(request, _("The draft is thrown away. What is published stays."))
    return redirect("desk:settings_form", pk=form.pk)


def _address(name: str, form: ConsentForm, language: str) -> str:
    return f"{reverse(name, args=[form.pk])}?language={language}"
