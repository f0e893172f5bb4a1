"""The start screen: which consent stands, or the two ways to ask for one.  Looking creates nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from holdspace.clients import phones
from holdspace.clients.languages import language_label
from holdspace.clients.models import Tie
from holdspace.consents import actions, deciding, fields, queries, texts, together
from holdspace.consents.models import Consent, ConsentVersion, Purpose
from holdspace.consents.shipped import SHIPPED
from holdspace.desk.again import to_ask
from holdspace.desk.forms.start import OTHER, AgainForm, AskForm, VerbalForm, checklist, states
from holdspace.desk.forms.whom import CLIENT
from holdspace.desk.looks import START, looked
from holdspace.desk.views.asked import asked_of
from holdspace.desk.views.licensing import license_facts
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.practices.licenses import number_for
from holdspace.scheduling import actions as scheduling
from holdspace.scheduling.models import ContactType, Seat, SeatStatus
from holdspace.scheduling.plans import plan_of
from holdspace.telehealth.engines import holds
from holdspace.telehealth.queries import start_state

VERBAL, PORTAL = "verbal", "portal"
LICENSE = "license"
MENDS = {"confirm": SeatStatus.CONFIRMED, "check_in": SeatStatus.CHECKED_IN}
OTHER_WAYS = {ContactType.PHONE.value, ContactType.IN_PERSON.value}
STARTERS = ("record_verbal_consent", "send_consent_forms")


@dataclass(frozen=True)
class Stay:
    """What the page keeps when a form comes back: it, and why."""

    verbal: VerbalForm | None = None
    ask: AskForm | None = None
    again: AgainForm | None = None
    refusal: Refusal | None = None

    @property
    def status(self) -> int:
        return 409 if self.refusal else 200

    @property
    def way(self) -> str:
        return VERBAL if self.verbal else PORTAL if self.ask else ""

    @property
    def state(self) -> str:
        """The state that was chosen on the form: its rule is the one that applied."""
        return str(self.verbal["state"].value() or "") if self.verbal else ""


def seat_of(request: DeskRequest, pk: UUID) -> Seat:
    known = Seat.objects.visible_to(request.actor).prefetch_related("appointment__clinicians")
    known = known.select_related("practice", "client", "appointment__type", "appointment__practice")
    return get_object_or_404(known, pk=pk)


@require_GET
@desk(*STARTERS)
def start(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The screen, or after a hint only the part of it that says how things stand."""
    seat = seat_of(request, pk)
    if wants_fragment(request):
        looked(request, START, seat)
        return _news(request, seat)
    actions.start_opened(seat=seat, actor=request.actor, at=now())
    return _page(request, seat)


def _news(request: DeskRequest, seat: Seat) -> HttpResponse:
    facts = _facts(request, seat, now())
    if request.GET.get("part") == LICENSE:
        return render(request, "desk/start.html#licensed", facts)
    if request.GET.get("was") != facts["standing"] and (facts["consent"] or facts["way"] == PORTAL):
        # More than this part is different now, and nothing that somebody types is lost by it.
        # By its address: the page may be the answer to a form, and to refresh that would send it again.
        return HttpResponse(headers={"HX-Redirect": reverse("desk:start", args=[seat.pk])})
    return render(request, "desk/start.html#answer", facts)


def _page(request: DeskRequest, seat: Seat, stay: Stay | None = None) -> HttpResponse:
    stay = stay or Stay()
    at = now()
    facts = _facts(request, seat, at, stay) | {"refusal": stay.refusal}
    facts |= _ways(request, seat, facts, stay, at)
    return render(request, "desk/start.html", facts, status=stay.status)


