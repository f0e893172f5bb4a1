"""What can be done to the calendar, a file per noun."""

from holdspace.scheduling.actions.appointments import book, edit, move
from holdspace.scheduling.actions.newcomers import book_for_new
from holdspace.scheduling.actions.seats import cancel, opened, set_status

__all__ = ["book", "book_for_new", "cancel", "edit", "move", "opened", "set_status"]
