"""What a practice asks its clients to agree to: forms, their texts as published and as they are written."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.clients.languages import language_label
from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice
from holdspace.scheduling.models import AppointmentType


class Renewal(models.TextChoices):
    SESSION = "session", _("Every session")
    HALF_YEAR = "half_year", _("Every 6 months")
    YEAR = "year", _("Every year")
    NEVER = "never", _("Never")


class Purpose(models.TextChoices):
    """Which clients a form is for; `consents.needs` says when each is asked."""

    TELEHEALTH = "telehealth", _("Meeting by video")
    MINOR = "minor", _("Meeting by video, under 18")
    GROUP = "group", _("Meeting in a group by video")


class FormQuerySet(models.QuerySet[Any]):
    """Of forms and all that hangs on them."""

    def visible_to(self, actor: Actor) -> FormQuerySet:
        """The practice's own, to whoever works there or is its client: a form is no secret."""
        match actor:
            case Member() | Visit() | Holder():
                return self.filter(practice_id=practice_of(actor))
            case _:
                return self.none()


class ConsentForm(Row):
    """What a practice asks its clients to agree to."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="consent_forms")
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.TELEHEALTH)
    title = models.CharField(max_length=120)
    renewal = models.CharField(max_length=10, choices=Renewal, default=Renewal.YEAR)
    verbal_renewal = models.CharField(max_length=10, choices=Renewal, default=Renewal.SESSION)
    # No longer asked from then on; answers go on standing where nothing else is asked instead.
    retired_at = models.DateTimeField(null=True)

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "purpose"], name="one_form_a_purpose")
        ]


class ConsentVersion(Row):
    """The text of a form as published: never changed again (a trigger says so)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="consent_versions")
    form = models.ForeignKey(ConsentForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=10, default="en")
    # Markdown: shown to the client, read aloud by the clinician, and the disclosure of electronic signing.
    text = models.TextField()
    script = models.TextField()
    disclosure = models.TextField()
    # SHA-256 over all three, hexadecimal.
    digest = models.CharField(max_length=64)
    # Whether answers to earlier versions stop standing when this one is published.
    asks_anew = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "language", "number"], name="one_version_a_number")
        ]
        ordering: ClassVar = ["-number"]

    @property
    def language_name(self) -> str:
        return language_label(self.language)


class Retirement(Row):
    """A published version that is no longer asked.  A row beside it: the version itself never changes."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="retired_versions")
    version = models.OneToOneField(ConsentVersion, on_delete=models.PROTECT, related_name="retirement")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    objects = FormQuerySet.as_manager()


class ConsentDraft(Row):
    """What the next version in one language may become: changed until it is published or thrown away."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="consent_drafts")
    form = models.ForeignKey(ConsentForm, on_delete=models.PROTECT, related_name="drafts")
    language = models.CharField(max_length=10)
    text = models.TextField()
    script = models.TextField()
    disclosure = models.TextField()
    # Grows with every save: one that began from an older one is refused.
    revision = models.PositiveIntegerField(default=1)
    changed_by_name = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "language"], name="one_draft_a_language")
        ]
        ordering: ClassVar = ["language"]

    @property
    def language_name(self) -> str:
        return language_label(self.language)

    @property
    def words(self) -> dict[str, str]:
        return {"text": self.text, "script": self.script, "disclosure": self.disclosure}


class FormRule(Row):
    """What one form means for one type of appointment; without a row it must be accepted."""

    class Need(models.TextChoices):
        MUST = "must", _("Must accept")
        MAY = "may", _("May decline")
        NOT_ASKED = "not_asked", _("Isn't asked")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="form_rules")
    form = models.ForeignKey(ConsentForm, on_delete=models.PROTECT, related_name="rules")
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, related_name="form_rules")
    need = models.CharField(max_length=10, choices=Need, default=Need.MUST)

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "type"], name="one_rule_a_form_and_type")
        ]
