"""A carrier that carries nowhere: for demos, tests and first steps.  Nothing leaves the machine."""

from collections import deque
from collections.abc import Mapping
from typing import Any, ClassVar

from holdspace.messaging.attachments import Attachment
from holdspace.messaging.carriers import Report, WillNeverArrive

# Numbers and addresses that play a failure, so that it can be seen and tested.
LANDLINE = "5550190"
BOUNCES = "bounces@example.org"


class Memory:
    """Takes everything and keeps the last few; outside a demo it admits that nothing is sent."""

    delivers_at_once: ClassVar[bool] = True
    taken: ClassVar[deque[dict[str, Any]]] = deque(maxlen=100)

    def __init__(self, *, anywhere: bool = False) -> None:
        # Only a demo has a phone to look at: elsewhere "delivered" would be a lie.
        self.anywhere = anywhere

    def send(
        self, *, to: str, body: str, ref: str, subject: str, attachment: Attachment | None = None
    ) -> str:
        if not self.anywhere:
            raise WillNeverArrive("no_carrier")
        if to.endswith(LANDLINE):
            raise WillNeverArrive("not_a_mobile")
        if to == BOUNCES:
            raise WillNeverArrive("no_such_address")
        self.taken.append({"to": to, "subject": subject, "body": body, "ref": ref, "attachment": attachment})
        return f"memory-{ref}"

    def surely_not_taken(self, *, ref: str) -> bool:
        """Always: there is nowhere it could have gone."""
        return True

    def read_report(self, payload: Mapping[str, str]) -> Report | None:
        return Report(payload["reference"], payload["status"]) if "reference" in payload else None

    @classmethod
    def faults(cls, options: Mapping[str, Any]) -> list[str]:
        return []
