"""One line of the trail, and the head of each chain: how many are sealed and the last one's code."""

from __future__ import annotations

import threading
import uuid
from uuid import UUID

from django.db import models
from django.db.models import Q

from holdspace.kit import clock
from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row

# The chain of what belongs to no practice.
SYSTEM = UUID(int=0)


class InOrder:
    """Ids that sort in the order this process made them (UUID version 7, RFC 9562)."""

    def __init__(self) -> None:
        self._last = 0
        self._guard = threading.Lock()

    def __call__(self) -> UUID:
        # Milliseconds and a 12-bit fraction; one more than the last where the clock stood still.
        moment = int(clock.now().timestamp() * 4096000)
        with self._guard:
            self._last = moment = max(moment, self._last + 1)
        fields = (moment >> 12) << 80 | 0x7 << 76 | (moment & 0xFFF) << 64
        return UUID(int=fields | 0b10 << 62 | (uuid.uuid4().int & ((1 << 62) - 1)))


_in_order = InOrder()


def in_order() -> UUID:
    return _in_order()


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """The entries this actor may read as an auditor.  The system's own chain is nobody's page."""
        match actor:
            case Member() if actor.may("read_trail"):
                return self.filter(practice_id=practice_of(actor))
            case _:
                return self.none()

    def waiting(self) -> EntryQuerySet:
        """Committed and not yet sealed, in the order they will be."""
        return self.filter(seq=None).order_by("at", "pk")

    def chain(self, chain: UUID) -> EntryQuerySet:
        """Everything of one practice, or of the system."""
        return self.filter(practice_id=None if chain == SYSTEM else chain)


class Entry(Row):
    """Who did what to which record, when.  Written once, sealed once, never changed."""

    id = models.UUIDField(primary_key=True, default=in_order, editable=False)
    # Bare ids throughout: the trail outlives what it speaks of, and stands below every room.
    practice_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    # Of people who work at the practice only; a client is an id.
    actor_name = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    # The seal: number in the chain, the code before, a short code of each column, which says what was
    # changed (of entries sealed before there were any: nothing), and one code over all of that.
    seq = models.PositiveBigIntegerField(null=True)
    prev = models.CharField(max_length=64, null=True)
    marks = models.CharField(max_length=120, null=True)
    mac = models.CharField(max_length=64, null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice_id", "seq"], name="audit_number"),
            models.UniqueConstraint(
                fields=["seq"], condition=Q(practice_id=None), name="audit_system_number"
            ),
        ]
        indexes = [
            models.Index(fields=["practice_id", "at"], condition=Q(seq=None), name="audit_waiting"),
            models.Index(fields=["practice_id", "at"], name="audit_by_practice"),
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_by_subject"),
        ]

    @property
    def chain(self) -> UUID:
        return self.practice_id or SYSTEM


class Head(models.Model):
    """The end of one chain.  Published to the log too, since whoever cuts a tail can set this back."""

    chain = models.UUIDField(primary_key=True, editable=False)
    count = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    published = models.PositiveBigIntegerField(default=0)
