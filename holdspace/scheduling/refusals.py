"""The ways the calendar says no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from holdspace.kit.refusals import Refusal

if TYPE_CHECKING:
    from holdspace.scheduling.clashes import Clash
    from holdspace.scheduling.coming import Coming


class EndBeforeStart(Refusal):
    sentence = _("An appointment ends after it starts. Give it at least five minutes.")


class TooLong(Refusal):
    sentence = _("An appointment lasts a day at most. Check the duration.")


class BeyondTheCalendar(Refusal):
    sentence = _("That day is beyond this calendar. Check the year.")


class TextTooLong(Refusal):
    sentence = _("That text is too long: 20,000 characters fit. Shorten it; nothing else was lost.")


class ReasonNeeded(Refusal):
    sentence = _("That change needs a reason. Write a few words, then save again.")


class NobodyBooked(Refusal):
    sentence = _("Choose at least one client and one clinician.")


class NoDayLeft(Refusal):
    sentence = _("Every day is left out, so there is nothing to book. Keep at least one.")


class ContactTypeNotOffered(Refusal):
    sentence = _("This appointment type isn't offered that way. Choose another contact type.")


class RuleNotUnderstood(Refusal):
    sentence = _("That rule can't be read. Choose an interval, or write a rule like FREQ=WEEKLY;BYDAY=MO,TH.")


class TooManyTimes(Refusal):
    sentence = _("A series ends after 500 times at most. For longer, let it go on without an end.")


class EndsBeforeItBegins(Refusal):
    sentence = _("The series ends before its first appointment. Choose a later last day.")


class RuleCannotMove(Refusal):
    sentence = _(
        "This series follows a rule of its own: its days can't be moved together. "
        "Change this occurrence only, or end the series here and book a new one."
    )


class NeverHappens(Refusal):
    sentence = _("That rule names days that don't exist: nothing would ever be booked. Change the rule.")


class BeginsOnAnotherDay(Refusal):
    """The rule doesn't include the day it starts on; `first` is the first day it does include."""

    def __init__(self, first: date) -> None:
        self.first = first
        said = {"day": date_format(first, "l, F j")}
        super().__init__(
            __("The rule doesn't include the first day. Start on %(day)s, or change the rule.") % said
        )


class NotYourCalendar(Refusal):
    sentence = _("You can look at this calendar, but not book in it. Ask the front desk.")


# The reason that stands in the history when somebody is taken back into a group.
CAME_BACK = _("Came back to the group")
LEFT = _("Left the group")


class TooManyClients(Refusal):
    """More clients than the type has places for."""

    def __init__(self, kind: str, places: int) -> None:
        said = {"type": kind, "n": places}
        sentence = ngettext(
            "%(type)s is for one client. Take somebody out, or choose another type.",
            "%(type)s is for %(n)s clients at most. Take somebody out, or choose another type.",
            places,
        )
        super().__init__(sentence % said)


class NotAGroup(Refusal):
    sentence = _("This appointment is for one client. Book one of a type that takes several.")


class AlreadyInGroup(Refusal):
    sentence = _("They are in this group already.")


class GroupFull(Refusal):
    sentence = _("Every place in this group is taken. Free one first, or give the type more places.")


class LedTogether(Refusal):
    sentence = _("Several people lead this appointment. It can be moved in time, but not to somebody else.")


class TimeTaken(Refusal):
    """Somebody is booked then; `free` are starts nearby that would do.

    They are looked for when they are asked for: by then the transaction that was refused has let go of
    what others wait for.
    """

    may_overrule = True

    def __init__(
        self, sentence: str | Promise | None = None, *, free: Callable[[], Sequence[datetime]] = list
    ) -> None:
        self._look_for_free = free
        super().__init__(sentence)

    @cached_property
    def free(self) -> Sequence[datetime]:
        return self._look_for_free()


