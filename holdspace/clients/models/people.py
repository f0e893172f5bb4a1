"""A client: names and birth date stay searchable, number and address are sealed with an index beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from holdspace.clients.languages import ENGLISH
from holdspace.clients.models.reachable import Reachable
from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import keyed_index
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice

# In all but three states; docs/rooms/clients.md says what to do in those.
OF_AGE = 18


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, actor: Actor) -> ClientQuerySet:
        """The clients this actor may know exist."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit() | Holder():
                return ours.filter(pk=actor.client_id)
            case _:
                return self.none()


class Client(Row, Reachable):
    """The person receiving care."""

    DERIVED = (*Reachable.DERIVED, "sought", "phone_tail_index")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="clients")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    # What they like to be called, if it isn't the first name.
    called = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    phone_tail_index = models.CharField(max_length=32, blank=True, editable=False)
    # In which they read and are spoken to: a BCP 47 tag.
    language = models.CharField(max_length=35, default=ENGLISH)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    state = models.CharField(max_length=2, blank=True)
    texts_stopped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Lower case, first and last, for the type-ahead.
    sought = models.CharField(max_length=170, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # All that looking for a name asks: parts of names are found in the index alone, in its order.
            models.Index(
                name="client_by_name",
                fields=["practice", "last_name", "first_name", "called", "sought", "id"],
            ),
            models.Index(fields=["practice", "birth_date"]),
            models.Index(fields=["practice", "phone_index"]),
            models.Index(fields=["practice", "phone_tail_index"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # a name here would end in a log

    def derive(self) -> None:
        super().derive()
        self.sought = f"{self.first_name} {self.last_name} {self.called}".strip().lower()[:170]
        self.phone_tail_index = keyed_index("phone-tail", self.phone[-4:])

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
        return super().may_text and not self.texts_stopped_at

    @property
    def comes_of_age_on(self) -> date | None:
        """The 18th birthday; born on 29 February, the first of March."""
        if not self.birth_date:
            return None
        try:
            return self.birth_date.replace(year=self.birth_date.year + OF_AGE)
        except ValueError:
            return date(self.birth_date.year + OF_AGE, 3, 1)

    def day_of(self, at: datetime) -> date:
        """The date where the client lives."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def is_minor(self, at: datetime) -> bool:
        """Whether they are under age then; nobody is, whose birth date isn't known."""
        of_age = self.comes_of_age_on
        return of_age is not None and self.day_of(at) < of_age
