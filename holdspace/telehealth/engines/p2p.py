"""Peer to peer: browser to browser, encrypted end to end; a relay sees ciphertext only."""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings

from holdspace.live import bus
from holdspace.telehealth import queries
from holdspace.telehealth.models import Participant, Session

CREDENTIALS_LIVE = 3600  # seconds


class PeerToPeer:
    """Pair by pair; the socket's rights are all that has to be opened and closed."""

    # Each sends their picture to each other one: more than three times is too much for a phone.
    people = 4

    def ticket(self, participant: Participant, right: str, at: datetime) -> dict[str, Any]:
        expires = int(at.timestamp()) + CREDENTIALS_LIVE
        return {
            "engine": "p2p",
            "session": str(participant.session_id),
            "me": str(participant.pk),
            "role": participant.role,
            "right": right,
            "iceServers": ice_servers(expires),
            "policy": "relay" if queries.relay_only(participant) else "all",
            "expires": expires,
        }

    def raise_right(self, participant: Participant) -> None:
        """The socket carries their notes from now on, and their page sends its tracks."""
        bus.let_in(participant.session_id, participant.pk)

    def remove(self, participant: Participant) -> None:
        """Nothing to do: the endpoint reads the right afresh at the hint."""

    def close(self, session: Session) -> None:
        """Nothing to do: both pages hear `session.ended` and hang up."""


def ice_servers(expires: int) -> list[dict[str, Any]]:
    """The practice's own relay with credentials until `expires`, or nothing: no third party, ever.

    Credentials are those of the TURN REST scheme (draft-uberti-behave-turn-rest-00): the user is
    `expiry:opaque`, the password base64(HMAC-SHA1(secret, user)).  The opaque part is random,
    because a relay logs it.
    """
    if not settings.TURN_URLS:
        return []
    user = f"{expires}:{secrets.token_hex(8)}"
    password = base64.b64encode(hmac.digest(settings.TURN_SECRET.encode(), user.encode(), "sha1")).decode()
    return [{"urls": settings.TURN_URLS, "username": user, "credential": password}]