class ClinicianBusy(TimeTaken):
    """The clinician's time is taken.  Nobody can book over it."""

    may_overrule = False
    sentence = _("That time was taken a moment ago. Choose another; nothing was saved.")


class ClientBusy(TimeTaken):
    """The client has another appointment then.  Who books may go on all the same."""

    sentence = _("The client has another appointment then.")


class OutsideHours(TimeTaken):
    """The clinician isn't available then.  Who books may go on all the same."""

    sentence = _("The clinician isn't available then.")


class TimeOffThen(TimeTaken):
    """The clinician is away or the practice closed.  Who books may go on all the same."""

    sentence = _("The clinician is away then.")


class TimePast(TimeTaken):
    """The time has begun or is over.  Who books may go on all the same."""

    sentence = _("That time is in the past.")


class SeriesClashes(Refusal):
    """Some days of a series won't do as they are; `coming` are all of its days, each with its clash.

    `moved` are the clashes of the starts that were chosen instead.
    """

    sentence = _("Some of these days clash. Say for each what should become of it; nothing was saved.")

    def __init__(self, coming: Sequence[Coming], moved: Mapping[date, Clash] | None = None) -> None:
        self.coming, self.moved = list(coming), dict(moved or {})
        super().__init__()


class HoursEndBeforeStart(Refusal):
    sentence = _("The hours end after they start. Choose a later end.")


class NoDayChosen(Refusal):
    sentence = _("Choose days of the week, or one single day.")


class HoursOverlap(Refusal):
    """There are hours at that time already, for the same contact types and site."""

    sentence = _("There are hours at that time already. Change those instead.")


class TimeOffEndsBeforeStart(Refusal):
    sentence = _("Time off ends after it starts. Check the days and times.")


class TimeOffTooLong(Refusal):
    sentence = _("Time off lasts a year at most. Who stays away longer no longer works here: see Staff.")


@dataclass(frozen=True)
class Difference:
    """One field that is no longer as the form believed."""

    field: str
    now: str
    yours: str


class ChangedMeanwhile(Refusal):
    """The save began from an older version of the appointment."""

    def __init__(self, by: str, differences: Sequence[Difference], sentence: str = "") -> None:
        self.by, self.differences = by or __("Somebody else"), list(differences)
        said = __("%(name)s changed this appointment while you had it open. Nothing of yours was saved yet.")
        super().__init__(sentence or said % {"name": self.by})


class FileTooBig(Refusal):
    sentence = _("That file is larger than 50 MB. Cut it in parts; nothing was kept.")


class NoSuchFile(Refusal):
    sentence = _("Choose a file first: CSV, or a calendar (.ics).")


class LineRefused(Refusal):
    """One line of an imported file can't be taken; the sentence says why."""


class LineKnown(Refusal):
    """What a line says is so already; nothing is wrong with it, and nothing is to be done."""


class Unreadable(Refusal):
    """An imported file can't be read from this line on, so nothing of it is taken."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(__("Line %(line)s: %(why)s") % {"line": line, "why": why})


class NotOn(Refusal):
    sentence = _("This appointment isn't on anymore. Nothing was changed.")


class NotByVideo(Refusal):
    sentence = _("This appointment isn't by video.")


class LinkStopped(Refusal):
    sentence = _(
        "The client's link doesn't work now. Unlock it, or make a new one, on the start screen first."
    )


class StateMissing(Refusal):
    """Rules and licenses go by the state, so a place outside every state has to be said as such."""

    sentence = _("Choose the state, or “Outside the United States”.")


class PlaceMissing(Refusal):
    sentence = _("Write the place: a street and a city.")


class PlaceTooLong(Refusal):
    sentence = _("That place is too long: 300 characters fit.")


class AppointmentOver(Refusal):
    sentence = _("This appointment is over. Call us to make a new one.")


class WorksHereToo(Refusal):
    sentence = _("You also work with this sign-in. Ask the owner of your practice to change it.")


class AddressLinkOver(Refusal):
    sentence = _("This link doesn't work any more.")
