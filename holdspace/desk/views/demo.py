"""The Demo phone: what clients would have got, in a database where nothing ever leaves."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from holdspace.clients import phones
from holdspace.clients.models import Client
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.web import wants_fragment
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.refusals import WHY
from holdspace.practices.queries import is_demo

SHOWN = 60
LINK = re.compile(r"(https?://[^\s<>\"]+)")


@dataclass(frozen=True)
class Link:
    """An address in a text; its letters may break anywhere, so that a phone shows all of it."""

    whole: str

    @property
    def breakable(self) -> SafeString:
        pieces = [(self.whole[n : n + 8],) for n in range(0, len(self.whole), 8)]
        return format_html_join(mark_safe("<wbr>"), "{}", pieces)


@dataclass(frozen=True)
class Received:
    """A message as whoever it was for would see it."""

    message: Message
    client: Client | None

    @property
    def is_text(self) -> bool:
        return self.message.channel == Channel.SMS

    @property
    def to(self) -> str:
        return phones.shown(self.message.to) if self.is_text else self.message.to

    @property
    def zone(self) -> str:
        return self.client.time_zone if self.client else self.message.practice.time_zone

    @property
    def parts(self) -> list[tuple[bool, str | Link]]:
        """The text in pieces; True for those that are links."""
        pieces = enumerate(LINK.split(self.message.body))
        return [(n % 2 == 1, Link(piece) if n % 2 else piece) for n, piece in pieces if piece]

    @property
    def why(self) -> str:
        return str(WHY.get(self.message.trouble, ""))


@require_GET
@desk()
def phone(request: DeskRequest) -> HttpResponse:
    """Every text and e-mail, newest first, of one client or of all; only where the database is a demo."""
    if not is_demo():
        raise Http404
    chosen = _chosen(request.GET.get("client", ""))
    facts = {"received": _received(request, chosen), "chosen": chosen, "clients": _clients(request)}
    part = "#phone" if wants_fragment(request) else ""
    return render(request, f"desk/demo_phone.html{part}", facts)


@require_GET
@desk()
def file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The file that came with an e-mail, as the client would open it."""
    found = Message.objects.visible_to(request.actor).filter(pk=pk).first() if is_demo() else None
    along = found.attachment if found else None
    if along is None:
        raise Http404
    said = {"Content-Disposition": f'attachment; filename="{along.name}"'}
    kind = f"{along.kind}; charset=utf-8" if along.is_text else along.kind
    return HttpResponse(along.body, content_type=kind, headers=said)


def _received(request: DeskRequest, client: UUID | None) -> list[Received]:
    mine = Message.objects.visible_to(request.actor).select_related("practice").order_by("-queued_at", "-pk")
    found = list((mine.filter(client_id=client) if client else mine)[:SHOWN])
    people = Client.objects.visible_to(request.actor).in_bulk({m.client_id for m in found if m.client_id})
    return [Received(message, people.get(message.client_id)) for message in found]


def _clients(request: DeskRequest) -> list[Client]:
    """Those who were sent something, by name."""
    sent = Message.objects.visible_to(request.actor).exclude(client_id=None)
    theirs = Client.objects.visible_to(request.actor).filter(pk__in=sent.values("client_id"))
    return list(theirs.order_by("first_name", "last_name"))


def _chosen(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
