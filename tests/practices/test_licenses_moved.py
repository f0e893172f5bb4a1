"""An installation that is brought up to date keeps what it knew of its clinicians' licenses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("practices", "0005_licenses"), ("practices", "0007_license_columns_go")


def migrate(to: tuple[str, str]) -> Any:
    """Bring the database to a migration, and hand out the tables as they are there."""
    MigrationExecutor(connection).migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """The tables as they were when a clinician had two columns for it."""
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_two_columns_become_rows_and_nothing_is_made_up(before: Any, ten: Any) -> None:
    practice = before.get_model("practices", "Practice").objects.create(name="W", slug="w", created_at=ten)
    clinicians = before.get_model("practices", "Clinician").objects
    for number, (states, paper) in enumerate(
        [(["NY", "GA"], "PSY-1"), ([], "PSY-2"), (["CA"], ""), ([], "")]
    ):
        user = before.get_model("accounts", "User").objects.create(email=f"{number}@example.org")
        member = before.get_model("practices", "Membership").objects.create(practice=practice, user=user)
        said = {"practice": practice, "membership": member, "name": str(number)}
        clinicians.create(license_states=states, license_number=paper, **said)

    after = migrate(AFTER)

    rows = after.get_model("practices", "License").objects.order_by("clinician__name", "state")
    assert list(rows.values_list("clinician__name", "state", "number", "kind", "expires_on")) == [
        ("0", "GA", "PSY-1", "state", None),
        ("0", "NY", "PSY-1", "state", None),
        ("1", "", "PSY-2", "state", None),
        ("2", "CA", "", "state", None),
    ]
