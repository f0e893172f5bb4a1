"""What ends by itself: a consent whose time is over, a form that nobody answered."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from holdspace.consents.actions.news import tell
from holdspace.consents.models import OPEN, YES, Consent
from holdspace.kit.actor import System
from holdspace.kit.refusals import MoveNotAllowed

# By then the link to the appointment is over wherever the practice is.
AFTER, AT_ONCE = timedelta(hours=36), 200


def expire(*, at: datetime) -> int:
    """Mark what is over as expired, some hundreds at a time; says how many.

    Nothing waits for this: `queries.standing` reads the time itself.
    """
    over = Q(status__in=YES) & (
        Q(expires_at__lte=at) | Q(one_session=True, seat__appointment__ends_at__lt=at - AFTER)
    )
    unanswered = Q(status__in=OPEN, seat__appointment__ends_at__lt=at - AFTER)
    found = Consent.objects.filter(over | unanswered).select_related("seat").defer("document", "details")
    return sum(_expire(consent, at) for consent in found[:AT_ONCE])


def _expire(consent: Consent, at: datetime) -> bool:
    try:
        with transaction.atomic():
            consent.move_to(Consent.Status.EXPIRED)
            tell(consent, "expired", System(consent.practice_id), at)
    except MoveNotAllowed:
        return False  # answered or taken back this very moment
    return True
