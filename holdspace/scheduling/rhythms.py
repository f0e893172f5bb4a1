"""A series in words, for pages and for messages."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from holdspace.scheduling import recurrence
from holdspace.scheduling.models import Series

WHICH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    -1: gettext_lazy("last"),
}


def in_words(series: Series) -> str:
    """*Every 2 weeks on Tuesday, until March 25, 2027*."""
    starts = datetime.combine(series.first_day, series.wall_time)
    return f"{_rhythm(series.rule, starts)}{_end(series)}"


def _rhythm(rule: str, starts: datetime) -> str:
    day = date_format(starts, "l")
    for weeks in (1, 2, 3, 4, 6, 8):
        if rule == recurrence.weekly(starts, weeks):
            said = {"n": weeks, "day": day}
            return ngettext("Every week on %(day)s", "Every %(n)s weeks on %(day)s", weeks) % said
    if rule == recurrence.monthly_by_date(starts):
        return _("Monthly on day %(n)s") % {"n": starts.day}
    if rule == recurrence.monthly_by_weekday(starts):
        which = (starts.day - 1) // 7 + 1
        return _("Monthly on the %(which)s %(day)s") % {"which": WHICH.get(which, WHICH[-1]), "day": day}
    return _("By a rule of its own")


def _end(series: Series) -> str:
    if series.last_day:
        return ", " + _("until %(day)s") % {"day": date_format(series.last_day, "F j, Y")}
    if series.times:
        return ", " + ngettext("%(n)s time", "%(n)s times", series.times) % {"n": series.times}
    return ""
