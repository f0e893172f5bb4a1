"""A client: names and birth date stay searchable, number and address are sealed with an index beside them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField, keyed_index
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, actor: Actor) -> ClientQuerySet:
        """The clients this actor may know exist."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit():
                return ours.filter(pk=actor.client_id)
            case _:
                return self.none()


class Client(Row):
    """The person receiving care."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="clients")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    # What they like to be called, if it isn't the first name.
    called = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=32, blank=True, editable=False)
    phone_tail_index = models.CharField(max_length=32, blank=True, editable=False)
    email = EncryptedTextField()
    email_index = models.CharField(max_length=32, blank=True, editable=False)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    state = models.CharField(max_length=2, blank=True)
    # Texts only after the client agreed: when, and on whose word ("client" or a staff member's name).
    texts_agreed_at = models.DateTimeField(null=True, blank=True)
    texts_agreed_by = models.CharField(max_length=140, blank=True)
    texts_stopped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Lower case, first and last, for the type-ahead.
    sought = models.CharField(max_length=170, editable=False, db_index=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "sought"]),
            models.Index(fields=["practice", "last_name", "first_name"]),
            models.Index(fields=["practice", "birth_date"]),
            models.Index(fields=["practice", "phone_index"]),
            models.Index(fields=["practice", "phone_tail_index"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # a name here would end in a log

    def derive(self) -> None:
        """Fill the columns by which they are found."""
        self.sought = f"{self.first_name} {self.last_name} {self.called}".strip().lower()[:170]
        self.phone_index = keyed_index("phone", self.phone)
        self.phone_tail_index = keyed_index("phone-tail", self.phone[-4:])
        self.email_index = keyed_index("email", self.email.lower())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if "update_fields" in kwargs and kwargs["update_fields"] is not None:
            derived = {"sought", "phone_index", "phone_tail_index", "email_index"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *derived}
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def greeting(self) -> str:
        """What to call them: the chosen name, else the first name."""
        return self.called or self.first_name

    @property
    def told_apart(self) -> str:
        """The name, and the birth date, which tells two of the same name apart."""
        return f"{self.full_name} · {self.birth_date:%m/%d/%Y}" if self.birth_date else self.full_name

    @property
    def short_name(self) -> str:
        """*Rosa M.*: what tiles and lists show."""
        return f"{self.greeting} {self.last_name[:1]}.".strip()

    @property
    def initials(self) -> str:
        return f"{self.greeting[:1]}{self.last_name[:1]}".upper()

    @property
    def may_text(self) -> bool:
        """Whether a text may be sent: a number, an agreement, and no STOP since."""
        return bool(self.phone and self.texts_agreed_at and not self.texts_stopped_at)
