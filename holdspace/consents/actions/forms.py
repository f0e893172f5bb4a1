"""Publishing a form's text: a new version each time, never a changed one."""

from datetime import datetime

from django.db import IntegrityError, transaction

from holdspace.audit import trail
from holdspace.consents import documents, refusals, texts
from holdspace.consents.actions.news import tell
from holdspace.consents.models import OPEN, Consent, ConsentForm, ConsentVersion
from holdspace.consents.queries import TELEHEALTH
from holdspace.kit.actor import Actor, Member, System
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.practices.models import Practice

LONGEST = 50_000


def ensure_default_form(practice: Practice, at: datetime) -> ConsentVersion:
    """The practice's telehealth form as it stands now; the one we ship, published, if it has none."""
    found = ConsentVersion.objects.filter(practice=practice, form__purpose=TELEHEALTH, language="en")
    newest: ConsentVersion | None = found.select_related("form").order_by("-number").first()
    if newest:
        return newest
    with transaction.atomic():
        words = {"text": texts.TEXT, "script": texts.SCRIPT, "disclosure": texts.DISCLOSURE}
        return _publish(_form(practice), words, "en", False, System(practice.pk), at)


def publish_version(
    *,
    form: ConsentForm,
    text: str,
    script: str,
    disclosure: str,
    actor: Actor,
    at: datetime,
    asks_anew: bool = False,
    language: str = "en",
) -> ConsentVersion:
    """The form's next version, from now on the one that is asked about.

    With `asks_anew` earlier answers stop standing and forms that wait are called in: they have
    to be sent again.  Otherwise what was agreed and what was sent stay good.
    """
    if isinstance(actor, Member) and not actor.may("change_forms"):
        raise refusals.NotAllowedToPublish
    words = {"text": text.strip(), "script": script.strip(), "disclosure": disclosure.strip()}
    if not all(words.values()):
        raise refusals.FormIncomplete
    if max(map(len, words.values())) > LONGEST:
        raise refusals.TooLong
    with transaction.atomic():
        # Two who publish at once: the second waits for the number.
        held = ConsentForm.objects.select_for_update().get(pk=form.pk)
        version = _publish(held, words, language, asks_anew, actor, at)
        if asks_anew:
            _call_in(held, language, actor, at)
    return version


def _form(practice: Practice) -> ConsentForm:
    said = {"title": texts.TITLE}
    return ConsentForm.objects.get_or_create(practice=practice, purpose=TELEHEALTH, defaults=said)[0]


def _publish(
    form: ConsentForm, words: dict[str, str], language: str, asks_anew: bool, actor: Actor, at: datetime
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


def _call_in(form: ConsentForm, language: str, actor: Actor, at: datetime) -> None:
    waiting = Consent.objects.filter(version__form=form, version__language=language, status__in=OPEN)
    for consent in waiting.select_for_update(of=("self",)):
        consent.move_to(Consent.Status.SUPERSEDED)
        tell(consent, "superseded", actor, at)
