"""Plans to book with, and a second clinician."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from holdspace.practices.models import Practice
from holdspace.scheduling.models import Hours
from holdspace.scheduling.plans import Plan
from tests import cast


@pytest.fixture
def novak_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Dr Eva Novak", ["clinician"])


@pytest.fixture
def open_always(willow: Practice) -> None:
    """Hours round the clock, for stories that aren't about hours."""
    for weekday in range(7):
        Hours.objects.create(practice=willow, weekday=weekday, starts=0, ends=24 * 60)


@pytest.fixture
def plan(osei_person: cast.Person, willow: Practice) -> Callable[..., Plan]:
    """A telehealth appointment of 50 minutes with Dr Osei at TEN, but for what is said."""

    def make(starts_at: datetime = cast.TEN, minutes: int = 50, **facts: Any) -> Plan:
        said: dict[str, Any] = {
            "type": cast.type_of(willow),
            "contact_type": "telehealth",
            "clinicians": (osei_person.clinician,),
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=minutes),
            "time_zone": "America/New_York",
        }
        return Plan(**(said | facts))

    return make
