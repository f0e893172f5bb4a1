"""Sending a lost link again: looked up and sent outside the request, so that the answer is neutral."""

from datetime import datetime

from holdspace.jobs import task
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.kit.crypto import keys
from holdspace.portal.limits import within
from holdspace.practices.models import Practice
from holdspace.telehealth.actions.sending import resend
from holdspace.telehealth.lost import meant_by

AN_HOUR, FOR_ONE, FROM_ONE = 3600, 3, 10


def resend_link(practice: Practice, said: str, *, by: str, at: datetime) -> None:
    """Queue the look-up: three an hour for the same number or address, ten from the same caller.

    Says nothing either way.
    """
    # Both are counted, whatever the first says: who asks too often learns nothing by it.
    allowed = [
        within("resend", f"{practice.pk}:{said}", most=FOR_ONE, seconds=AN_HOUR),
        within("resend-by", by, most=FROM_ONE, seconds=AN_HOUR),
    ]
    if all(allowed):
        # What was typed travels sealed: a job's arguments stand in the database.
        look_up.enqueue(str(practice.pk), keys.seal(said.encode(), f"resend.{practice.pk}"))


@task()
def look_up(practice_id: str, sealed: str) -> None:
    """Send the link that is meant: to the first of those it may go to who may be written to."""
    practice, at = Practice.objects.get(pk=practice_id), now()
    meant = meant_by(practice, keys.open(sealed, f"resend.{practice.pk}").decode(), at=at)
    if meant is None:
        return
    for guardian in meant.to:
        if resend(seat=meant.seat, guardian=guardian, actor=System(practice.pk), at=at):
            return
