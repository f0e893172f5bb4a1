"""The client's form: read, agree or not, sign; then the papers, to keep or to take back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients.languages import language_label
from holdspace.consents import actions, deciding, fields, queries, texts
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Actor
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import answer
from holdspace.portal import web
from holdspace.portal.forms.consent import AnswerForm, ReasonForm, SignForm, asked_in
from holdspace.scheduling.actions.entering import ACCOUNT


@web.visit
def read(request: web.VisitRequest) -> HttpResponse:
    """GET: what signing here means, then the text in full.  POST: agree or not."""
    if request.method == "POST":
        return _answer(request)
    return _read_page(request)


def _read_page(
    request: web.VisitRequest, refusal: Refusal | None = None, typed: SignForm | None = None
) -> HttpResponse:
    """The text that waits; `typed` is what was filled in under one that was replaced meanwhile."""
    asked = queries.live_request(request.seat)
    if asked is None:
        return render(request, "portal/consent_none.html", _facts(request, refusal=refusal))
    facts = _facts(request, refusal=refusal, asked=asked, typed=typed, **_texts(request, asked))
    return render(request, "portal/consent.html", facts, status=409 if refusal else 200)


def _answer(request: web.VisitRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _read_page(request)
    asked = _mine(request, form.cleaned_data["asked"])
    try:
        if form.cleaned_data["answer"] == "accept":
            mine = actions.accept(consent=asked, actor=request.visit, at=now())
            # Back from the thanks, or in another tab: it is signed, and nothing is asked twice.
            return redirect("portal:consent_done") if mine.is_yes else _to_sign(request, mine)
        _decline(request, asked)
    except Refusal as refusal:
        return _read_page(request, refusal)
    return redirect("portal:consent_done")


def _decline(request: web.VisitRequest, asked: Consent) -> None:
    who = _who_came(request, asked)
    actions.decline(consent=asked, actor=request.visit, at=now(), **who, **_browser_of(request))


def _who_came(request: web.VisitRequest, asked: Consent) -> dict[str, str]:
    """Who answers without being asked for a name again: as they said on the way in."""
    came = request.visit_row.came
    if came and came.is_guardian:
        return {"given_by": deciding.GUARDIAN, "giver": came.name, "relation": came.relation}
    if came is None and _for_them(request, asked):
        return {"given_by": deciding.UNSAID}
    return {"given_by": deciding.CLIENT}


def _signer(request: web.VisitRequest) -> dict[str, str]:
    """What the signature's form begins with: a guardian said on the way in who they are."""
    came = request.visit_row.came
    named = {"name": came.name, "relation": came.relation} if came and came.is_guardian else {}
    return {"mark": "type", **named}


def _browser_of(request: web.VisitRequest) -> dict[str, str]:
    """How this visit was identified, and from where it comes: part of the proof of an answer."""
    return {
        "identity": request.visit_row.identity_how,
        "address": web.address_of(request),
        "agent": request.headers.get("User-Agent", ""),
    }


def _to_sign(request: web.VisitRequest, asked: Consent) -> HttpResponse:
    """On to the signature; with the name at hand that was typed before the text was replaced."""
    typed = {name: request.POST.get(name, "")[:170] for name in ("name", "relation")}
    if not any(typed.values()):
        return redirect("portal:consent_sign")
    return _sign_page(request, asked, SignForm(initial={"mark": "type", **typed}))


def _for_them(request: web.VisitRequest, asked: Consent) -> bool:
    """Whether somebody else signs for the client."""
    return not asked.facts.get("alone") and _is_decided_for(request)


def _is_decided_for(request: web.VisitRequest) -> bool:
    return deciding.is_asked_for(request.seat, deciding.guardians_of(request.seat))


@require_POST
@web.visit
def ask(request: web.VisitRequest) -> HttpResponse:
    """Getting ready, the client asks for a form that nobody sent yet; one that waits stays as it is."""
    if queries.live_request(request.seat) is None and queries.next_text(request.seat, at=now()):
        actions.request(seat=request.seat, channel="portal", actor=request.visit, at=now())
    return redirect("portal:consent")


@require_POST
@web.visit
def opened(request: web.VisitRequest) -> HttpResponse:
    """The page is before somebody's eyes: said by its script, because a fetched address proves nothing."""
    asked = queries.live_request(request.seat)
    if asked:
        actions.open_request(consent=asked, actor=request.visit, at=now())
    return answer(request, redirect("portal:consent"))


@web.visit
def sign(request: web.VisitRequest) -> HttpResponse:
    """Draw or type, equal; the act of intent is a tick."""
    if request.method == "POST":
        return _sign(request)
    asked = queries.live_request(request.seat)
    if asked is None or asked.status != Consent.Status.ACCEPTED:
        return redirect("portal:consent")
    return _sign_page(request, asked, SignForm(initial=_signer(request)))


def _sign_page(
    request: web.VisitRequest, asked: Consent, form: SignForm, refusal: Refusal | None = None
) -> HttpResponse:
    facts = _facts(request, asked=asked, form=form, refusal=refusal, today=now())
    facts["for_them"] = _for_them(request, asked)
    # A minor who may decide alone may leave it to a parent all the same; nobody signs for an adult.
    facts["others_may"] = bool(asked.facts.get("alone")) and _is_decided_for(request)
    wrong = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/consent_sign.html", facts, status=409 if refusal else wrong)


