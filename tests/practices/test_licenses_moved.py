"""An installation that is brought up to date keeps what it knew of its clinicians' licenses."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from holdspace.practices.models import License
from tests import cast

MOVED = "0006_licenses_of_clinicians"
KIND_OF = {"sqlite": "text", "postgresql": "jsonb"}


@pytest.fixture
def before(db: None) -> Any:
    """The tables as they were when a clinician had two columns for it; gone again with the test."""
    with connection.cursor() as cursor:
        for column, kind, empty in (
            ("license_number", "varchar(40)", "''"),
            ("license_states", KIND_OF[connection.vendor], "'[]'"),
        ):
            cursor.execute(
                f"ALTER TABLE practices_clinician ADD COLUMN {column} {kind} NOT NULL DEFAULT {empty}"
            )
    return MigrationLoader(connection).project_state(("practices", "0005_licenses")).apps


def test_two_columns_become_rows_and_nothing_is_made_up(before: Any) -> None:
    willow = cast.practice("Willow Street Counseling", "willow")
    clinicians = before.get_model("practices", "Clinician").objects
    held = {"Ann": (["NY", "GA"], "PSY-1"), "Bob": ([], "PSY-2"), "Cleo": (["CA"], ""), "Dee": ([], "")}
    for name, (states, number) in held.items():
        person = cast.person(willow, name, ["clinician"])
        clinicians.filter(membership_id=person.membership.pk).update(
            license_states=states, license_number=number
        )
    License.objects.all().delete()

    moved = import_module(f"holdspace.practices.migrations.{MOVED}")
    moved.into_rows(before, SimpleNamespace(connection=connection))

    rows = License.objects.order_by("clinician__name", "state")
    assert list(rows.values_list("clinician__name", "state", "number", "kind", "expires_on")) == [
        ("Ann", "GA", "PSY-1", "state", None),
        ("Ann", "NY", "PSY-1", "state", None),
        ("Bob", "", "PSY-2", "state", None),
        ("Cleo", "CA", "", "state", None),
    ]

    clinicians.update(license_states=[], license_number="")
    moved.into_columns(before, SimpleNamespace(connection=connection))

    back = {one.name: (one.license_states, one.license_number) for one in clinicians.all()}
    assert back == {name: (sorted(states), number) for name, (states, number) in held.items()}
