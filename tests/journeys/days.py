"""Days on which the practices of the demo are open, so that a journey simply books there."""

from collections.abc import Iterator
from datetime import date, timedelta

from holdspace.scheduling.holidays import united_states


def working_days(ahead: int) -> Iterator[str]:
    """Mondays to Fridays that are no holiday, from so many days ahead on."""
    for number in range(ahead, ahead + 365):
        day = date.today() + timedelta(days=number)
        if day.weekday() < 5 and day not in united_states(day.year):
            yield day.isoformat()
