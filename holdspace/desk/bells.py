"""What a bell says and where it leads: its row has a kind and a subject, the words are here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Client
from holdspace.consents.models import Consent
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.messaging.models import Bell, Message
from holdspace.scheduling.models import Seat
from holdspace.telehealth.models import Participant


@dataclass(frozen=True)
class Kind:
    """How one kind of bell looks: `says` may name the client, `leads` is the page of their seat or chart."""

    says: str | Promise
    icon: str
    leads: str
    verb: str | Promise
    tone: str = ""


OPEN_SESSION = _("Open the session")
KINDS = {
    "consent_signed": Kind(
        _("%(client)s agreed and signed"), "signature", "send_link", OPEN_SESSION, "is-ok"
    ),
    "consent_accepted": Kind(_("%(client)s agreed"), "signature", "send_link", OPEN_SESSION, "is-ok"),
    "consent_declined": Kind(
        _("%(client)s declined the consent form"), "hand-stop", "start", _("See what now"), "is-stop"
    ),
    "consent_revoked": Kind(
        _("%(client)s withdrew their consent"), "hand-stop", "start", _("See what now"), "is-stop"
    ),
    "waiting": Kind(
        _("%(client)s is waiting"), "hourglass", "appointment", _("Open the appointment"), "is-wait"
    ),
    "link_revoked": Kind(
        _("%(client)s was locked out of their link"), "lock", "start", _("Unlock it"), "is-stop"
    ),
    "message_failed": Kind(
        _("A message to %(client)s was not delivered"),
        "message-x",
        "appointment",
        _("See what now"),
        "is-stop",
    ),
    "details_changed": Kind(
        _("%(client)s changed how to reach them"), "device-mobile", "client", _("Open the chart")
    ),
    "details_asked": Kind(
        _("%(client)s asked to be reached otherwise"),
        "device-mobile",
        "client",
        _("Open the chart"),
        "is-wait",
    ),
    "portal_locked": Kind(
        _("The invitation of %(client)s was locked"), "lock", "client_portal", _("Invite again"), "is-stop"
    ),
    "reply_confirmed": Kind(
        _("%(client)s confirmed"), "calendar-check", "appointment", _("Open the appointment"), "is-ok"
    ),
}
OF_CHARTS = {"client", "client_portal"}
OTHER = Kind(_("News about %(client)s"), "bell", "appointment", _("Open"))


@dataclass(frozen=True)
class Line:
    """One bell as a page shows it."""

    pk: UUID
    says: str
    detail: str
    icon: str
    tone: str
    verb: str | Promise
    at: datetime
    is_new: bool


def lines(actor: Member, bells: Iterable[Bell]) -> list[Line]:
    """The bells in words; a subject that may not be seen any more stays unnamed."""
    rung = list(bells)
    seats, clients = seats_of(actor, rung), clients_of(actor, rung)
    return [_line(bell, seats.get(bell.subject_id), clients.get(bell.subject_id)) for bell in rung]


def _line(bell: Bell, seat: Seat | None, client: Client | None) -> Line:
    kind = KINDS.get(bell.kind, OTHER)
    whom = seat.client if seat else client
    return Line(
        pk=bell.pk,
        says=str(kind.says) % {"client": whom.short_name if whom else said("a client")},
        detail=_when(seat),
        icon=kind.icon,
        tone=kind.tone,
        verb=kind.verb,
        at=bell.at,
        is_new=bell.read_at is None,
    )


def _when(seat: Seat | None) -> str:
    if seat is None:
        return ""
    wall = zones.wall_of(seat.appointment.starts_at, seat.appointment.time_zone)
    return f"{wall:%a, %b} {wall.day}, {wall.hour % 12 or 12}:{wall:%M %p}"


def address(actor: Member, bell: Bell) -> str:
    """Where selecting this bell leads, for this person; the list itself where its subject is gone."""
    leads = KINDS.get(bell.kind, OTHER).leads
    seat = seats_of(actor, [bell]).get(bell.subject_id)
    if seat:
        return reverse(f"desk:{leads}", args=[seat.pk])
    client = clients_of(actor, [bell]).get(bell.subject_id)
    if client:
        return reverse(f"desk:{leads if leads in OF_CHARTS else 'client'}", args=[client.pk])
    return reverse("desk:bells")


def clients_of(actor: Member, bells: Iterable[Bell]) -> dict[UUID, Client]:
    """The clients whom bells about a chart, or about a message, are about, as far as they may be seen."""
    kinds = {bell.subject_id: bell.subject_type for bell in bells}
    about = {pk: pk for pk, label in kinds.items() if label == Client._meta.label_lower}
    about |= _lead(
        Message, "client_id", [pk for pk, label in kinds.items() if label == Message._meta.label_lower]
    )
    visible = Client.objects.visible_to(actor).in_bulk(set(about.values())) if about else {}
    return {subject: visible[client] for subject, client in about.items() if client in visible}


def seats_of(actor: Member, bells: Iterable[Bell]) -> dict[UUID, Seat]:
    """The seat that each bell's subject belongs to, as far as this person may see it."""
    leads = {bell.subject_id: bell.subject_type for bell in bells}
    at_seat = {pk: pk for pk, label in leads.items() if label == Seat._meta.label_lower}
    for model, field in ((Consent, "seat_id"), (Participant, "seat_id"), (Message, "about_id")):
        at_seat |= _lead(
            model, field, [pk for pk, label in leads.items() if label == model._meta.label_lower]
        )
    visible = (
        Seat.objects.visible_to(actor).select_related("client", "appointment").in_bulk(set(at_seat.values()))
    )
    return {subject: visible[seat] for subject, seat in at_seat.items() if seat in visible}


def _lead(model: Any, field: str, pks: list[UUID]) -> dict[UUID, UUID]:
    found = model.objects.filter(pk__in=pks).values_list("pk", field) if pks else []
    return {pk: seat for pk, seat in found if seat}
