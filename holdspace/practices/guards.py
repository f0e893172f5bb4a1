"""What this database is was written when it was made: nobody changes it, removes it, or adds another."""

from holdspace.kit import guards
from holdspace.kit.guards import Guard

TABLE = "practices_installation"
NO = "what this installation is was decided when it was made"
ONLY = f"EXISTS (SELECT 1 FROM {TABLE})"  # noqa: S608 (constants)


def _sqlite(name: str, moment: str, when: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} {when} BEGIN SELECT RAISE(ABORT, '{NO}'); END"


def _postgresql(name: str, moment: str, when: str = "") -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {when} RAISE EXCEPTION '{NO}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {name}()
    """


# SQLite's "OR REPLACE" deletes without asking the trigger against deleting: so a second row is refused.
ALL = (
    Guard(
        "installation_once",
        TABLE,
        sqlite=_sqlite("installation_once", "INSERT", f"WHEN {ONLY}"),
        postgresql=_postgresql("installation_once", "INSERT", f"IF NOT {ONLY} THEN RETURN NULL; END IF;"),
    ),
    Guard(
        "installation_unchanged",
        TABLE,
        sqlite=_sqlite("installation_unchanged", "UPDATE"),
        postgresql=_postgresql("installation_unchanged", "UPDATE"),
    ),
    Guard(
        "installation_kept",
        TABLE,
        sqlite=_sqlite("installation_kept", "DELETE"),
        postgresql=_postgresql("installation_kept", "DELETE OR TRUNCATE"),
    ),
)


def declare() -> None:
    """Make them known, so that migrations put them up and `post_migrate` puts them back."""
    guards.declare(*ALL)
