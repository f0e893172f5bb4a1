"""A session is the telehealth side of one appointment; a participant is one person's place in it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor, Guest, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.models import Appointment, ContactType, Seat
from holdspace.scheduling.models.seats import NOT_HELD


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> SessionQuerySet:
        """Sessions belong to the appointment's clinicians and to whoever holds a seat in it."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("hold_sessions") and actor.clinician_id:
                return ours.filter(appointment__clinicians=actor.clinician_id)
            case Visit():
                return ours.filter(appointment__seats=actor.seat_id)
            case Guest():
                return ours.filter(pk=actor.session_id)
            case _:
                return self.none()


class Session(Row, HasStatus):
    """One opening of a room for one appointment."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        LIVE = "live", _("Live")
        ENDED = "ended", _("Ended")

    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.OPEN: {Status.LIVE, Status.ENDED},
        Status.LIVE: {Status.ENDED},
        Status.ENDED: set(),
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="sessions")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="sessions")
    engine = models.CharField(max_length=20, default="p2p")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # "clinician" or "system" (left empty).
    ended_by = models.CharField(max_length=12, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=~models.Q(status="ended"),
                name="one_open_session_an_appointment",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.ENDED

    @property
    def topics(self) -> list[str]:
        return [f"session:{self.pk}", f"practice:{self.practice_id}"]

    def now_live(self, *, at: datetime) -> None:
        """Live from the first admission on; a later one changes nothing."""
        if self.status == self.Status.OPEN:
            self.move_to(self.Status.LIVE, live_at=at)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        """Those who hold that session; a guest sees their own."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("hold_sessions") and actor.clinician_id:
                return ours.filter(session__appointment__clinicians=actor.clinician_id)
            case Guest():
                return ours.filter(pk=actor.invitation_id)
            case _:
                return self.none()


class Invitation(Row):
    """A guest's right to arrive in one session, as long as that is open and nobody takes it back.

    Neither the link's secret nor the browser's cookie is kept: a fingerprint of each.
    """

    class As(models.TextChoices):
        RELATIVE = "relative", _("Family or friend")
        INTERPRETER = "interpreter", _("Interpreter")
        HELPER = "helper", _("Helper")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="invitations")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitations")
    name = EncryptedTextField()
    comes_as = models.CharField(max_length=12, choices=As)
    fingerprint = models.CharField(max_length=64, unique=True)
    # Of the browser that went in last; another one takes the place over.
    browser = models.CharField(max_length=64, blank=True, db_index=True)
    by_id = models.UUIDField()
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at"]

    @property
    def is_good(self) -> bool:
        """Whether it still lets somebody arrive."""
        return self.taken_back_at is None and self.session.is_open

    def as_actor(self) -> Guest:
        return Guest(invitation_id=self.pk, session_id=self.session_id, practice_id=self.practice_id)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, actor: Actor) -> ParticipantQuerySet:
        """Participants of the sessions one may know; a visit sees only its own place.

        The front desk sees who waits, which is shown by seats and never by this row.
        """
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("hold_sessions") and actor.clinician_id:
                return ours.filter(session__appointment__clinicians=actor.clinician_id)
            case Visit():
                return ours.filter(seat_id=actor.seat_id)
            case Guest():
                return ours.filter(invitation_id=actor.invitation_id)
            case _:
                return self.none()

    def who_wait(self) -> ParticipantQuerySet:
        """Clients who can still be let in: nobody waits for a meeting that became a phone call or is off."""
        waiting = self.filter(status=Participant.Status.WAITING, seat__isnull=False)
        waiting = waiting.exclude(session__status=Session.Status.ENDED)
        by_video = waiting.filter(session__appointment__contact_type=ContactType.TELEHEALTH)
        return by_video.exclude(seat__status__in=NOT_HELD)


class Participant(Row, HasStatus):
    """One person's place in one session, with a role."""

    class Role(models.TextChoices):
        CLINICIAN = "clinician", _("Clinician")
        CLIENT = "client", _("Client")
        GUEST = "guest", _("Guest")

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        WAITING = "waiting", _("Waiting")
        ADMITTED = "admitted", _("In the room")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left")
        REMOVED = "removed", _("Removed")

    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.EXPECTED: {Status.WAITING, Status.ADMITTED},
        Status.WAITING: {Status.ADMITTED, Status.DECLINED, Status.LEFT},
        Status.ADMITTED: {Status.WAITING, Status.LEFT, Status.REMOVED},
        Status.DECLINED: {Status.WAITING},
        Status.LEFT: {Status.WAITING, Status.ADMITTED},
        # By the clinician only.
        Status.REMOVED: {Status.WAITING},
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="participants")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=10, choices=Role)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="participants")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True, related_name="participants")
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, null=True, related_name="participant"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.EXPECTED)
    waiting_since = models.DateTimeField(null=True)
    admitted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    # The page's own sign of life, every 20 seconds; ten minutes without one is leaving.
    seen_at = models.DateTimeField(null=True)
    # A one-tap reply of the clinician to somebody waiting ("soon", "five_minutes"...).
    told = models.CharField(max_length=20, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "seat"], name="one_place_a_seat"),
            models.UniqueConstraint(fields=["session", "clinician"], name="one_place_a_clinician"),
        ]

    @property
    def topics(self) -> list[str]:
        """Who hears of a change here: the room, the practice's pages, the client's own seat or the guest."""
        own = [f"seat:{self.seat_id}"] if self.seat_id else []
        guest = [f"visit:{self.invitation_id}"] if self.invitation_id else []
        return [f"session:{self.session_id}", f"practice:{self.practice_id}", *own, *guest]

    @property
    def name(self) -> str:
        """What they are called in the room, as the clinician reads it."""
        if self.clinician:
            return self.clinician.name
        if self.invitation:
            return str(self.invitation.name)
        return str(self.seat.client.short_name) if self.seat else ""

    def name_for(self, other: Participant) -> str:
        """The same for one of them: of a client only the clinician reads more than what they are called."""
        if self.seat and other.role != self.Role.CLINICIAN:
            return str(self.seat.client.greeting)
        return self.name


class Presence(Row):
    """From when to when somebody was in the room: [from_at, to_at); open while `to_at` is null."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="presences")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="presences")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)


class LicenseReasonQuerySet(models.QuerySet["LicenseReason"]):
    def visible_to(self, actor: Actor) -> LicenseReasonQuerySet:
        """Those who hold the sessions of that appointment."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("hold_sessions") and actor.clinician_id:
                return ours.filter(seat__appointment__clinicians=actor.clinician_id)
            case _:
                return self.none()


class LicenseReason(Row):
    """Why a clinician meets a client who is where no license reaches: written before they do."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="license_reasons")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="license_reasons")
    # Good for this state only: whoever goes on elsewhere has another reason.
    state = models.CharField(max_length=2)
    standing = models.CharField(max_length=8)
    reason = EncryptedTextField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = LicenseReasonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]


class ServiceTest(Row):
    """One run of *Test the service*: what was tried and the verdict, as our own words."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="service_tests")
    membership_id = models.UUIDField()
    at = models.DateTimeField()
    verdict = models.CharField(max_length=24)
    parts = models.JSONField(default=dict)
