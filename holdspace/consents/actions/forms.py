"""A practice's forms: the ones we ship taken over, published in versions, retired, and what each means."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from holdspace.audit import trail
from holdspace.clients.languages import ENGLISH
from holdspace.consents import documents, fields, refusals
from holdspace.consents.actions.calling_in import call_in
from holdspace.consents.models import ConsentForm, ConsentVersion, FormRule, Purpose, Renewal, Retirement
from holdspace.consents.shipped import SHIPPED
from holdspace.kit.actor import Actor, Member, System
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.practices.models import Practice

LONGEST = 50_000


def ensure_default_form(practice: Practice, at: datetime) -> ConsentVersion:
    """The practice's telehealth form as it stands now; the one we ship, published, if it has none."""
    found = ConsentVersion.objects.filter(
        practice=practice, form__purpose=Purpose.TELEHEALTH, language=ENGLISH, retirement=None
    )
    newest: ConsentVersion | None = found.select_related("form", "practice").order_by("-number").first()
    return newest or _take_over(practice, Purpose.TELEHEALTH, System(practice.pk), at)


def ensure_forms(practice: Practice, at: datetime) -> None:
    """All the forms we ship, for a practice that begins."""
    ensure_default_form(practice, at)
    for purpose in (Purpose.MINOR, Purpose.GROUP):
        if not ConsentForm.objects.filter(practice=practice, purpose=purpose).exists():
            _take_over(practice, purpose, System(practice.pk), at)


def take_over(*, practice: Practice, purpose: str, actor: Actor, at: datetime) -> ConsentForm:
    """Begin to ask with a copy of the text we ship, or again with the form that was retired."""
    check_may(actor)
    form: ConsentForm | None = ConsentForm.objects.filter(practice=practice, purpose=purpose).first()
    if form is None:
        form = _take_over(practice, purpose, actor, at).form
    if form.retired_at:
        with transaction.atomic():
            ConsentForm.objects.filter(pk=form.pk).update(retired_at=None)
            trail.record(actor, "consents.form.resumed", form, at=at)
    return form


def _take_over(practice: Practice, purpose: str, actor: Actor, at: datetime) -> ConsentVersion:
    ours = SHIPPED[purpose]
    with transaction.atomic():
        form, _made = ConsentForm.objects.get_or_create(
            practice=practice, purpose=purpose, defaults={"title": str(ours.title)}
        )
        return _publish(form, ours.words, ENGLISH, False, actor, at)


def change_form(
    *, form: ConsentForm, title: str, renewal: str, verbal_renewal: str, actor: Actor, at: datetime
) -> None:
    """What the form is called and how long an answer is good; answers already given keep their time."""
    check_may(actor)
    said = {
        "title": title.strip(),
        "renewal": Renewal(renewal).value,
        "verbal_renewal": Renewal(verbal_renewal).value,
    }
    with transaction.atomic():
        ConsentForm.objects.filter(pk=form.pk).update(**said)
        trail.record(actor, "consents.form.changed", form, at=at, **said)


def publish_version(
    *,
    form: ConsentForm,
    text: str,
    script: str,
    disclosure: str,
    actor: Actor,
    at: datetime,
    asks_anew: bool = False,
    language: str = ENGLISH,
) -> ConsentVersion:
    """The form's next version in a language, from now on the one that is asked about.

    With `asks_anew` earlier answers in this language stop standing, and a form that waits is called
    in: its reader finds the new text.  Otherwise what was agreed and what was sent stay good.
    """
    check_may(actor)
    words = checked({"text": text, "script": script, "disclosure": disclosure})
    with transaction.atomic():
        # Two who publish at once: the second waits for the number.
        held = ConsentForm.objects.select_for_update().get(pk=form.pk)
        version = _publish(held, words, language, asks_anew, actor, at)
        if asks_anew:
            call_in(held, language=language, actor=actor, at=at, but=version)
    return version


def checked(words: Mapping[str, str]) -> dict[str, str]:
    """The three texts, whole, of a size that is read, and with no field that we couldn't fill."""
    said = {name: text.strip() for name, text in words.items()}
    if not all(said.values()):
        raise refusals.FormIncomplete
    if max(map(len, said.values())) > LONGEST:
        raise refusals.TooLong
    if unknown := fields.unknown("\n".join(said.values())):
        raise refusals.UnknownField(field=unknown)
    return said


def _publish(
    form: ConsentForm, words: Mapping[str, str], language: str, asks_anew: bool, actor: Actor, at: datetime
) -> ConsentVersion:
    last = form.versions.filter(language=language).order_by("-number").first()
    try:
        with transaction.atomic():
            version = ConsentVersion.objects.create(
                practice=form.practice,
                form=form,
                number=last.number + 1 if last else 1,
                language=language,
                digest=documents.digest_of(**words),
                asks_anew=asks_anew,
                published_at=at,
                **words,
            )
    except IntegrityError as taken:
        raise MoveNotAllowed from taken
    said = {"number": version.number, "language": language, "digest": version.digest, "asks_anew": asks_anew}
    trail.record(actor, "consents.version.published", version, at=at, **said)
    return version


def retire_version(*, version: ConsentVersion, actor: Actor, at: datetime) -> None:
    """Ask with this text no more; who reads it right now finds the one that takes its place.

    Answers to it go on standing.  The last English text of a form stays, for whoever reads no other.
    """
    check_may(actor)
    with transaction.atomic():
        form = ConsentForm.objects.select_for_update().get(pk=version.form_id)
        if Retirement.objects.filter(version=version).exists():
            return
        others = form.versions.filter(language=ENGLISH, retirement=None).exclude(pk=version.pk)
        if version.language == ENGLISH and not others.exists():
            raise refusals.LastText
        by = {"practice_id": form.practice_id, "by": actor.id if isinstance(actor, Member) else None}
        Retirement.objects.create(version=version, at=at, **by)
        trail.record(actor, "consents.version.retired", version, at=at, number=version.number)
        call_in(form, version=version, actor=actor, at=at)


def retire_form(*, form: ConsentForm, actor: Actor, at: datetime) -> None:
    """Ask with this form no more: a minor is asked the adults' again, a group nothing besides."""
    check_may(actor)
    if form.purpose == Purpose.TELEHEALTH:
        raise refusals.FormNeeded
    with transaction.atomic():
        held = ConsentForm.objects.select_for_update().get(pk=form.pk)
        if held.retired_at:
            return
        ConsentForm.objects.filter(pk=held.pk).update(retired_at=at)
        trail.record(actor, "consents.form.retired", held, at=at)
        call_in(held, actor=actor, at=at)


def set_rules(
    *, practice: Practice, rules: Mapping[tuple[UUID, UUID], str], actor: Actor, at: datetime
) -> None:
    """What each form means for each type of appointment: {(form, type): need}."""
    check_may(actor)
    with transaction.atomic():
        for (form, kind), need in rules.items():
            FormRule.objects.update_or_create(
                practice=practice, form_id=form, type_id=kind, defaults={"need": FormRule.Need(need).value}
            )
        named = sorted(f"{form}/{kind}: {need}" for (form, kind), need in rules.items())
        trail.record(actor, "consents.rules.changed", practice, at=at, rules=named)


def check_may(actor: Actor) -> None:
    """Refuse whoever's role doesn't include changing forms."""
    if isinstance(actor, Member) and not actor.may("change_forms"):
        raise refusals.NotAllowedToPublish
