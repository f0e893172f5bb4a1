"""A status is a table of moves, and one move at a time."""

from typing import Any, ClassVar

from django.db import models

from holdspace.kit.refusals import MoveNotAllowed


class HasStatus(models.Model):
    """A row whose `status` changes only along MOVES, by compare-and-swap."""

    MOVES: ClassVar[dict[str, set[str]]] = {}
    # Each machine declares its own field with its own choices.
    status: Any

    class Meta:
        abstract = True

    def may_become(self, status: str) -> bool:
        return status in self.MOVES[self.status]

    def move_to(self, status: str, **changes: Any) -> None:
        """Move this row to `status`, or raise MoveNotAllowed and change nothing."""
        if not self.may_become(status):
            raise MoveNotAllowed
        # The UPDATE repeats the status we read: of two people pressing the same
        # button one wins, and the other is told rather than overwriting them.
        read: dict[str, Any] = {"pk": self.pk, "status": self.status}
        mine = type(self)._default_manager.filter(**read)
        if not mine.update(**changes | {"status": status}):
            raise MoveNotAllowed
        self.status = status
        for field, value in changes.items():
            setattr(self, field, value)
