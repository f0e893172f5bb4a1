"""A seat is one client's place in one appointment: status, link and readiness hang on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Client
from holdspace.kit.actor import NOBODY, Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.practices import places
from holdspace.practices.models import Practice
from holdspace.scheduling.models.appointments import Appointment

# *Where are you?* is about the day: from so long before it begins an older answer is asked for again.
THE_DAY = timedelta(hours=12)
HANDLE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_handle() -> str:
    """The public half of a link: leads to the seat, opens nothing."""
    return get_random_string(10, HANDLE_LETTERS)


class SeatStatus(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    SCHEDULED = "scheduled", _("Scheduled")
    CONFIRMED = "confirmed", _("Confirmed")
    ARRIVED = "arrived", _("Arrived")
    CHECKED_IN = "checked_in", _("Checked-In")
    OCCURRED = "occurred", _("Occurred")
    CANCELLED = "cancelled", _("Cancelled")
    LATE_CANCELLATION = "late_cancellation", _("Late Cancellation")
    NO_SHOW = "no_show", _("No Show")
    RESCHEDULED = "rescheduled", _("Rescheduled")


S = SeatStatus
NOT_HELD = {S.CANCELLED, S.LATE_CANCELLATION, S.NO_SHOW, S.RESCHEDULED}
STARTABLE = {S.CONFIRMED, S.CHECKED_IN, S.OCCURRED}


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, actor: Actor) -> SeatQuerySet:
        """The seats this actor may know exist.  Everything starts here."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.may("see_own_calendar"):
                return ours.filter(appointment__clinicians=actor.clinician_id or NOBODY)
            case Visit():
                return ours.filter(pk=actor.seat_id)
            case Holder():
                return ours.filter(client_id=actor.client_id)
            case _:
                return self.none()


class Seat(Row, HasStatus):
    """One client's place in one appointment."""

    Status = SeatStatus
    MOVES: ClassVar[dict[str, set[str]]] = {
        S.REQUESTED: {S.SCHEDULED, S.CANCELLED},
        S.SCHEDULED: {S.CONFIRMED, S.ARRIVED, S.CHECKED_IN, S.OCCURRED} | NOT_HELD,
        S.CONFIRMED: {S.SCHEDULED, S.ARRIVED, S.CHECKED_IN, S.OCCURRED} | NOT_HELD,
        S.ARRIVED: {S.SCHEDULED, S.CHECKED_IN, S.OCCURRED} | NOT_HELD,
        S.CHECKED_IN: {S.SCHEDULED, S.ARRIVED, S.OCCURRED} | NOT_HELD,
        S.OCCURRED: {S.CHECKED_IN} | NOT_HELD,
        S.CANCELLED: {S.SCHEDULED},
        S.LATE_CANCELLATION: {S.SCHEDULED},
        S.NO_SHOW: {S.SCHEDULED, S.ARRIVED, S.CHECKED_IN},
        S.RESCHEDULED: {S.SCHEDULED},
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="seats")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="seats")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="seats")
    status = models.CharField(max_length=20, choices=SeatStatus, default=S.SCHEDULED)
    status_reason = EncryptedTextField()
    client_time_zone = models.CharField(max_length=64)

    # The link: handle in the open, secret derived from id and generation, never stored.
    link_handle = models.CharField(max_length=10, unique=True, default=new_handle, editable=False)
    link_generation = models.PositiveIntegerField(default=1)
    link_revoked_at = models.DateTimeField(null=True)
    link_wrong = models.PositiveSmallIntegerField(default=0)
    link_paused_until = models.DateTimeField(null=True)
    # The other channel's half of an identity check, by its keyed code; good for ten minutes, once.
    code_index = models.CharField(max_length=32, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True)

    # The four lights: set by what the client did, never by a fetched address.
    link_seen_at = models.DateTimeField(null=True)
    identity_how = models.CharField(max_length=20, blank=True)
    device_ok_at = models.DateTimeField(null=True)
    device_trouble = models.CharField(max_length=40, blank=True)
    location = EncryptedTextField()
    # "latitude,longitude,meters of doubt", where the client let their browser say it.
    location_point = EncryptedTextField()
    location_state = models.CharField(max_length=2, blank=True)
    location_ok_at = models.DateTimeField(null=True)
    alone = models.BooleanField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment", "client"], name="one_seat_a_client_and_appointment"
            )
        ]

    @property
    def stands(self) -> bool:
        """Whether the appointment is still on for this client."""
        return self.status not in NOT_HELD and self.status != S.REQUESTED

    @property
    def identity_unchecked(self) -> bool:
        """Whoever came gave a name only, and no clinician has seen yet that it is the client."""
        return self.identity_how == "name" and self.stands

    @property
    def is_startable(self) -> bool:
        return self.status in STARTABLE

    def where_is_known(self, at: datetime) -> bool:
        """Whether the client said where they are: on the day, or ahead of it while the day hasn't come."""
        return self.location_ok_at is not None and self.is_of_the_day(self.location_ok_at, at)

    def is_of_the_day(self, said: datetime, at: datetime) -> bool:
        """Whether what was asked then still counts: on the day, or ahead of it while the day hasn't come."""
        day = self.appointment.starts_at - THE_DAY
        return said >= day or at < day

    @property
    def place(self) -> str:
        """Where the client said they are, on one line."""
        return ", ".join(line.strip(" ,") for line in self.location.splitlines() if line.strip())

    @property
    def whereabouts(self) -> str:
        """Place and state on one line; the state once, for many write it themselves, too."""
        said, state = self.place, str(self.place_name)
        last = said.rpartition(", ")[2].rstrip("0123456789- ").casefold()  # without its ZIP code
        named = last in {state.casefold(), self.location_state.casefold()}
        return said if said and named else ", ".join(filter(None, [said, state]))

    @property
    def place_name(self) -> str | Promise:
        """The state the client said they are in, in words; nothing where nobody said."""
        return places.name_of(self.location_state)

    @property
    def topics(self) -> list[str]:
        return [f"seat:{self.pk}", f"practice:{self.practice_id}"]
