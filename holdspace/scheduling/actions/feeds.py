"""One's own calendar address: made, shown differently, renewed, revoked; nobody else's."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Feed


def make_feed(*, clinician: Clinician, shows: str, actor: Member, at: datetime) -> Feed:
    """An address for one's own calendar; where there was one before, a new one in its place."""
    _check_own(clinician, actor)
    with transaction.atomic():
        said = {"practice": clinician.practice, "created_at": at}
        feed, fresh = Feed.objects.select_for_update().get_or_create(clinician=clinician, defaults=said)
        feed.shows, feed.revoked_at = Feed.Shows(shows), None
        # What was revoked never works again.
        feed.generation += 0 if fresh else 1
        feed.save()
        trail.record(actor, "scheduling.feed.made", feed, at=at, shows=shows)
    return feed


def show_in_feed(*, feed: Feed, shows: str, actor: Member, at: datetime) -> None:
    """Initials, or nothing but *Busy*, at the same address."""
    _check_own(feed.clinician, actor)
    if feed.shows == shows:
        return
    with transaction.atomic():
        feed.shows = Feed.Shows(shows)
        feed.save(update_fields=["shows"])
        trail.record(actor, "scheduling.feed.changed", feed, at=at, shows=shows)


def revoke_feed(*, feed: Feed, actor: Member, at: datetime) -> None:
    """The address leads nowhere from now on."""
    _check_own(feed.clinician, actor)
    with transaction.atomic():
        if Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at):
            trail.record(actor, "scheduling.feed.revoked", feed, at=at)


def _check_own(clinician: Clinician, actor: Member) -> None:
    if actor.clinician_id != clinician.pk:
        raise NotYours
