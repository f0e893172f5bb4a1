"""What the database is was written when it was made; the database itself keeps it so."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from holdspace.practices.models import Installation
from holdspace.practices.queries import is_demo


@pytest.fixture
def practice_installation(db: None, ten: Any) -> Installation:
    return Installation.objects.create(demo=False, created_at=ten)


def test_a_demo_cant_be_switched_on_later(practice_installation: Installation) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.update(demo=True)

    assert not is_demo()


def test_the_mark_cant_be_taken_away(practice_installation: Installation) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.all().delete()

    assert Installation.objects.count() == 1


def test_a_second_mark_is_refused(practice_installation: Installation, ten: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.create(pk=2, demo=True, created_at=ten)
