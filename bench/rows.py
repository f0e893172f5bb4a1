"""Rows by the million: a sample says what all have in common, the database's bulk way takes the rest."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction


@contextmanager
def in_bulk() -> Iterator[None]:
    """One transaction with room to work in; every guard, key and constraint stays on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1000000")
            cursor.execute("PRAGMA synchronous = OFF")
    with transaction.atomic():
        yield
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def put(sample: models.Model, varying: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """As many rows like `sample` as `rows` says, each with its own values in the columns `varying`."""
    common = dict(_columns(sample, {*varying}))
    table, names = sample._meta.db_table, [*common, *varying]
    lines = ([*common.values(), *row] for row in rows)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            places = ", ".join("?" * len(names))
            # Past Django, which takes its rows as a list.
            cursor.cursor.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", lines)


def _columns(sample: models.Model, but: set[str]) -> Iterator[tuple[str, Any]]:
    """What the sample's columns hold, as the database is handed it; keys it makes itself are left to it."""
    for field in sample._meta.concrete_fields:
        if field.column and field.column not in but and not isinstance(field, models.AutoField):
            value = field.get_db_prep_save(field.pre_save(sample, True), connection)
            yield field.column, str(value) if isinstance(value, str) else value


def new_id() -> str:
    """A random UUID as both databases read it."""
    return f"{random.getrandbits(128):032x}"


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
