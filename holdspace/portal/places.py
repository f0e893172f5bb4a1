"""What a room's page asks of its place in the session, whoever has it: a client or a guest."""

from typing import Any

from django.http import JsonResponse

from holdspace.kit.actor import Actor
from holdspace.kit.clock import now
from holdspace.telehealth import actions, queries
from holdspace.telehealth.engines import engine_of
from holdspace.telehealth.models import Participant
from holdspace.telehealth.watching import right_of


def ticket_for(place: Participant, socket: str) -> dict[str, Any]:
    """What lets the page in: the engine's ticket, where its socket is, and who is in the room by name."""
    right = right_of(place) or "waiting"
    ticket = engine_of(place.session).ticket(place, right, now())
    return ticket | {"socket": socket, "people": queries.who_is_in(place)}


def renewed(place: Participant | None, actor: Actor, socket: str) -> JsonResponse:
    """Fresh relay credentials before the old ones expire; also the page's sign of life."""
    if place is None or right_of(place) is None:
        return JsonResponse({"ok": False, "sentence": ""}, status=409)
    actions.here(participant=place, actor=actor, at=now())
    return JsonResponse({"ok": True, "ticket": ticket_for(place, socket)})


def alive(place: Participant | None, actor: Actor) -> JsonResponse:
    """The page's sign of life."""
    if place:
        actions.here(participant=place, actor=actor, at=now())
    return JsonResponse({"ok": place is not None})


def left(place: Participant | None, actor: Actor) -> None:
    """They pressed Leave."""
    if place:
        actions.leave(participant=place, actor=actor, at=now())
