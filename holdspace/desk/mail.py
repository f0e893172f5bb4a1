"""Mail about signing in goes through the outbox too: kept, retried, and on the Demo phone in a demo."""

from holdspace.accounts.models import User
from holdspace.clients.portal import held_by
from holdspace.kit.clock import now
from holdspace.messaging import actions as messages
from holdspace.practices.models import Practice
from holdspace.practices.queries import memberships_of


def send(to: str, subject: str, body: str) -> None:
    """Queue it at a practice the person works for or is a client of; nobody else gets anything."""
    user = User.objects.filter(email=to.lower()).first()
    practice = _practice_of(user) if user else None
    if practice:
        messages.send(
            practice=practice,
            channel="email",
            to=to,
            kind="sign_in",
            subject=subject,
            body=body,
            client_id=None,
            about=None,
            at=now(),
        )


def _practice_of(user: User) -> Practice | None:
    places = [one.practice for one in memberships_of(user.pk)]
    places += [one.account.practice for one in held_by(user.pk, at=now())]
    return places[0] if places else None
