import uuid
from datetime import UTC, datetime
from uuid import UUID

import pytest

from holdspace.audit import actions, trail
from holdspace.audit.models import Entry
from holdspace.kit.actor import Member
from tests.audit.flushing import tables_can_be_cleared_between_tests  # noqa: F401

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)
WILLOW, BIRCH = uuid.uuid4(), uuid.uuid4()


def someone(practice: UUID = WILLOW, *verbs: str) -> Member:
    return Member(uuid.uuid4(), uuid.uuid4(), practice, "Dr Ama Osei", frozenset(verbs))


def thing(practice: UUID | None = WILLOW) -> Entry:
    """Any row with an id and a practice will do as a subject."""
    return Entry(practice_id=practice)


@pytest.fixture
def sealed(db):
    """Five sealed entries at Willow, numbered 1 to 5."""
    actor = someone()
    for n in range(5):
        trail.record(actor, "kettle.tea.poured", thing(), at=TEN, cup=n)
    actions.seal_waiting(at=TEN)
    return list(Entry.objects.order_by("seq"))
