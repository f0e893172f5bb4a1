"""The bell in the app: the text is a row already, so carrying it is one hint to that user's pages."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from holdspace.live import bus
from holdspace.messaging.attachments import Attachment
from holdspace.messaging.carriers import Report, WillNeverArrive


class Bell:
    """`to` is a user's id and `ref` the bell's.  Words stay in the database."""

    delivers_at_once: ClassVar[bool] = True

    def send(
        self, *, to: str, body: str, ref: str, subject: str, attachment: Attachment | None = None
    ) -> str:
        try:
            user, bell = UUID(to), UUID(ref)
        except ValueError:
            raise WillNeverArrive("no_such_address") from None
        bus.publish("bell.rung", [f"user:{user}"], bell=bell)
        return ref

    def surely_not_taken(self, *, ref: str) -> bool:
        """Rather ring twice: a hint has no effect but a look."""
        return True

    def read_report(self, payload: Mapping[str, str]) -> Report | None:
        return None

    @classmethod
    def faults(cls, options: Mapping[str, Any]) -> list[str]:
        return []
