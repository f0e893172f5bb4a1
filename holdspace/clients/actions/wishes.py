"""What somebody asked for by a link, about how they are reached: asked, taken over, or put away."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import phones, refusals
from holdspace.clients.actions.own import Reach, keep_reach, reach_of
from holdspace.clients.models import Client, Contact, Wish
from holdspace.kit.actor import Actor, Visit

# Of one client, from different visits; more than that is somebody at play.
MOST = 5
REACHED_CLIENT, REACHED_CONTACT = "clients.client.reached_by", "clients.contact.changed"


def ask_otherwise(
    *,
    client: Client,
    facts: Mapping[str, Any],
    actor: Visit,
    at: datetime,
    contact: Contact | None = None,
    who: str = "",
) -> None:
    """Keep, sealed, what a visit asks for; it replaces what the same visit asked for before.

    `facts` is what of `Reach` would be otherwise.  `who` is empty where the client asks; for somebody else it
    is who they say they are, and `contact` that person on the chart, if they are.  Refuses texts to another
    number that can't take them, and more than a few that wait.
    """
    number = facts.get("phone")
    if number and facts.get("texts") and not phones.can_take_texts(number):
        raise refusals.CannotTakeTexts
    with transaction.atomic():
        # Ours until the commit, so that no two visits count at once.
        Client.objects.select_for_update().get(pk=client.pk)
        others = Wish.objects.filter(client=client).exclude(visit_id=actor.visit_id)
        if others.count() >= MOST:
            raise refusals.WishesWait
        Wish.objects.filter(visit_id=actor.visit_id).delete()
        asked = {"contact": contact, "who": who, "facts": json.dumps(dict(facts)), "asked_at": at}
        Wish.objects.create(practice_id=client.practice_id, client=client, visit_id=actor.visit_id, **asked)
        trail.record(actor, "clients.wish.asked", client, at=at, fields=sorted(facts), for_them=bool(who))


def take_wish(*, wish: Wish, actor: Actor, at: datetime) -> None:
    """From now on they are reached as they asked; what is on file otherwise stays.

    Refuses for somebody who isn't on the chart, and what was decided meanwhile.
    """
    with transaction.atomic():
        mine = _held(wish)
        person, client = mine.person, mine.client
        if person is None:
            raise refusals.AskerNotOnFile
        reach = Reach(**(asdict(reach_of(person)) | mine.said))
        what = REACHED_CLIENT if person == client else REACHED_CONTACT
        keep_reach(person, client, reach, what, actor, at)
        mine.delete()
        trail.record(actor, "clients.wish.taken", client, at=at)


def drop_wish(*, wish: Wish, actor: Actor, at: datetime) -> None:
    """Everything stays as it is, and what they typed is kept no longer."""
    with transaction.atomic():
        mine = _held(wish)
        mine.delete()
        trail.record(actor, "clients.wish.dropped", mine.client, at=at)


def _held(wish: Wish) -> Wish:
    held = Wish.objects.select_for_update(of=("self",)).select_related("client", "contact")
    found = held.filter(pk=wish.pk).first()
    if found is None:
        raise refusals.WishOver
    return found
