"""Sending a lost link again: looked up and sent outside the request, so that the answer is neutral."""

from datetime import datetime

from django.core.cache import cache

from holdspace.jobs import task
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.kit.crypto import keys
from holdspace.practices.models import Practice
from holdspace.scheduling import links
from holdspace.telehealth.actions.sending import resend

AN_HOUR, THREE = 3600, 3


def resend_link(practice: Practice, said: str, *, at: datetime) -> None:
    """Queue the look-up; three an hour for the same number or address.  Says nothing either way."""
    counter = "resend:" + keys.index.text(f"{practice.pk}:{said}".encode())
    cache.add(counter, 0, AN_HOUR)
    if cache.incr(counter) <= THREE:
        # What was typed travels sealed: a job's arguments stand in the database.
        look_up.enqueue(str(practice.pk), keys.seal(said.encode(), f"resend.{practice.pk}"))


@task()
def look_up(practice_id: str, sealed: str) -> None:
    practice = Practice.objects.get(pk=practice_id)
    seat = links.reachable(practice, keys.open(sealed, f"resend.{practice.pk}").decode(), at=now())
    if seat:
        resend(seat=seat, actor=System(practice.pk), at=now())
