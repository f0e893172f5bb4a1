"""Where the client is for this appointment, and whether they are alone, as they or somebody here said."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor, Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices import places
from holdspace.scheduling import refusals
from holdspace.scheduling.models import Seat

LONGEST = 300
SEALED = ("location", "location_point")


@dataclass(frozen=True)
class Place:
    """A place as somebody said it: the words, the state by its letters, the point if a browser gave one.

    `point` is "latitude,longitude,meters of doubt"; it leads nowhere but to the emergency card.
    """

    lines: str
    state: str
    point: str = ""


def say_where(*, seat: Seat, place: Place, alone: bool | None, actor: Actor, at: datetime) -> None:
    """Keep the answer with the seat; each one is said anew, so each has its entry and its time.

    `alone` is None where nobody asked.  Refuses a place that is in no state and not abroad either.
    """
    _check(seat, place, actor)
    with transaction.atomic():
        held = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        before = {"state": held.location_state, "alone": held.alone}
        moved = [name for name in SEALED if getattr(held, name) != _sealed(place)[name]]
        for one in (held, seat):
            _put(one, place, alone, at)
        held.save(update_fields=[*SEALED, "location_state", "location_ok_at", "alone"])
        after = {"state": held.location_state, "alone": held.alone}
        changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        trail.record(actor, "scheduling.seat.located", seat, at=at, changes=changes, fields=moved)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)


def _check(seat: Seat, place: Place, actor: Actor) -> None:
    if isinstance(actor, Member) and not (actor.may("book") or actor.may("hold_sessions")):
        raise NotYours
    if not seat.stands:
        raise refusals.NotOn
    if not places.is_place(place.state):
        raise refusals.StateMissing
    if not (place.lines.strip() or place.point):
        raise refusals.PlaceMissing
    if len(place.lines) > LONGEST:
        raise refusals.PlaceTooLong


def _sealed(place: Place) -> dict[str, str]:
    return {"location": place.lines.strip(), "location_point": place.point}


def _put(seat: Seat, place: Place, alone: bool | None, at: datetime) -> None:
    for name, value in _sealed(place).items():
        setattr(seat, name, value)
    seat.location_state, seat.location_ok_at = place.state, at
    seat.alone = seat.alone if alone is None else alone
