"""What a carrier says became of a text.  Reports come late, twice and out of order: only forward."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from holdspace.kit.refusals import MoveNotAllowed
from holdspace.messaging import tasks
from holdspace.messaging.models import Message

S = Message.Status
FORWARD = {S.SENT, S.DELIVERED, S.FAILED}
# From where a report of `sent` or `delivered` first means that the carrier took it.
NOT_YET_SENT = {S.SENDING, S.UNKNOWN}


def report(
    *, status: str, at: datetime, reference: str = "", message_id: UUID | None = None, trouble: str = ""
) -> Message | None:
    """Move the message on as its carrier reports; None where there is none, nothing where it is older news.

    Found by our own id where the callback brought it (a report can be quicker than the
    carrier's answer to us), else by the carrier's reference.
    """
    message = _found(reference, message_id)
    if message is None or status not in FORWARD:
        return message
    # Older news, or somebody was quicker with the same.
    with suppress(MoveNotAllowed):
        _move(message, S(status), reference=reference, trouble=trouble, at=at)
    return message


def _found(reference: str, message_id: UUID | None) -> Message | None:
    if message_id:
        return Message.objects.filter(pk=message_id).first()
    return Message.objects.filter(reference=reference).first() if reference else None


def _move(message: Message, status: S, *, reference: str, trouble: str, at: datetime) -> None:
    if status == S.FAILED:
        return tasks.fail(message, trouble or "refused", at=at)
    if message.status in NOT_YET_SENT:
        message.move_to(S.SENT, sent_at=at, trouble="", reference=reference or message.reference)
    if status == S.DELIVERED:
        message.move_to(S.DELIVERED, delivered_at=at)
    tasks.changed(message)
    return None
