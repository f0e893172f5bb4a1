"""Pages beside Session Details, the chart and the start screen show the same things: looking is on the trail.

Once an hour for each person and record.  A page that refetches itself says so, but what a request
says of itself is no reason to write nothing.
"""

from datetime import datetime, timedelta
from typing import Any

from holdspace.audit import queries as audit
from holdspace.audit import trail
from holdspace.desk.web import DeskRequest
from holdspace.kit.clock import now

SAME_LOOK = timedelta(hours=1)
SEAT, CLIENT, START = "scheduling.seat.opened", "clients.client.opened", "consents.start.opened"
CONSENT = "consents.consent.seen"
CARD = "scheduling.seat.card_opened"


def looked(request: DeskRequest, what: str, subject: Any, *, at: datetime | None = None) -> None:
    """Note that this person has the record before them, unless it was noted within the hour."""
    at = at or now()
    if request.method not in {"GET", "HEAD"}:
        return
    if not audit.did_lately(request.actor, what, subject.pk, since=at - SAME_LOOK):
        trail.record(request.actor, what, subject, at=at)
