"""The bell: a line for each user concerned, heard on every page they have open, kept until read."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction

from holdspace.accounts.models import User
from holdspace.kit.actor import Member
from holdspace.live import bus
from holdspace.messaging import carriers
from holdspace.messaging.models import Bell
from holdspace.practices.models import Practice


def ring(
    *, practice: Practice, users: Iterable[User], kind: str, subject: models.Model, at: datetime
) -> list[Bell]:
    """Ring for each of the users, once; what hears it is every page they have open, after the commit."""
    what = {"kind": kind, "subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    bells = [Bell(practice=practice, user=user, at=at, **what) for user in dict.fromkeys(users)]
    _, carrier = carriers.for_channel("bell")
    with transaction.atomic():
        Bell.objects.bulk_create(bells)
        for bell in bells:
            carrier.send(to=str(bell.user_id), body="", ref=str(bell.pk), subject=kind)
    return bells


def read_bell(bell: Bell, actor: Member, at: datetime) -> None:
    """Read, by the one it rang for; reading it again changes nothing."""
    mine = Bell.objects.visible_to(actor).filter(pk=bell.pk, read_at=None)
    if mine.update(read_at=at):
        bell.read_at = at
        _heard(actor, bell)


def read_all_bells(actor: Member, at: datetime) -> None:
    """Everything under this person's bell, in this practice."""
    unread = Bell.objects.visible_to(actor).filter(read_at=None)
    newest = unread.order_by("-at").first()
    if newest and unread.update(read_at=at):
        _heard(actor, newest)


def _heard(actor: Member, bell: Bell) -> None:
    """The count on the person's other pages is no longer right."""
    bus.publish("bell.rung", [f"user:{actor.user_id}"], bell=bell.pk)
