"""Telling a client: all that is due, one message for each press that caused it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit.actor import System
from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.queries import may_text
from holdspace.scheduling.models import Appointment, Notice, Seat
from holdspace.scheduling.notices.facts import CANCELLED, MOVED, facts_of, news
from holdspace.scheduling.notices.files import CalendarFile, file_for
from holdspace.scheduling.notices.texts import notice_text


def tell_client(*, client_id: UUID, at: datetime) -> list[Message]:
    """Tell this client what is news to them.  Whatever began and was killed, is as if it never began."""
    with transaction.atomic():
        due = _due(client_id, at)
        presses = [list(ones) for _, ones in groupby(due, key=lambda one: one.due_at)]
        sent = [_told_of(ones, at) for ones in presses]
    return [message for message in sent if message]


def _due(client_id: UUID, at: datetime) -> list[Notice]:
    waiting = Notice.objects.filter(seat__client=client_id, due_at__lte=at)
    # The appointments first, in the order in which changing them takes them.
    found = Appointment.objects.filter(seats__notice__in=waiting).order_by("starts_at", "pk")
    list(found.select_for_update(of=("self",)).values_list("pk"))
    due = waiting.select_for_update(of=("self",)).order_by("due_at", "seat__appointment__starts_at")
    related = ("seat__practice", "seat__client", "seat__appointment__occurrence__series")
    return list(due.select_related(*related).prefetch_related("seat__appointment__clinicians"))


def _told_of(ones: Sequence[Notice], at: datetime) -> Message | None:
    """What one press changed.  Those of it that are over or undone wait for nothing any more."""
    Notice.objects.filter(pk__in=[one.pk for one in ones]).update(due_at=None)
    # Session Details of each says that it waits.
    bus.publish("appointment.changed", [f"practice:{ones[0].practice_id}"])
    fresh = [(one, news(one, at)) for one in ones]
    told = [(one, kind) for one, kind in fresh if kind]
    if not told:
        return None
    kinds = {kind for _, kind in told}
    kind = kinds.pop() if len(kinds) == 1 else MOVED
    # What is called off among others that go on needs no line of its own.
    said = [one for one, its in told if its != CANCELLED or kind == CANCELLED]
    return _send([one for one, _ in told], [one.seat for one in said], kind, at)


def _send(told: Sequence[Notice], said: Sequence[Seat], kind: str, at: datetime) -> Message | None:
    first = said[0]
    channel = channel_for(first.client)
    if not channel:
        Notice.objects.filter(pk__in=[one.pk for one in told]).update(why_not=Notice.Why.NO_WAY)
        return None
    text = notice_text(said, kind, channel)
    file = file_for([one.seat for one in told], at=at) if channel == Channel.EMAIL else None
    message = messages.send(
        practice=first.practice,
        channel=channel,
        to=first.client.email if channel == Channel.EMAIL else first.client.phone,
        kind=kind,
        subject=text.subject,
        body=text.body,
        client_id=first.client_id,
        about=first,
        at=at,
        tell=told[0].tell_id,
        attachment=file.attachment if file else None,
    )
    _keep(told, message, file, at)
    system = System(first.practice_id)
    trail.record(system, "scheduling.notice.sent", first, at=at, kind=kind, channel=channel)
    return message


def channel_for(client: Client) -> str:
    """E-mail, which carries the file, unless they want none; else a text, where they agreed; else nothing."""
    if client.may_email:
        return str(Channel.EMAIL)
    return str(Channel.SMS) if may_text(client) else ""


def _keep(told: Sequence[Notice], message: Message, file: CalendarFile | None, at: datetime) -> None:
    """What they know from now on, and what their calendar has."""
    for one in told:
        one.told, one.told_at, one.message, one.why_not = facts_of(one.seat), at, message, ""
        if file:
            one.uid = file.uids.get(one.seat_id, one.uid)
    Notice.objects.bulk_update(told, ["told", "told_at", "message", "why_not", "uid"])
    if file:
        uids = {*file.uids.values(), *(one.uid for one in told)} - {None}
        theirs = Notice.objects.filter(seat__client=told[0].seat.client_id, uid__in=uids)
        theirs.update(sequence=file.sequence)
    announced = [one.seat.appointment_id for one in told]
    Appointment.objects.filter(pk__in=announced, announced=False).update(announced=True)
