"""A consent is one person's answer to one published version of a form."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Client
from holdspace.consents.models.forms import ConsentVersion
from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        """The consents this actor may know exist: of clients they may see, or their own."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.clinician_id and actor.may("see_own_calendar"):
                return ours.filter(seat__appointment__clinicians=actor.clinician_id)
            case Visit() | Holder():
                return ours.filter(client_id=actor.client_id)
            case _:
                return self.none()


class Consent(Row, HasStatus):
    """One person's answer to one version, by word of mouth or signed."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Sent")
        OPENED = "opened", _("Opened")
        ACCEPTED = "accepted", _("Accepted")
        SIGNED = "signed", _("Signed")
        DECLINED = "declined", _("Declined")
        RECORDED = "recorded", _("Agreed by word of mouth")
        REFUSED = "refused", _("Refused by word of mouth")
        SUPERSEDED = "superseded", _("Replaced")
        REVOKED = "revoked", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        CORRECTED = "corrected", _("Corrected")

    _OPEN: ClassVar[set[str]] = {Status.DECLINED, Status.SUPERSEDED, Status.EXPIRED}
    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.REQUESTED: {Status.OPENED} | _OPEN,
        Status.OPENED: {Status.ACCEPTED} | _OPEN,
        Status.ACCEPTED: {Status.SIGNED} | _OPEN,
        Status.SIGNED: {Status.REVOKED, Status.EXPIRED},
        Status.RECORDED: {Status.REVOKED, Status.EXPIRED, Status.CORRECTED},
        Status.DECLINED: set(),
        Status.REFUSED: {Status.CORRECTED},
        Status.SUPERSEDED: set(),
        Status.REVOKED: set(),
        Status.EXPIRED: {Status.CORRECTED},
        Status.CORRECTED: set(),
    }

    class Way(models.TextChoices):
        VERBAL = "verbal", _("By word of mouth")
        DIGITAL = "digital", _("Signed")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="consents")
    version = models.ForeignKey(ConsentVersion, on_delete=models.PROTECT, related_name="consents")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="consents")
    way = models.CharField(max_length=8, choices=Way)
    status = models.CharField(max_length=12, choices=Status)
    # Who recorded it or sent the form: a membership and the name and license as they stood then.
    taken_by = models.UUIDField(null=True)
    taken_by_name = models.CharField(max_length=120, blank=True)
    license_number = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64)
    # JSON, sealed: who gave it, ticks, location, who else was there; for a signature the mark,
    # the act of intent, how the person was identified, address and user agent.
    details = EncryptedTextField()
    reason = EncryptedTextField()
    # The rendered document as the client saw and signed it (sealed, base64) and its SHA-256.
    document = EncryptedTextField()
    document_digest = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    # When the answer was given: recorded, refused, signed or declined.
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    # Good for its own seat only: a consent that is asked for anew every session.
    one_session = models.BooleanField(default=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["client", "status"]),
            models.Index(fields=["seat", "status"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(status__in=["requested", "opened", "accepted"]),
                name="one_open_request_a_seat",
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether the form still waits for the client's answer."""
        return self.status in OPEN

    @property
    def is_yes(self) -> bool:
        return self.status in YES

    @property
    def is_correctable(self) -> bool:
        """Whether it is a spoken answer that nothing has ended but time."""
        return self.way == self.Way.VERBAL and S.CORRECTED in self.MOVES[self.status]

    @property
    def is_no(self) -> bool:
        return self.status in NO

    @property
    def facts(self) -> dict[str, Any]:
        """The sealed details: who gave it, ticks, place, mark, how the person was identified."""
        return dict(json.loads(self.details)) if self.details else {}

    @property
    def topics(self) -> list[str]:
        return [f"seat:{self.seat_id}", f"practice:{self.practice_id}"]


S = Consent.Status
OPEN = frozenset({S.REQUESTED, S.OPENED, S.ACCEPTED})
YES = frozenset({S.SIGNED, S.RECORDED})
NO = frozenset({S.DECLINED, S.REFUSED, S.REVOKED})
