"""Tests that commit must be able to clear their tables afterwards; nothing of the product can.

Django clears them with `flush`, which puts the triggers back when it is through
(`post_migrate`).  So only that one call runs without them.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from holdspace.kit import guards


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_cleared_between_tests() -> Iterator[None]:
    """Lower every guard that is a trigger for the length of Django's own flush."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unguarded(operations: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        lower(operations.connection)
        flush(operations, sql_list)
        guards.put_up(operations.connection)

    BaseDatabaseOperations.execute_sql_flush = unguarded  # type: ignore[method-assign, assignment]
    yield
    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


def lower(connection: BaseDatabaseWrapper) -> None:
    """What somebody who owns the database could do, too."""
    with connection.cursor() as cursor:
        for guard in guards.GUARDS.values():
            if guard.table in connection.introspection.table_names(cursor):
                cursor.execute(drop(connection, guard))


def drop(connection: BaseDatabaseWrapper, guard: guards.Guard) -> str:
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{on}"
