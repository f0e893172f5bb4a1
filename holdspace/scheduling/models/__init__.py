"""Rows of the calendar, a file per noun."""

from holdspace.scheduling.models.appointments import Appointment, AppointmentType, ContactType, Hold
from holdspace.scheduling.models.availability import Hours, TimeOff
from holdspace.scheduling.models.editing import Editing
from holdspace.scheduling.models.feeds import Feed
from holdspace.scheduling.models.imports import Import, ImportLine, ImportPromise
from holdspace.scheduling.models.notices import Notice
from holdspace.scheduling.models.reasons import Reasons
from holdspace.scheduling.models.seats import Seat, SeatStatus
from holdspace.scheduling.models.series import Occurrence, Series
from holdspace.scheduling.models.spoken import SpokenCode
from holdspace.scheduling.models.visits import Came, VisitRow

__all__ = [
    "Appointment",
    "AppointmentType",
    "Came",
    "ContactType",
    "Editing",
    "Feed",
    "Hold",
    "Hours",
    "Import",
    "ImportLine",
    "ImportPromise",
    "Notice",
    "Occurrence",
    "Reasons",
    "Seat",
    "SeatStatus",
    "Series",
    "SpokenCode",
    "TimeOff",
    "VisitRow",
]
