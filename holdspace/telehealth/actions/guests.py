"""Guests: invited to one session with a role, waiting until they are let in, and sent away again."""

import secrets
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor, Member
from holdspace.live import bus
from holdspace.telehealth import guests, refusals
from holdspace.telehealth.actions.waiting import leave, remove, wait_in
from holdspace.telehealth.models import Invitation, Participant, Session

AT_MOST = 8  # invitations of one session that stand
P = Participant.Status


def invite(
    *, session: Session, name: str, comes_as: str, actor: Member, at: datetime
) -> tuple[Invitation, str]:
    """An invitation to this session, and its link; the link is told here and never again."""
    if not session.is_open:
        raise refusals.SessionOver
    if session.invitations.filter(taken_back_at=None).count() >= AT_MOST:
        raise refusals.ManyGuests
    secret = secrets.token_urlsafe(18)
    with transaction.atomic():
        made = session.invitations.create(
            practice_id=session.practice_id,
            name=name,
            comes_as=comes_as,
            fingerprint=guests.fingerprint(secret),
            by_id=actor.id,
            made_at=at,
        )
        trail.record(actor, "telehealth.guest.invited", made, at=at, comes_as=comes_as)
    return made, guests.link_to(made, secret)


def take_back(*, invitation: Invitation, actor: Actor, at: datetime) -> None:
    """The link is worthless from now on, and whoever came by it is out.  Twice is once."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=invitation.session_id)
        place = session.participants.filter(invitation=invitation).select_related("session").first()
        standing = Invitation.objects.filter(pk=invitation.pk, taken_back_at=None)
        if not standing.update(taken_back_at=at):
            return
        trail.record(actor, "telehealth.guest.taken_back", invitation, at=at)
        if place and place.status == P.WAITING:
            leave(participant=place, actor=actor, at=at)
        elif place and place.status == P.ADMITTED:
            remove(participant=place, actor=actor, at=at)


def come(*, invitation: Invitation, at: datetime) -> str:
    """Somebody pressed on the link's page: a cookie for their browser; no other counts from now on."""
    cookie = secrets.token_urlsafe(32)
    with transaction.atomic():
        _check_nobody_is_in(invitation)
        Invitation.objects.filter(pk=invitation.pk).update(browser=guests.fingerprint(cookie))
        trail.record(invitation.as_actor(), "telehealth.guest.came", invitation, at=at)
    if invitation.browser:
        bus.close_sockets(f"visit:{invitation.pk}")
    return cookie


def _check_nobody_is_in(invitation: Invitation) -> None:
    # The session's row, as Admit does: who is let in at this moment is in before we look.
    Session.objects.select_for_update().get(pk=invitation.session_id)
    if Participant.objects.filter(invitation=invitation, status=P.ADMITTED).exists():
        raise refusals.SomebodyIsIn


def knock_as_guest(*, invitation: Invitation, at: datetime) -> Participant:
    """The guest waits, or is still in the room they never left.

    Nobody who was removed knocks again: the clinician invites them anew.
    """
    if not invitation.session.is_open:
        raise refusals.SessionOver
    whose = {"practice_id": invitation.practice_id, "role": Participant.Role.GUEST}
    place, _new = Participant.objects.get_or_create(
        session=invitation.session, invitation=invitation, defaults=whose
    )
    return wait_in(place, invitation.as_actor(), at)
