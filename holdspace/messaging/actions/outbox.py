"""Queueing a text: the row and the job that will carry it, in the caller's own transaction."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from holdspace.messaging import segments, tasks
from holdspace.messaging.attachments import Attachment
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.refusals import NoAddress, TextTooLong
from holdspace.practices.models import Practice

# Ten segments; Twilio cuts at 1,600 characters.  An e-mail of ours is never near its bound.
LONGEST = {Channel.SMS: 1530, Channel.EMAIL: 100_000}


def send(
    *,
    practice: Practice,
    channel: str,
    to: str,
    kind: str,
    subject: str,
    body: str,
    client_id: UUID | None,
    about: models.Model | None,
    at: datetime,
    tell: UUID | None = None,
    attachment: Attachment | None = None,
) -> Message:
    """Queue a text; it leaves only if the work that caused it is kept, and then it does leave.

    `tell` is the user who finds a line under their bell if it can't be delivered.
    Whether the client agreed to texts is the caller's question (`queries.may_text`); a STOP
    from the number is asked about again just before it leaves.  Only an e-mail has an attachment.
    """
    if not to:
        raise NoAddress
    if len(body) > LONGEST[Channel(channel)]:
        raise TextTooLong
    message = Message(practice=practice, channel=channel, to=to, kind=kind, subject=subject, body=body)
    message.client_id, message.tell_id, message.queued_at = client_id, tell, at
    message.segments = segments.count(body) if channel == Channel.SMS else 0
    if attachment and channel == Channel.EMAIL:
        message.file, message.file_name, message.file_kind = attachment.text, attachment.name, attachment.kind
    if about is not None:
        message.about_type, message.about_id = about._meta.label_lower, about.pk
    with transaction.atomic():
        message.save(force_insert=True)
        tasks.deliver.enqueue(str(message.pk))  # a row in this transaction, not an on_commit hook
        tasks.changed(message)
    return message
