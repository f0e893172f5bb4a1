"""What lets a clinician treat somebody who is in a state: one row for each paper they hold."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices import compacts
from holdspace.practices.models.practice import Clinician, Practice


class LicenseQuerySet(models.QuerySet["License"]):
    def visible_to(self, actor: Actor) -> LicenseQuerySet:
        """Licenses are public registers' facts: whoever works here may know their colleagues'."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()


class License(Row):
    """One license, or one authority under a compact, of one clinician."""

    class Kind(models.TextChoices):
        STATE = "state", _("State license")
        PSYPACT = compacts.PSYPACT, _("PSYPACT: authority to practice telepsychology (APIT)")
        COUNSELING = compacts.COUNSELING, _("Counseling Compact: privilege to practice")
        SOCIAL_WORK = compacts.SOCIAL_WORK, _("Social Work Compact: multistate license")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="licenses")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.STATE)
    # Where it was issued or, for a privilege, where it holds: what it covers, `covers` says.
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    # As it stands on the paper: LCSW, licensed psychologist.
    title = models.CharField(max_length=80, blank=True)
    # The last day on which it is good; without one, nobody wrote it down yet.
    expires_on = models.DateField(null=True, blank=True)

    objects = LicenseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["state", "kind", "number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinician", "kind", "state", "number"], name="one_row_a_license")
        ]

    @property
    def by_compact(self) -> bool:
        return self.kind != self.Kind.STATE

    def covers(self, state: str) -> bool:
        """Whether it reaches a client who is there: in its own state, or in every member of its compact."""
        return state == self.state or (self.state in self.reach and state in self.reach)

    @property
    def reach(self) -> frozenset[str]:
        """The states beyond its own: a privilege has none, it was given for one state."""
        several = self.kind in {self.Kind.PSYPACT, self.Kind.SOCIAL_WORK}
        return compacts.members(self.kind) if several else frozenset()

    def is_over(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day
