"""What a socket may do in a session: the one question the live endpoint asks this room."""

from uuid import UUID

from holdspace.kit.actor import NOBODY, Actor, Guest, Member, Visit
from holdspace.telehealth.models import Participant, Session


def place_in(actor: Actor, session_id: UUID) -> Participant | None:
    """The actor's place in an open session, or None: then they don't belong on its topic."""
    open_ones = Participant.objects.visible_to(actor).exclude(session__status=Session.Status.ENDED)
    here = open_ones.filter(session_id=session_id)
    match actor:
        case Member():
            return here.filter(clinician_id=actor.clinician_id or NOBODY).first()
        case Visit():
            return here.filter(seat_id=actor.seat_id).first()
        case Guest():
            return here.filter(invitation__taken_back_at=None).first()
        case _:
            return None


def may_hear(actor: Actor, session_id: UUID) -> bool:
    """Whether what is said of the whole room is for them: it names everyone who comes, waits and goes.

    A member of a group hears of their own seat only, and a guest of their own coming and going: who
    else waits is nobody's business.
    """
    mine = place_in(actor, session_id)
    if mine is None or isinstance(actor, Member):
        return mine is not None
    if mine.role == Participant.Role.GUEST:
        return False
    others = Participant.objects.filter(session_id=session_id).exclude(role=Participant.Role.CLINICIAN)
    return not others.exclude(pk=mine.pk).exists()


def right_of(participant: Participant) -> str | None:
    """`admitted`, `waiting`, or None: no right at all."""
    if participant.role == Participant.Role.CLINICIAN:
        return "admitted"
    rights = {Participant.Status.WAITING: "waiting", Participant.Status.ADMITTED: "admitted"}
    return rights.get(Participant.Status(participant.status))
