"""Who has an appointment's form open.  It takes no lock and refuses nobody: colleagues see it, that is all.

A page says so again every few seconds, and is forgotten when it stops.  It is no work on the record,
so nothing of it stands in the trail.
"""

from datetime import datetime, timedelta

from django.db import transaction

from holdspace.kit.actor import Member
from holdspace.live import bus
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.models import Appointment, Editing
from holdspace.scheduling.models.editing import EditingQuerySet

LASTS = timedelta(seconds=7)
# Browsers let a page that isn't looked at speak once a minute.
LASTS_UNSEEN = timedelta(seconds=90)


def keep_editing(*, appointment: Appointment, actor: Member, at: datetime, unseen: bool = False) -> None:
    """This colleague has the form open, for some seconds from now; pages hear of it when it is news."""
    if not queries.may_change(appointment, actor):
        raise refusals.NotYourCalendar
    until = at + (LASTS_UNSEEN if unseen else LASTS)
    if _theirs(appointment, actor).now(at).update(until=until):
        return
    with transaction.atomic():
        # What lapsed is swept by whoever comes: the table holds those who edit now, and few others.
        Editing.objects.filter(until__lte=at, practice_id=actor.practice_id).delete()
        Editing.objects.update_or_create(
            appointment=appointment,
            membership_id=actor.membership_id,
            defaults={"practice_id": appointment.practice_id, "until": until},
        )
        _tell(appointment)


def stop_editing(*, appointment: Appointment, actor: Member) -> None:
    """They closed the form, or saved; saying so twice is saying it once."""
    with transaction.atomic():
        gone, _rows = _theirs(appointment, actor).delete()
        if gone:
            _tell(appointment)


def _theirs(appointment: Appointment, actor: Member) -> EditingQuerySet:
    return Editing.objects.filter(appointment=appointment, membership_id=actor.membership_id)


def _tell(appointment: Appointment) -> None:
    bus.publish("editing.changed", appointment.topics, appointment=appointment.pk)
