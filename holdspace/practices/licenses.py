"""Is this clinician licensed where the client is?  Asked of the rows, and of the compacts' table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit import zones
from holdspace.practices.models import Clinician, License
from holdspace.practices.places import ABROAD

SOON = timedelta(days=30)


class Standing(models.TextChoices):
    """How a clinician's licenses stand to one place."""

    OK = "ok", _("Licensed there")
    SOON = "soon", _("The license there expires soon")
    EXPIRED = "expired", _("The license there has expired")
    NONE = "none", _("No license there")
    UNKNOWN = "unknown", _("Where the client is isn't known")


# From what lets them meet to what doesn't: the best of several papers counts.
ORDER = [Standing.OK, Standing.SOON, Standing.EXPIRED, Standing.NONE]
DOUBTFUL = frozenset({Standing.EXPIRED, Standing.NONE})


@dataclass(frozen=True)
class Licensed:
    """The answer for one clinician and one place, with the paper it rests on."""

    clinician: Clinician
    state: str
    standing: Standing
    license: License | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has to decide before the two meet."""
        return self.standing in DOUBTFUL


def license_state(clinician: Clinician, state: str, at: datetime) -> Licensed:
    """How they stand to a state on that day of theirs; licenses that were prefetched cost no question."""
    return judged(clinician, clinician.licenses.all() if state else [], state, at)


def judged(clinician: Clinician, papers: Iterable[License], state: str, at: datetime) -> Licensed:
    """The same, for whoever has all their papers at hand."""
    if not state:
        return Licensed(clinician, state, Standing.UNKNOWN)
    day = zones.wall_of(at, clinician.time_zone).date()
    fitting = [one for one in papers if state != ABROAD and one.covers(state)]
    standing, paper = _best(fitting, day)
    return Licensed(clinician, state, standing, paper)


def _best(papers: Iterable[License], day: date) -> tuple[Standing, License | None]:
    judged = [(standing_of(one, day), one) for one in papers]
    # Of papers that stand alike, the state's own before a compact's.
    return min(
        judged,
        key=lambda said: (ORDER.index(said[0]), said[1].by_compact),
        default=(Standing.NONE, None),
    )


def standing_of(paper: License, day: date) -> Standing:
    if paper.is_over(day):
        return Standing.EXPIRED
    ends = paper.expires_on
    return Standing.SOON if ends is not None and ends - SOON <= day else Standing.OK


def worst_of(clinicians: Iterable[Clinician], state: str, at: datetime) -> Licensed | None:
    """Of all who lead an appointment, the one with whom it may fail."""
    said = [license_state(one, state, at) for one in clinicians]
    return max(said, key=lambda one: _rank(one.standing), default=None)


def _rank(standing: Standing) -> int:
    return ORDER.index(standing) if standing in ORDER else -1


def number_for(clinician: Clinician, state: str, at: datetime) -> str:
    """The number to write under a record: of the paper for that state, else of whichever they hold."""
    paper = license_state(clinician, state, at).license or clinician.licenses.first()
    return paper.number if paper else ""
