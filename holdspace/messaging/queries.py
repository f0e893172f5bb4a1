"""Questions about what was sent and to whom a text may go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Sum

from holdspace.kit.fields import keyed_index
from holdspace.messaging import carriers
from holdspace.messaging.models import Channel, Message, OptOut


class Textable(Protocol):
    """A client, as far as this room may know one."""

    phone: str

    @property
    def practice_id(self) -> UUID: ...
    @property
    def may_text(self) -> bool: ...


def number_index(number: str) -> str:
    """The code under which a number in E.164 is found again; clients keep the same one."""
    return keyed_index("phone", number)


def is_opted_out(practice_id: UUID, number: str) -> bool:
    """Whether this number said STOP, whoever has it on file."""
    return OptOut.objects.filter(practice_id=practice_id, number_index=number_index(number)).exists()


def may_text(client: Textable) -> bool:
    """Whether a text may go to this client: a number, an agreement, and no STOP from that number."""
    return client.may_text and not is_opted_out(client.practice_id, client.phone)


def opted_out_among(practice_id: UUID, numbers: Iterable[str]) -> set[str]:
    """Those of the numbers that said STOP, in one question."""
    by_index = {number_index(number): number for number in numbers if number}
    found = OptOut.objects.filter(practice_id=practice_id, number_index__in=by_index)
    return {by_index[index] for index in found.values_list("number_index", flat=True)}


def sender_of_email() -> str:
    """The address that e-mail comes from; empty where none is set up."""
    options = carriers.options_of(settings.CHANNELS[Channel.EMAIL])
    return parseaddr(str(options.get("sender", "")))[1]


@dataclass(frozen=True)
class Counted:
    """What a practice sent by SMS in a stretch of time."""

    texts: int
    segments: int


def texts_sent(practice_id: UUID, since: datetime, until: datetime) -> Counted:
    """Texts that a carrier took in [since, until), and their segments: what is charged."""
    taken = Message.objects.filter(
        practice_id=practice_id, channel=Channel.SMS, sent_at__gte=since, sent_at__lt=until
    )
    found = taken.aggregate(texts=Count("pk"), segments=Sum("segments"))
    return Counted(found["texts"], found["segments"] or 0)
