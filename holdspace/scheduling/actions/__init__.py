"""What can be done to the calendar, a file per noun."""

from holdspace.scheduling.actions.appointments import book, edit, move
from holdspace.scheduling.actions.seats import cancel, opened, set_status

__all__ = ["book", "cancel", "edit", "move", "opened", "set_status"]
