"""The consent light of a tile says what the rule says, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.consents.models import Consent, ConsentForm, ConsentVersion
from holdspace.consents.queries import standing
from holdspace.desk.readiness import agreed_among
from holdspace.scheduling.models import Seat
from tests import cast

DAY = timedelta(days=1)


def version(practice, number=1, **facts):
    form = ConsentForm.objects.get_or_create(
        practice=practice, purpose="telehealth", defaults={"title": "Telehealth"}
    )[0]
    said = {
        "text": "t",
        "script": "s",
        "disclosure": "d",
        "digest": "0" * 64,
        "published_at": cast.TEN - 90 * DAY,
    }
    return ConsentVersion.objects.create(practice=practice, form=form, number=number, **(said | facts))


def consent(seat, of, status="signed", way="digital", days_ago=10, **facts):
    said = {"practice": seat.practice, "client": seat.client, "seat": seat, "time_zone": "UTC"}
    said |= {"version": of, "status": status, "way": way, "answered_at": cast.TEN - days_ago * DAY}
    return Consent.objects.create(**(said | facts))


@pytest.fixture
def next_seat(osei_person, rosa):
    """Rosa's appointment a week later."""
    return cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + 7 * DAY)


def both(seats):
    """What the light says and what the rule says, for each seat."""
    lit = agreed_among(seats, cast.TEN)
    return [seat.pk in lit for seat in seats], [standing(seat, at=cast.TEN) is not None for seat in seats]


STORIES = {
    "nothing": lambda s, n, v: None,
    "signed": lambda s, n, v: consent(s, v),
    "expired": lambda s, n, v: consent(s, v, expires_at=cast.TEN - DAY),
    "until tomorrow": lambda s, n, v: consent(s, v, expires_at=cast.TEN + DAY),
    "for one session": lambda s, n, v: consent(s, v, one_session=True),
    "for the next session": lambda s, n, v: consent(n, v, one_session=True),
    "by word of mouth": lambda s, n, v: consent(s, v, "recorded", "verbal"),
    "declined": lambda s, n, v: consent(s, v, "declined"),
    "declined later": lambda s, n, v: (consent(s, v), consent(s, v, "declined", days_ago=3)),
    "declined before": lambda s, n, v: (consent(s, v), consent(s, v, "declined", days_ago=30)),
    "withdrawn": lambda s, n, v: consent(s, v, "revoked", revoked_at=cast.TEN - DAY),
    "withdrawn, then signed": lambda s, n, v: (
        consent(s, v, "revoked", revoked_at=cast.TEN - 5 * DAY, days_ago=20),
        consent(s, v, days_ago=1),
    ),
    "asked anew": lambda s, n, v: (consent(s, v), version(s.practice, 2, asks_anew=True)),
    "a new version that doesn't ask": lambda s, n, v: (consent(s, v), version(s.practice, 2)),
    "signed the new version": lambda s, n, v: consent(s, version(s.practice, 2, asks_anew=True)),
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("state", ["IL", "NY", ""])
def test_the_light_says_what_the_rule_says(rosas_seat, next_seat, rosa, willow, story, state):
    rosa.state = state
    rosa.save()
    STORIES[story](rosas_seat, next_seat, version(willow))
    seats = list(Seat.objects.select_related("client").order_by("appointment__starts_at"))

    lit, stands = both(seats)

    assert lit == stands


def test_many_seats_cost_as_many_queries_as_one(rosas_seat, next_seat, willow):
    consent(rosas_seat, version(willow))
    seats = list(Seat.objects.select_related("client", "appointment__type"))

    with CaptureQueriesContext(connection) as counted:
        agreed_among(seats, cast.TEN)

    assert len(counted) == 4