def _sign(request: web.VisitRequest) -> HttpResponse:
    asked = _mine(request, asked_in(request.POST))
    came = request.visit_row.came
    form = SignForm(request.POST, for_them=_for_them(request, asked), came=came.name if came else "")
    if not form.is_valid():
        return _sign_page(request, asked, form)
    try:
        _signed(request, asked, form)
    except Refusal as refusal:
        # Shown on the form itself, with what was typed, as long as the form is still asked about.
        asked.refresh_from_db(fields=["status"])
        still = asked.is_open
        return _sign_page(request, asked, form, refusal) if still else _read_page(request, refusal, form)
    return redirect("portal:consent_done")


def _signed(request: web.VisitRequest, asked: Consent, form: SignForm) -> None:
    relation = form.cleaned_data["relation"]
    actions.sign(
        consent=asked,
        mark=form.mark_of(request.seat.client.full_name),
        intent=form.cleaned_data["meant"],
        given_by="guardian" if relation else "client",
        relation=relation,
        actor=request.visit,
        at=now(),
        **_browser_of(request),
    )


@require_GET
@web.visit
def done(request: web.VisitRequest) -> HttpResponse:
    """Thanks, and the copy; or what a *no* means, and room for a reason."""
    said = next(iter(queries.papers(request.visit)), None)
    if said is None:
        return redirect("portal:consent")
    facts = _facts(request, said=said, clinician=request.seat.appointment.clinicians.first())
    facts["next"] = queries.live_request(request.seat)
    return render(request, "portal/consent_done.html", facts)


@require_POST
@web.visit
def reason(request: web.VisitRequest) -> HttpResponse:
    """Why they declined, if they like to say."""
    form = ReasonForm(request.POST)
    said = next((one for one in queries.papers(request.visit) if one.status == Consent.Status.DECLINED), None)
    if said and form.is_valid():
        actions.give_reason(consent=said, reason=form.cleaned_data["reason"], actor=request.visit, at=now())
    return redirect("portal:consent_done")


@require_GET
@web.visit
def papers(request: web.VisitRequest) -> HttpResponse:
    """What the client agreed to, to keep or to take back."""
    needed = queries.needs(request.seat, at=now())
    standing = {need.consent.pk for need in needed if need.consent}
    every = [paper for paper in queries.papers(request.visit) if paper.is_yes or paper.document_digest]
    return render(request, "portal/consent_papers.html", _facts(request, papers=every, standing=standing))


@require_GET
@web.visit
def paper(request: web.VisitRequest, pk: UUID) -> HttpResponse:
    """The signed document, byte for byte, as a file."""
    return paper_of(request.visit, pk)


@require_GET
@web.visit
def pdf(request: web.VisitRequest, pk: UUID) -> HttpResponse:
    """The sealed PDF of an answer; before it is made the page offers only the copy for the screen."""
    return pdf_of(request.visit, pk)


def paper_of(actor: Actor, pk: UUID) -> HttpResponse:
    """The same for a visit and for an account."""
    signed = get_object_or_404(Consent.objects.visible_to(actor).exclude(document_digest=""), pk=pk)
    document = actions.read_paper(consent=signed, actor=actor, at=now())
    return _file(document.body, "text/html; charset=utf-8", "form.html")


def pdf_of(actor: Actor, pk: UUID) -> HttpResponse:
    known = Consent.objects.visible_to(actor).filter(paper__status=Paper.Status.SEALED)
    body = actions.read_pdf(consent=get_object_or_404(known, pk=pk), actor=actor, at=now())
    return _file(body, "application/pdf", "form.pdf")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    # The file's name says nothing clinical: others see a phone's downloads.
    said = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=kind, headers=said)


@require_POST
@web.visit
def take_back(request: web.VisitRequest, pk: UUID) -> HttpResponse:
    """Withdrawing is as easy as giving: one press."""
    said = get_object_or_404(Consent.objects.visible_to(request.visit), pk=pk)
    actions.revoke(consent=said, actor=request.visit, at=now())
    return redirect("portal:papers")


def _mine(request: web.VisitRequest, pk: UUID | None) -> Consent:
    known = Consent.objects.visible_to(request.visit).select_related("version__form")
    return get_object_or_404(known, pk=pk, seat=request.seat)


def _texts(request: web.VisitRequest, asked: Consent) -> dict[str, Any]:
    wanted, seat = request.seat.client.language, request.seat
    other = asked.version.language not in {wanted, wanted.partition("-")[0]}
    facts: dict[str, Any] = dict(texts.page_of(asked.version, fields.of_seat(seat, now())))
    facts["for_them"] = _for_them(request, asked)
    facts["wanted"] = language_label(wanted) if other else ""
    facts["may_decline"] = any(
        need.form == asked.version.form_id and not need.must for need in queries.needs(seat, at=now())
    )
    return facts


def _facts(request: web.VisitRequest, **more: Any) -> dict[str, Any]:
    by_account = request.visit_row.identity_how == ACCOUNT
    return {"seat": request.seat, "practice": request.practice, "by_account": by_account, **more}
