"""Getting in from a portal account: who they are was asked when they signed in."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import PortalAccount, Tie
from holdspace.kit.actor import Holder
from holdspace.live import bus
from holdspace.scheduling import links, refusals
from holdspace.scheduling.actions.links import let_in
from holdspace.scheduling.models import Came, Seat, VisitRow

ACCOUNT = "account"


def enter(
    *, seat: Seat, actor: Holder, at: datetime, devices_tried_at: datetime | None = None
) -> tuple[VisitRow, str]:
    """A visit to this seat and its cookie's value, without another question; refuses once it is over.

    `devices_tried_at` is what this browser remembers of camera and sound, as in `links.identify`.
    """
    with transaction.atomic():
        held = Seat.objects.visible_to(actor).select_for_update(of=("self",))
        mine = held.select_related("practice", "appointment", "client").get(pk=seat.pk)
        if at >= links.works_until(mine):
            raise refusals.AppointmentOver
        came, by = _came(mine, actor), {"account": actor.account_id}
        return let_in(mine, ACCOUNT, at, devices=devices_tried_at, came=came, **by)


def _came(seat: Seat, actor: Holder) -> Came | None:
    """A contact's account says itself who came; a client's own needs no word."""
    whose = PortalAccount.objects.filter(pk=actor.account_id, contact__isnull=False).values("contact")
    ties = Tie.objects.filter(client_id=seat.client_id, contact__in=whose)
    mine = ties.select_related("contact").first()
    return Came(mine.contact.name, mine.relation, str(mine.contact_id)) if mine else None


def end_visit(*, visit: VisitRow, at: datetime) -> None:
    """Signing out of the account ends the visit that began from it, in that browser."""
    with transaction.atomic():
        mine = VisitRow.objects.filter(pk=visit.pk, ended_at=None, identity_how=ACCOUNT)
        if mine.update(ended_at=at):
            trail.record(visit.as_actor(), "scheduling.visit.ended", visit.seat, at=at)
            bus.close_sockets(f"visit:{visit.pk}")
