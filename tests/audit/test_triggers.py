"""The database itself refuses every change of the trail but the one that seals."""

from contextlib import contextmanager

import pytest
from django.core import checks
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SqliteEditor

from holdspace.audit import trail, triggers
from holdspace.audit.models import Entry, Head
from holdspace.kit import guards
from tests.audit.conftest import TEN, someone, thing
from tests.audit.flushing import drop

TAMPERING = {
    "a sealed entry is changed": "UPDATE audit_entry SET what = 'x' WHERE seq = 2",
    "a detail is changed": "UPDATE audit_entry SET detail = '{}' WHERE seq = 2",
    "a seal is replaced": "UPDATE audit_entry SET mac = 'x' WHERE seq = 2",
    "a seal is taken off": "UPDATE audit_entry SET seq = NULL, prev = NULL, mac = NULL WHERE seq = 2",
    "an entry is deleted": "DELETE FROM audit_entry WHERE seq = 2",
    "everything is deleted": "DELETE FROM audit_entry",
    "the head is set back": "UPDATE audit_head SET count = 3",
    "the head is changed": "UPDATE audit_head SET mac = 'x'",
    "the head is deleted": "DELETE FROM audit_head",
    "a waiting entry is changed": "UPDATE audit_entry SET what = 'x' WHERE seq IS NULL",
    "a waiting entry is deleted": "DELETE FROM audit_entry WHERE seq IS NULL",
    "a waiting entry is changed while it is sealed": (
        "UPDATE audit_entry SET what = 'x', seq = 6, prev = '', mac = '' WHERE seq IS NULL"
    ),
}
ONLY_POSTGRESQL = {
    "the table is emptied": "TRUNCATE audit_entry",
    "the heads are emptied": "TRUNCATE audit_head",
}
ONLY_SQLITE = {
    "an entry is replaced": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq IS NULL",
    "an entry takes another's number": (
        "UPDATE OR REPLACE audit_entry SET seq = 2, prev = '', mac = '' WHERE seq IS NULL"
    ),
}


@contextmanager
def refused():
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        yield


def tampering():
    return TAMPERING | (ONLY_SQLITE if connection.vendor == "sqlite" else ONLY_POSTGRESQL)


@pytest.mark.parametrize("deed", [*TAMPERING, *ONLY_POSTGRESQL, *ONLY_SQLITE])
def test_the_database_refuses_when(deed, sealed):
    trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)
    if deed not in tampering():
        pytest.skip("not a thing on this database")

    with refused(), connection.cursor() as cursor:
        cursor.execute(tampering()[deed])

    assert (Entry.objects.count(), Head.objects.get().count) == (6, 5)


def test_nobody_is_born_sealed(sealed):
    with refused():
        Entry.objects.create(at=TEN, what="x", seq=6, prev="", mac="")


def test_a_query_that_updates_is_refused_like_everything_else(sealed):
    with refused():
        Entry.objects.update(actor_name="Somebody Else")


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_leaves_it_guarded(sealed):
    _alter(110)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert triggers.triggers_standing()
    with refused():
        Entry.objects.filter(seq=2).delete()
    _alter(100)


def _alter(length):
    old = Entry._meta.get_field("what")
    new = models.CharField(max_length=length)
    new.set_attributes_from_name("what")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, old, new, strict=False)
        # On SQLite this rebuilt the table, which drops its triggers.
        if isinstance(editor, SqliteEditor):
            editor._remake_table(Entry)  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("guard", triggers.ALL, ids=lambda guard: guard.name)
def test_a_missing_trigger_stops_the_start(guard):
    assert triggers.triggers_standing()

    with connection.cursor() as cursor:
        cursor.execute(drop(connection, guard))

    assert not triggers.triggers_standing()
    assert "audit.E001" in {found.id for found in _checked()}


@pytest.mark.django_db
def test_a_trigger_switched_off_counts_as_gone():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite can't switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_kept")

    assert not triggers.triggers_standing()


def _checked():
    return checks.run_checks(tags=[checks.Tags.database], databases=["default"])


def test_every_column_is_guarded_or_part_of_the_seal():
    columns = {field.column for field in Entry._meta.concrete_fields}

    assert columns == {*triggers.CONTENT, "seq", "prev", "marks", "mac"}


def test_the_trails_guards_are_among_the_projects():
    assert {guard.name for guard in triggers.ALL} <= set(guards.GUARDS)
