"""Mail about signing in goes through the outbox too: kept, retried, and on the Demo phone in a demo."""

from holdspace.accounts.models import User
from holdspace.kit.clock import now
from holdspace.messaging import actions as messages
from holdspace.practices.queries import memberships_of


def send(to: str, subject: str, body: str) -> None:
    """Queue it at a practice the person works for; whoever works nowhere gets nothing."""
    user = User.objects.filter(email=to.lower()).first()
    places = memberships_of(user.pk) if user else []
    if places:
        messages.send(
            practice=places[0].practice,
            channel="email",
            to=to,
            kind="sign_in",
            subject=subject,
            body=body,
            client_id=None,
            about=None,
            at=now(),
        )
