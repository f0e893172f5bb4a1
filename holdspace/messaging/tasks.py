"""Carries messages: at most once for as long as nobody asks again, and honest where it doesn't know.

queued -> sending -> the carrier -> sent.  The move to *sending* is committed before the carrier is
called and no transaction is open while it is: whoever finds a message *sending* that nobody is
sending any more knows only that it may have gone.
"""

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from holdspace.jobs import every, task
from holdspace.kit import clock
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.live import bus
from holdspace.messaging import carriers, queries
from holdspace.messaging.carriers import Carrier, TryAgainLater, WillNeverArrive
from holdspace.messaging.models import Bell, Channel, Message

log = logging.getLogger("holdspace.messaging")
S = Message.Status
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(minutes=15)
KEEP_TRYING = timedelta(days=1)
# Longer than any carrier may take: a message *sending* for longer has nobody who sends it.
IN_FLIGHT = timedelta(seconds=60)
KEEP_BODIES = timedelta(days=30)


@task(unique=True)
def deliver(message_id: str) -> None:
    """Hand one message to its carrier, unless that was done or tried.  May run any number of times."""
    message = Message.objects.filter(pk=message_id).first()
    if message and message.status == S.QUEUED:
        _carry(message, at=clock.now())
    elif message and message.status == S.SENDING:
        _look_after(message, at=clock.now())


def _carry(message: Message, *, at: datetime) -> None:
    if message.channel == Channel.SMS and queries.is_opted_out(message.practice_id, message.to):
        return fail(message, "opted_out", at=at)
    name, carrier = carriers.for_channel(message.channel)
    try:
        message.move_to(S.SENDING, sending_at=at, carrier=name, tries=message.tries + 1, trouble="")
    except MoveNotAllowed:
        return None  # another worker was quicker
    changed(message)
    return _hand_over(message, name, carrier)


def _hand_over(message: Message, name: str, carrier: Carrier) -> None:
    text: dict[str, Any] = {"to": message.to, "body": message.body, "subject": message.subject}
    if message.attachment:
        text["attachment"] = message.attachment
    try:
        reference = carrier.send(ref=str(message.pk), **text)
    except TryAgainLater as later:
        put_back(message, later.why, at=clock.now())
    except WillNeverArrive as never:
        fail(message, never.why, at=clock.now())
    except Exception as lost:
        # What it says may quote the text: its name is enough.
        log.warning("message.unknown id=%s carrier=%s error=%s", message.pk, name, type(lost).__name__)
        _not_known(message)
    else:
        _taken(message, reference, delivered=carrier.delivers_at_once, at=clock.now())


def _taken(message: Message, reference: str, *, delivered: bool, at: datetime) -> None:
    """The carrier has it.  Its report may have been quicker than its answer, so only move forward."""
    Message.objects.filter(pk=message.pk).update(reference=reference)
    message.refresh_from_db(fields=["status"])
    if message.status in {S.SENDING, S.UNKNOWN}:
        message.move_to(S.SENT, sent_at=at, trouble="")
    if delivered and message.status == S.SENT:
        message.move_to(S.DELIVERED, delivered_at=at)
    changed(message)


def put_back(
    message: Message, why: str, *, at: datetime, jitter: Callable[[], float] = random.random
) -> None:
    """Keep it for another try, each later than the last; after a whole day give it up."""
    if at - message.queued_at >= KEEP_TRYING:
        return fail(message, "gave_up", at=at)
    with transaction.atomic():
        message.move_to(S.QUEUED, trouble=why)
        deliver.using(run_after=at + backoff(message.tries, jitter)).enqueue(str(message.pk))
        changed(message)
    return None


def backoff(tries: int, jitter: Callable[[], float] = random.random) -> timedelta:
    """Five seconds, then twice as long each time, up to a quarter of an hour; spread by half either way."""
    doubled: timedelta = FIRST_DELAY * 2 ** min(tries - 1, 20)
    return min(LONGEST_DELAY, doubled) * (0.5 + jitter())


def fail(message: Message, why: str, *, at: datetime) -> None:
    """It won't arrive.  Whoever was to be told finds it under their bell."""
    with transaction.atomic():
        message.move_to(S.FAILED, failed_at=at, trouble=why)
        _tell(message, at=at)
        changed(message)


def _tell(message: Message, *, at: datetime) -> None:
    if message.tell_id is None or message.about_id is None:
        return
    subject = {"subject_type": message.about_type, "subject_id": message.about_id}
    bell = Bell.objects.create(
        practice_id=message.practice_id, user_id=message.tell_id, kind="message_failed", at=at, **subject
    )
    bus.publish("bell.rung", [f"user:{message.tell_id}"], bell=bell.pk)


def _look_after(message: Message, *, at: datetime) -> None:
    """Somebody began to send this.  If they can't be at it any more, say what is known: maybe nothing."""
    began = message.sending_at or message.queued_at
    if at < began + IN_FLIGHT:
        deliver.using(run_after=began + IN_FLIGHT).enqueue(str(message.pk))
    elif carriers.named(message.carrier).surely_not_taken(ref=str(message.pk)):
        put_back(message, "carrier_down", at=at)
    else:
        _not_known(message)


def _not_known(message: Message) -> None:
    """It may have gone or not.  A report may have been quicker and known better."""
    with suppress(MoveNotAllowed):
        message.move_to(S.UNKNOWN, trouble="not_known")
        changed(message)


def changed(message: Message) -> None:
    """Have open pages look at this message again."""
    bus.publish("message.changed", message.topics, message=message.pk)


@every(seconds=300)
def look_after_the_forgotten() -> None:
    """Messages whose job was given up: queued ones get a new one, those being sent are looked after."""
    at = clock.now()
    for pk in _forgotten(at):
        deliver.enqueue(str(pk))


def _forgotten(at: datetime) -> list[UUID]:
    """Neither tried nor looked after for longer than the longest pause between two tries."""
    # Each try writes `sending_at`, so a message that is being retried is never this old.
    late = at - 2 * LONGEST_DELAY
    open_ = Message.objects.filter(status__in=[S.QUEUED, S.SENDING], queued_at__lt=late)
    return list(open_.exclude(sending_at__gte=late).values_list("pk", flat=True)[:500])


@every(seconds=3600)
def wipe_old_bodies() -> None:
    """Forget what was said a month ago; that something was sent, when, and what became of it stays."""
    at = clock.now()
    old = Message.objects.filter(queued_at__lt=at - KEEP_BODIES, wiped_at=None)
    old.update(subject="", body="", file="", wiped_at=at)