def _facts(request: DeskRequest, seat: Seat, at: datetime, stay: Stay | None = None) -> dict[str, Any]:
    """How things stand: the consent, the form that waits, the client's last word, the appointment."""
    needed = queries.needs(seat, at=at)
    consent, asked = queries.agreed_to(needed), queries.live_request(seat)
    ahead = queries.ahead(needed)
    last = consent or (ahead.last if ahead else None)
    stay = stay or Stay()
    rule = queries.rule_for(seat, stay.state or request.GET.get("state", ""))
    recorder = queries.recorder(seat, request.actor)
    facts = {
        "seat": seat,
        "consent": consent,
        "partners": (partners := together.partners(seat, at=at)),
        "partner_missing": any(not one.agreed for one in partners),
        "given": consent.facts if consent else {},
        "needed": needed,
        "ahead": ahead,
        "partly": any(need.consent for need in needed),
        "free": not any(need.stops for need in needed),
        "asked": asked_of(seat, asked or (last if last and last.status == Consent.Status.DECLINED else None)),
        "last": last,
        "rule": rule,
        "state": start_state(seat, request.actor, at),
        "can_record": recorder is not None,
        "license": number_for(recorder, rule.code, at) if recorder else "",
        "can_ask": request.actor.may("send_consent_forms"),
        "can_send": request.actor.may("send_links"),
        "can_book": request.actor.may("book") or request.actor.may("book_for_everyone"),
        "phone": phones.shown(seat.client.phone),
        "too_many": _too_many(seat),
        **license_facts(request, seat, at),
    }
    facts["way"] = _way(stay.way or request.GET.get("way", ""), facts, asked)
    facts |= to_ask(seat, at, stay.again) if facts["free"] else {}
    facts["standing"] = _standing(facts, said_no=bool(last and last.is_no and not asked))
    return facts


def _standing(facts: dict[str, Any], *, said_no: bool) -> str:
    """In a word, for the page to know whether more than one part of it is different now."""
    if facts["consent"]:
        return "yes"
    return "no" if said_no else "partly" if facts["partly"] else "open"


def _too_many(seat: Seat) -> int:
    """How many are to meet, where they are more than a video room shows."""
    meeting = sum(one.stands for one in seat.appointment.seats.all()) + len(seat.appointment.clinicians.all())
    return meeting if meeting > holds() else 0


def _way(chosen: str, facts: dict[str, Any], asked: Consent | None) -> str:
    """Out loud, unless the person may not, the state asks for writing, or a form is under way."""
    if not (facts["can_record"] and facts["rule"].verbal_enough):
        return PORTAL
    return chosen if chosen in {VERBAL, PORTAL} else PORTAL if asked else VERBAL


def _ways(
    request: DeskRequest, seat: Seat, facts: dict[str, Any], stay: Stay, at: datetime
) -> dict[str, Any]:
    """What only the two ways of asking need; nothing where a consent stands."""
    if facts["consent"]:
        return {}
    version = queries.text_to_ask(seat, facts["needed"], at=at)
    guardians = deciding.guardians_of(seat)
    first = _first_asked(seat, guardians)
    script = version.script if version else SHIPPED[Purpose.TELEHEALTH].script
    verbal = stay.verbal or _verbal_form(seat, facts["rule"].code, version, guardians)
    return {
        "version": version,
        "script": texts.shown(script, fields.of_seat(seat, at)),
        "wanted": _other_language(seat, version),
        "verbal": verbal,
        "ticks": checklist(facts["rule"], seat.client.greeting, verbal["ticks"].value() or []),
        "states": states(),
        "ask": stay.ask or AskForm(guardians=guardians, initial=first),
        "guardians": guardians,
        "deciders": [(tie, phones.shown(tie.contact.phone)) for tie in guardians],
        "for_them": deciding.is_asked_for(seat, guardians),
        "is_minor": seat.client.is_minor(seat.appointment.starts_at),
    }


def _other_language(seat: Seat, version: ConsentVersion | None) -> str:
    """The client's language, where there is no text in it."""
    wanted = seat.client.language
    missing = version and version.language not in {wanted, wanted.partition("-")[0]}
    return language_label(wanted) if missing else ""


def _verbal_form(seat: Seat, state: str, version: ConsentVersion | None, guardians: list[Tie]) -> VerbalForm:
    other = OTHER if deciding.is_asked_for(seat, guardians) else CLIENT
    first = {
        "version": version.pk if version else "",
        "state": state,
        "location": seat.location if seat.where_is_known(now()) else "",
        "given_by": str(guardians[0].pk) if guardians else other,
        "keep_giver": True,
        "by": "phone",
    }
    return VerbalForm(guardians=guardians, initial=first)


def _first_asked(seat: Seat, guardians: list[Tie]) -> dict[str, str]:
    """Whoever decides and can be reached, else the client, whose link it is; by text where they agreed."""
    tie = next((tie for tie in guardians if tie.contact.may_text or tie.contact.may_email), None)
    whom = tie.contact if tie else seat.client
    how = "email" if whom.may_email and not whom.may_text else "sms"
    return {"to": str(tie.contact_id) if tie else CLIENT, "how": how}


