"""A practice is the tenant; whoever works there has one membership with one or more roles."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import NOBODY, Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices import roles

SLUG = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", _("Small letters, figures and dashes, 40 at most.")
)


class Installation(models.Model):
    """The one row that says what this database is.  Written when it is made; triggers keep it."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()


class Practice(Row):
    """The organization that owns the data: the tenant."""

    class Identity(models.TextChoices):
        BIRTH_DATE = "birth_date", _("Date of birth")
        CODE = "code", _("A code sent by the other channel")

    class Holidays(models.TextChoices):
        NONE = "", _("None")
        UNITED_STATES = "us", _("United States, federal")

    class Licensing(models.TextChoices):
        WARN = "warn", _("Warn: go on with a reason")
        STOP = "stop", _("Stop: nobody is admitted")

    name = models.CharField(max_length=120)
    # How the practice appears to clients, in messages too: it may choose to say less.
    shown_name = models.CharField(max_length=60)
    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    phone = models.CharField(max_length=32, blank=True)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    state = models.CharField(max_length=2, blank=True)
    telehealth_enabled = models.BooleanField(default=False)
    hide_addresses = models.BooleanField(default=False)
    join_before_minutes = models.PositiveSmallIntegerField(default=60)
    join_after_minutes = models.PositiveSmallIntegerField(default=240)
    identity_by = models.CharField(max_length=12, choices=Identity, default=Identity.BIRTH_DATE)
    # What happens where a clinician isn't licensed where the client is.
    licensing = models.CharField(max_length=8, choices=Licensing, default=Licensing.WARN)
    # What both do when the video fails, as agreed with clients; empty is the usual plan.
    reconnect_plan = models.CharField(max_length=500, blank=True)
    initials_only = models.BooleanField(default=False)
    clinicians_see_all = models.BooleanField(default=False)
    cancellation_hours = models.PositiveSmallIntegerField(default=24)
    # Whether clients are told, unless whoever books, moves or cancels says otherwise.
    notice_booked = models.BooleanField(default=True)
    notice_moved = models.BooleanField(default=True)
    notice_cancelled = models.BooleanField(default=True)
    day_starts = models.PositiveSmallIntegerField(default=8)
    day_ends = models.PositiveSmallIntegerField(default=18)
    # The days of this list the practice is closed; a single day's hours beat it.
    holidays = models.CharField(max_length=2, choices=Holidays, default=Holidays.NONE, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def practice_id(self) -> UUID:
        return self.pk


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, actor: Actor) -> SiteQuerySet:
        """Every member knows the practice's places; nobody else has to."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()


class Site(Row):
    """A place where people are seen."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True)
    open = models.BooleanField(default=True)

    objects = SiteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        """The practice's people, for whoever looks after them; one's own row for everybody else."""
        match actor:
            case Member() if actor.may("change_staff"):
                return self.filter(practice_id=practice_of(actor))
            case Member():
                return self.filter(pk=actor.membership_id)
            case _:
                return self.none()


class Membership(Row):
    """One user's roles in one practice."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "user"], name="one_membership_a_practice")
        ]

    def as_actor(self) -> Member:
        """This person at work: verbs of all their roles, and their clinician row if they have one."""
        clinician = getattr(self, "clinician", None)
        if clinician and not clinician.active:
            clinician = None
        verbs = roles.verbs_of(self.roles)
        if self.practice.clinicians_see_all and roles.CLINICIAN in self.roles:
            verbs |= {"see_every_calendar"}
        return Member(
            membership_id=self.pk,
            user_id=self.user_id,
            practice_id=self.practice_id,
            name=clinician.name if clinician else self.user.name,
            verbs=verbs,
            clinician_id=clinician.pk if clinician else None,
        )


class ClinicianQuerySet(models.QuerySet["Clinician"]):
    def visible_to(self, actor: Actor) -> ClinicianQuerySet:
        """The clinicians whose calendars this actor may know."""
        ours = self.filter(practice_id=practice_of(actor), active=True)
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.may("see_own_calendar"):
                return ours.filter(pk=actor.clinician_id or NOBODY)
            case _:
                return self.none()

    def bookable_by(self, actor: Actor) -> ClinicianQuerySet:
        """The clinicians this actor may book for."""
        ours = self.filter(practice_id=practice_of(actor), active=True)
        match actor:
            case Member() if actor.may("book_for_everyone"):
                return ours
            case Member() if actor.may("book"):
                return ours.filter(pk=actor.clinician_id or NOBODY)
            case _:
                return self.none()

    def colleagues_of(self, actor: Actor) -> ClinicianQuerySet:
        """Whom this actor may have lead together with those they book for: anyone who works here."""
        ours = self.filter(practice_id=practice_of(actor), active=True)
        return ours if isinstance(actor, Member) and actor.may("book") else self.none()


class Clinician(Row):
    """The professional who gives care, and what their sessions need."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="clinicians")
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="clinician")
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    telehealth_enabled = models.BooleanField(default=False)
    hide_addresses = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.replace("Dr ", "").split()[:2]).upper()
