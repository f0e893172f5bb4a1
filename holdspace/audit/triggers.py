"""The database's own no: an entry is sealed once and never otherwise changed; a head only grows.

Product code never lowers these.  A column added to Entry must be added to CONTENT (a test asks).
"""

from django.db import connection

from holdspace.kit import guards
from holdspace.kit.guards import Guard

ENTRY, HEAD = "audit_entry", "audit_head"
# What sealing must leave as it is.
CONTENT = (
    "id",
    "practice_id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "what",
    "subject_type",
    "subject_id",
    "detail",
)
NO = "the trail is append-only"
SAME = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in CONTENT)
SEAL = "ARRAY['seq', 'prev', 'marks', 'mac']"
SAME_PG = f"to_jsonb(NEW) - {SEAL} = to_jsonb(OLD) - {SEAL}"
SEALING = "OLD.seq IS NULL AND NEW.seq IS NOT NULL AND NEW.prev IS NOT NULL AND NEW.mac IS NOT NULL"
GROWING = "NEW.chain = OLD.chain AND (NEW.count > OLD.count OR (NEW.count = OLD.count AND NEW.mac = OLD.mac))"
# SQLite's "OR REPLACE" deletes the row in its way without asking the trigger against deleting.
REPLACES = f"EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id)"  # noqa: S608 (constants)
TAKEN = "seq = NEW.seq AND practice_id IS NEW.practice_id"
RENUMBERS = f"EXISTS (SELECT 1 FROM {ENTRY} WHERE {TAKEN})"  # noqa: S608 (constants)


def sqlite(name: str, moment: str, table: str, when: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {moment} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{NO}'); END"


def postgresql(name: str, moment: str, table: str, *, each: str, unless: str = "false") -> str:
    """A trigger and the function it calls; the error's class is the one SQLite gives too.

    The condition stands in the function: in the trigger's own WHEN it would forbid every
    later migration to alter the columns it names.
    """
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {unless} THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{NO}' USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()
    """


def kept(table: str) -> Guard:
    """No deleting, no emptying."""
    name = f"{table}_kept"
    whole = postgresql(name, "DELETE OR TRUNCATE", table, each="STATEMENT")
    return Guard(name, table, sqlite=sqlite(name, "DELETE", table), postgresql=whole)


def only(name: str, moment: str, table: str, *, lite: str, pg: str) -> Guard:
    """No insert or update but those that keep a condition."""
    return Guard(
        name,
        table,
        sqlite=sqlite(name, moment, table, f"WHEN NOT ({lite})"),
        postgresql=postgresql(name, moment, table, each="ROW", unless=pg),
    )


ALL = (
    kept(ENTRY),
    kept(HEAD),
    only(
        "audit_entry_born_unsealed",
        "INSERT",
        ENTRY,
        lite=f"NEW.seq IS NULL AND NOT {REPLACES}",
        pg="NEW.seq IS NULL",
    ),
    only(
        "audit_entry_sealed_once",
        "UPDATE",
        ENTRY,
        lite=f"{SEALING} AND {SAME} AND NOT {RENUMBERS}",
        pg=f"{SEALING} AND {SAME_PG}",
    ),
    only("audit_head_grows", "UPDATE", HEAD, lite=GROWING, pg=GROWING),
)


def declare() -> None:
    """Make them known, so that migrations put them up and `post_migrate` puts them back."""
    guards.declare(*ALL)


def triggers_standing() -> bool:
    """Whether the database keeps every rule of the trail right now.  Readiness asks."""
    return not lowered()


def lowered() -> list[str]:
    """The rules that don't stand, gone or switched off; none where there is no trail yet."""
    ours = {guard.name for guard in ALL}
    return sorted(ours & {*guards.missing(connection), *_switched_off()})


def _switched_off() -> set[str]:
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'D'")
        return {row[0] for row in cursor.fetchall()}