@require_POST
@desk("record_verbal_consent")
def verbal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What was said, written down once; on to the link where the hour has come."""
    seat = seat_of(request, pk)
    form = VerbalForm(request.POST, guardians=deciding.guardians_of(seat))
    if not form.is_valid():
        return _page(request, seat, Stay(verbal=form))
    version = ConsentVersion.objects.visible_to(request.actor).filter(pk=form.cleaned_data["version"]).first()
    answer = "no" if request.POST.get("answer") == "no" else "yes"
    try:
        actions.record_verbal(
            seat=seat, version=version, answer=answer, actor=request.actor, at=now(), **form.said()
        )
    except Refusal as refusal:
        return _page(request, seat, Stay(verbal=form, refusal=refusal))
    state = start_state(seat, request.actor, now())
    done = not queries.in_the_way(seat, at=now()) and not together.waits_for(seat, at=now())
    if answer == "yes" and done and state.live and not state.ask_anyway and request.actor.may("send_links"):
        return redirect("desk:send_link", pk=seat.pk)
    return redirect("desk:start", pk=seat.pk)


@require_POST
@desk("send_consent_forms")
def ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    """**Send Consent Form to Portal**, with the number or address added right there."""
    seat = seat_of(request, pk)
    form = AskForm(request.POST, guardians=deciding.guardians_of(seat))
    if not form.is_valid():
        return _page(request, seat, Stay(ask=form))
    said = form.cleaned_data
    try:
        actions.request(
            seat=seat,
            channel=said["how"],
            new_address=form.new_address,
            texts_agreed=said["texts_agreed"],
            guardian=form.guardian,
            alone=said["alone"],
            actor=request.actor,
            at=now(),
        )
    except Refusal as refusal:
        return _page(request, seat_of(request, pk), Stay(ask=form, refusal=refusal))
    return redirect(f"{reverse('desk:start', args=[seat.pk])}?way={PORTAL}")


@require_POST
@desk("record_verbal_consent")
def asked_again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What was asked at the start of this session; the screen then says when and by whom."""
    seat = seat_of(request, pk)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, Stay(again=form))
    try:
        actions.ask_again(seat=seat, actor=request.actor, at=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _page(request, seat, Stay(again=form, refusal=refusal))
    return redirect("desk:start", pk=seat.pk)


@require_POST
@desk("book", "book_for_everyone", "change_settings")
def mend(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The one click that makes the start button live: confirm, check in, or to the owner's switch."""
    seat = seat_of(request, pk)
    status = MENDS.get(request.POST.get("mend", ""))
    if status is None:
        return redirect(_switch() or reverse("desk:appointment", args=[seat.pk]))
    if seat.status != status:
        scheduling.set_status(seat=seat, status=status, actor=request.actor, at=now())
    return redirect("desk:start", pk=seat.pk)


def _switch() -> str:
    """Where the owner switches telehealth on."""
    try:
        return reverse("desk:settings_telehealth")
    except NoReverseMatch:
        return ""


@require_POST
@desk("book", "book_for_everyone")
def other_way(request: DeskRequest, pk: UUID) -> HttpResponse:
    """After a no: the same appointment by phone or in person."""
    seat = seat_of(request, pk)
    wanted = request.POST.get("contact_type", "")
    if wanted in OTHER_WAYS:
        appointment = seat.appointment
        plan = replace(plan_of(appointment), contact_type=wanted)
        # The time is agreed already: what hours say about another way must not stand in between.
        scheduling.edit(
            appointment=appointment,
            plan=plan,
            version=appointment.version,
            actor=request.actor,
            at=now(),
            anyway=True,
        )
    return redirect("desk:appointment", pk=seat.pk)


@require_POST
@desk("send_consent_forms")
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The client told somebody here that they take it back."""
    seat = seat_of(request, pk)
    consent = queries.standing(seat, at=now())
    if consent:
        actions.revoke(consent=consent, actor=request.actor, at=now())
    return redirect("desk:start", pk=seat.pk)


@require_GET
@desk(*STARTERS)
def paper(request: DeskRequest, pk: UUID, consent: UUID) -> HttpResponse:
    """The signed document of this seat's client, as a file."""
    seat = seat_of(request, pk)
    found = Consent.objects.filter(client_id=seat.client_id, practice=request.practice)
    signed = get_object_or_404(found.exclude(document_digest=""), pk=consent)
    document = actions.read_paper(consent=signed, actor=request.actor, at=now())
    file = HttpResponse(document.body, content_type="text/html; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="form.html"'
    file["X-Content-Type-Options"] = "nosniff"
    return file
