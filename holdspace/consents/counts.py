"""How many a change of a form concerns, and how often each version was answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Count, Q, QuerySet

from holdspace.consents.models import OPEN, YES, Consent, ConsentForm, ConsentVersion


@dataclass(frozen=True)
class Concerned:
    """Clients whose yes would stop standing, and those who have the form before them."""

    agreed: int
    waiting: int


def concerned(form: ConsentForm, *, at: datetime, language: str = "") -> Concerned:
    """Whom it touches if this form, or one language of it, asks anew or is no longer asked."""
    ours = Consent.objects.filter(version__form=form)
    if language:
        ours = ours.filter(version__language=language)
    good = ours.filter(status__in=YES).filter(Q(expires_at=None) | Q(expires_at__gt=at))
    agreed = good.aggregate(n=Count("client", distinct=True))["n"]
    return Concerned(agreed, ours.filter(status__in=OPEN).count())


def versions(form: ConsentForm) -> QuerySet[ConsentVersion]:
    """Every version of a form, newest first in each language, with how often it was answered."""
    answered = Count("consents", filter=Q(consents__answered_at__isnull=False))
    found = ConsentVersion.objects.filter(form=form).select_related("retirement")
    return cast("QuerySet[ConsentVersion]", found.annotate(answers=answered).order_by("language", "-number"))


def current(found: list[ConsentVersion]) -> set[ConsentVersion]:
    """Of versions in that order, those that are asked now: the first of each language that isn't retired."""
    newest: dict[str, ConsentVersion] = {}
    for version in found:
        if not hasattr(version, "retirement"):
            newest.setdefault(version.language, version)
    return set(newest.values())
