"""A client's addresses: kept in the order they were given, one of them the usual one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from holdspace.audit import trail
from holdspace.clients import refusals
from holdspace.clients.models import Address, Client
from holdspace.kit.actor import Actor

LONGEST_LABEL, LONGEST_LINES = 40, 300
MOST = 20


def add_address(
    *, client: Client, label: str, lines: str, state: str, usual: bool, actor: Actor, at: datetime
) -> Address:
    """One more address; the first is the usual one.  Refuses an empty one."""
    made = Address(client=client, practice_id=client.practice_id)
    _fill(made, label, lines, state)
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=client.pk)
        kept = Address.objects.filter(client=client)
        if kept.count() >= MOST:
            raise refusals.TooMany
        made.position = (kept.aggregate(last=Max("position"))["last"] or 0) + 1
        made.usual = _sole_usual(made, wanted=usual or not kept.exists())
        made.save()
        trail.record(actor, "clients.address.added", client, at=at, address=made.pk, **_plain(made))
    return made


def change_address(
    *, address: Address, label: str, lines: str, state: str, usual: bool, actor: Actor, at: datetime
) -> None:
    """Correct an address; what is already so leaves no entry.

    The usual one stays so until another takes its place.
    """
    before, sealed = _plain(address), address.lines
    _fill(address, label, lines, state)
    fields = ["lines"] if address.lines != sealed else []
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=address.client_id)
        address.usual = _sole_usual(address, wanted=usual or address.usual)
        after = _plain(address)
        changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if not changes and not fields:
            return
        address.save()
        detail = {"address": address.pk, "changes": changes, "fields": fields}
        trail.record(actor, "clients.address.changed", address.client, at=at, **detail)


def remove_address(*, address: Address, actor: Actor, at: datetime) -> None:
    """Take an address off the chart; if it was the usual one, the next takes its place."""
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=address.client_id)
        gone = address.pk
        trail.record(actor, "clients.address.removed", address.client, at=at, address=gone, **_plain(address))
        address.delete()
        heir = Address.objects.filter(client=address.client_id).first() if address.usual else None
        if heir:
            heir.usual = True
            heir.save(update_fields=["usual"])


def _sole_usual(address: Address, *, wanted: bool) -> bool:
    if wanted:
        Address.objects.filter(client=address.client_id, usual=True).exclude(pk=address.pk).update(
            usual=False
        )
    return wanted


def _fill(address: Address, label: str, lines: str, state: str) -> None:
    address.label, address.state = label.strip(), state
    address.lines = "\n".join(line.strip() for line in lines.splitlines() if line.strip())
    if not address.lines or not address.label:
        raise refusals.AddressMissing
    if len(address.label) > LONGEST_LABEL or len(address.lines) > LONGEST_LINES:
        raise refusals.TextTooLong


def _plain(address: Address) -> dict[str, str | bool]:
    return {"label": address.label, "state": address.state, "usual": address.usual}
