"""STOP and START: what a number says holds for the number, whoever has it on file."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import System
from holdspace.messaging import queries
from holdspace.messaging.models import OptOut
from holdspace.practices.models import Practice


def opt_out(practice: Practice, number: str, at: datetime) -> bool:
    """No more texts from this practice to the number; whether that is news (then confirm it, once)."""
    with transaction.atomic():
        index = queries.number_index(number)
        row, new = OptOut.objects.get_or_create(practice=practice, number_index=index, defaults={"since": at})
        if new:
            trail.record(System(practice.pk), "messaging.number.opted_out", row, at=at)
    return new


def opt_in(practice: Practice, number: str, at: datetime) -> bool:
    """The number takes texts again; whether that is news."""
    with transaction.atomic():
        row = OptOut.objects.filter(practice=practice, number_index=queries.number_index(number)).first()
        if row is None:
            return False
        trail.record(System(practice.pk), "messaging.number.opted_in", row, at=at)
        row.delete()
    return True


def stop(number: str, at: datetime) -> bool:
    """The number said STOP to the sender that all practices here share: it holds for all of them."""
    # Every practice, not up to the first that says yes.
    news = [opt_out(practice, number, at) for practice in Practice.objects.order_by("pk")]
    return any(news)


def start(number: str, at: datetime) -> bool:
    """The number takes texts again from every practice here."""
    said_stop = Practice.objects.filter(opt_outs__number_index=queries.number_index(number))
    news = [opt_in(practice, number, at) for practice in said_stop]
    return any(news)
