"""The overlap rule of holds, kept by the database itself: no two of one clinician share a moment."""

from holdspace.kit import guards
from holdspace.kit.guards import Guard

TABLE = "scheduling_hold"
OVERLAP = "hold_overlap"
# Holds that stand are apart, so the last of those that begin before the new one's end is also the last
# to end: if it is out of the way, all are.  One look into the index, however many years there are.
_TAKEN = f"""
    (SELECT other.ends_at FROM {TABLE} AS other
     WHERE other.clinician_id = NEW.clinician_id AND other.id IS NOT NEW.id AND other.starts_at < NEW.ends_at
     ORDER BY other.starts_at DESC LIMIT 1) > NEW.starts_at
"""  # noqa: S608 (constants)


def _sqlite(name: str, moment: str) -> str:
    said = f"BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END"
    return f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} WHEN {_TAKEN} {said}"


# Half-open ranges: ten to eleven and eleven to twelve touch without overlapping.
_EXCLUDE = f"""
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE {TABLE} ADD CONSTRAINT {OVERLAP}
        EXCLUDE USING gist (clinician_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
"""
_FORWARD = f"ALTER TABLE {TABLE} ADD CONSTRAINT hold_overlap_update CHECK (ends_at > starts_at)"

ALL = (
    Guard(OVERLAP, TABLE, sqlite=_sqlite(OVERLAP, "INSERT"), postgresql=_EXCLUDE),
    # PostgreSQL's one constraint sees updates as well; under this name it keeps empty holds out,
    # which as empty ranges would overlap nothing.
    Guard("hold_overlap_update", TABLE, sqlite=_sqlite("hold_overlap_update", "UPDATE"), postgresql=_FORWARD),
)


def declare() -> None:
    """Make the rule known, so that migrations put it up and `post_migrate` puts it back."""
    guards.declare(*ALL)


def is_overlap(error: Exception) -> bool:
    """Whether the database's no is this rule's no, on either vendor."""
    return OVERLAP in str(error)
