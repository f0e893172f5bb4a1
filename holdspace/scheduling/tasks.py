"""What happens to the calendar while nobody looks."""

import logging
from datetime import timedelta

from django.db.models import F

from holdspace.jobs import every
from holdspace.kit.clock import now
from holdspace.scheduling.actions.extending import extend
from holdspace.scheduling.coming import AHEAD
from holdspace.scheduling.imports.tasks import forget_old_files, run_import
from holdspace.scheduling.models import Series
from holdspace.scheduling.notices.tasks import tell, tell_the_forgotten

__all__ = ["extend_series", "forget_old_files", "run_import", "tell", "tell_the_forgotten"]

log = logging.getLogger(__name__)
# A few days at a time: a series that grew this morning has nothing to do this afternoon.
PAUSE = timedelta(days=7)


@every(seconds=3600)
def extend_series() -> None:
    """Every series that goes on has rows for twelve months; one that fails keeps no other waiting."""
    at = now()
    due = Series.objects.filter(made_until__lt=(at + AHEAD - PAUSE).date())
    due = due.exclude(last_day__lt=F("made_until"))
    for series in due.order_by("made_until")[:500]:
        try:
            extend(series=series, at=at)
        except Exception as wrong:
            log.warning("scheduling: a series could not be extended (%s)", type(wrong).__name__)
