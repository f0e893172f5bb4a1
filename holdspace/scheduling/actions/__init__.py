"""What can be done to the calendar, a file per noun."""

from holdspace.scheduling.actions.appointments import book, edit, move
from holdspace.scheduling.actions.editing import keep_editing, stop_editing
from holdspace.scheduling.actions.extending import extend
from holdspace.scheduling.actions.groups import join, leave
from holdspace.scheduling.actions.meanwhile import Seen
from holdspace.scheduling.actions.newcomers import book_for_new, book_series_for_new, change_for_new
from holdspace.scheduling.actions.reasons import explain, offer_reasons
from holdspace.scheduling.actions.reshaping import change_all, change_from
from holdspace.scheduling.actions.seats import cancel, opened, set_status
from holdspace.scheduling.actions.series import book_series, cancel_all, cancel_from
from holdspace.scheduling.actions.where import Place, say_where

__all__ = [
    "Place",
    "Seen",
    "book",
    "book_for_new",
    "book_series",
    "book_series_for_new",
    "cancel",
    "cancel_all",
    "cancel_from",
    "change_all",
    "change_for_new",
    "change_from",
    "edit",
    "explain",
    "extend",
    "join",
    "keep_editing",
    "leave",
    "move",
    "offer_reasons",
    "opened",
    "say_where",
    "set_status",
    "stop_editing",
]
