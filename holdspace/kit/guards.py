"""Rules that only the database can keep: triggers and constraints, written once per vendor.

SQLite drops a table's triggers whenever a migration rebuilds the table.  So a room declares its
guards here, its migration puts them up, `post_migrate` puts back whatever is missing, and
`missing` lets readiness and a system check refuse to run without them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """One named rule on one table: the statements that put it up, per vendor, and its kind there."""

    name: str
    table: str
    sqlite: str
    postgresql: str


GUARDS: dict[str, Guard] = {}


def declare(*guards: Guard) -> None:
    """Make guards known; a room does this in its AppConfig.ready."""
    GUARDS.update({guard.name: guard for guard in guards})


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of declared guards that don't stand although their table does."""
    standing, tables = _standing(connection), set(connection.introspection.table_names())
    return [g.name for g in GUARDS.values() if g.table in tables and g.name not in standing]


def put_up(connection: BaseDatabaseWrapper, *, table: str | None = None) -> None:
    """Put up whatever is missing (on one table)."""
    for name in missing(connection):
        guard = GUARDS[name]
        if table in {None, guard.table}:
            _execute(connection, guard)


def migration(table: str, declared: Callable[[], None]) -> Callable[[Any, Any], None]:
    """The RunPython function of the migration that first puts up a table's guards."""

    def run(apps: Any, schema_editor: Any) -> None:
        declared()
        put_up(schema_editor.connection, table=table)

    return run


def renewal(name: str, declared: Callable[[], None]) -> Callable[[Any, Any], None]:
    """The RunPython function of a migration after which a guard says something else than it did."""

    def run(apps: Any, schema_editor: Any) -> None:
        declared()
        guard, connection = GUARDS[name], schema_editor.connection
        with connection.cursor() as cursor:
            on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        _execute(connection, guard)

    return run


def _execute(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    sql = guard.sqlite if connection.vendor == "sqlite" else guard.postgresql
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT conname FROM pg_constraint"
            )
        return {row[0] for row in cursor.fetchall()}
