from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from holdspace.consents import actions
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit import guards
from holdspace.kit.actor import Member, Visit
from holdspace.practices.models import Practice
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests.cast import TEN, person

ALL_TICKS = ["read", "location", "identity", "present", "questions"]
ROSA = Mark("Rosa Marin")


@pytest.fixture
def form(willow: Practice) -> ConsentVersion:
    return actions.ensure_default_form(willow, TEN - timedelta(days=90))


@pytest.fixture
def rosas_visit(rosas_seat: Seat) -> Visit:
    """Rosa, who has opened her link and said when she was born."""
    row, _ = identify(seat=rosas_seat, at=TEN - timedelta(hours=1), birth_date=rosas_seat.client.birth_date)
    rosas_seat.refresh_from_db()
    return row.as_actor()


@pytest.fixture
def asked(rosas_seat: Seat, form: ConsentVersion, front_desk: Member) -> Consent:
    """The form, sent to Rosa by e-mail an hour before her appointment."""
    return actions.request(seat=rosas_seat, channel="email", actor=front_desk, at=TEN - timedelta(hours=1))


@pytest.fixture
def accepted(asked: Consent, rosas_visit: Visit) -> Consent:
    return actions.accept(consent=asked, actor=rosas_visit, at=TEN)


@pytest.fixture
def signed(accepted: Consent, rosas_visit: Visit) -> Consent:
    return actions.sign(consent=accepted, mark=ROSA, intent=True, actor=rosas_visit, at=TEN)


@pytest.fixture
def colleague(willow: Practice) -> Member:
    """A clinician of the same practice who doesn't lead Rosa's appointment."""
    return person(willow, "Dr Ben Hall", ["clinician"]).actor


def record(seat: Seat, actor: Member, **said: Any) -> Consent:
    """A spoken yes with everything ticked, unless said otherwise."""
    facts: dict[str, Any] = {"answer": "yes", "ticks": ALL_TICKS, "location": "At home, Evanston", "at": TEN}
    return actions.record_verbal(seat=seat, actor=actor, **(facts | said))


@pytest.fixture
def unguarded():
    """Somebody who owns the database can lower its guards: this is them, on one table."""

    @contextmanager
    def lowered(table: str) -> Iterator[None]:
        ours = [guard for guard in guards.GUARDS.values() if guard.table == table]
        with connection.cursor() as cursor:
            for guard in ours:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {guard.name}{on}")
        yield
        guards.put_up(connection, table=table)

    return lowered
