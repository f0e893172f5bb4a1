"""What only the database can promise: texts, answers, rules and what was asked never change.

A status may still move (signed -> revoked), and a reason may be added once.
"""

from holdspace.kit import guards
from holdspace.kit.guards import Guard

VERSION, CONSENT, PAPER = "consents_consentversion", "consents_consent", "consents_paper"
GIVEN = "OLD.answered_at IS NOT NULL"
PUBLISHED, ANSWERED = "a published version never changes", "an answer never changes"
SEALED = "a sealed paper never changes"
IS_SEALED = "OLD.status = 'sealed'"
RULE = "consents_ownrule"
DECIDED = "a version of a rule never changes"
AGAIN = "consents_askedagain"
ASKED = "what was asked for a session never changes"

# What stays as it was when the answer was given.
KEPT = (
    "id",
    "practice_id",
    "version_id",
    "client_id",
    "seat_id",
    "way",
    "taken_by",
    "taken_by_name",
    "license_number",
    "time_zone",
    "details",
    "document",
    "document_digest",
    "answered_at",
)


def _changed(distinct: str) -> str:
    """Whether an answered row would lose something; `distinct` compares as the vendor says it."""
    kept = " OR ".join(f"NEW.{name} {distinct} OLD.{name}" for name in KEPT)
    document = " OR ".join(f"NEW.{name} {distinct} OLD.{name}" for name in ("document", "document_digest"))
    reason = "OLD.reason <> '' AND NEW.reason <> OLD.reason"
    signed = f"OLD.document_digest <> '' AND ({document})"
    return f"({GIVEN} AND ({kept})) OR ({signed}) OR ({reason})"


def _sqlite(name: str, moment: str, table: str, why: str, when: str = "") -> str:
    head = f"CREATE TRIGGER {name} BEFORE {moment} ON {table}" + (f" WHEN {when}" if when else "")
    return f"{head} BEGIN SELECT RAISE(ABORT, '{why}'); END"


def _postgresql(name: str, moment: str, table: str, why: str, when: str = "true") -> str:
    """The condition is in the function: in the trigger's own WHEN it would forbid altering its columns."""
    after = "OLD" if moment == "DELETE" else "NEW"
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {when} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN {after};
        END $$;
        CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
    """


def _guard(name: str, moment: str, table: str, why: str, lite: str = "", pg: str = "true") -> Guard:
    return Guard(
        name,
        table,
        sqlite=_sqlite(name, moment, table, why, lite),
        postgresql=_postgresql(name, moment, table, why, pg),
    )


ALL = (
    _guard("consent_version_kept", "DELETE", VERSION, PUBLISHED),
    _guard("consent_version_fixed", "UPDATE", VERSION, PUBLISHED),
    _guard("consent_answer_kept", "DELETE", CONSENT, ANSWERED, GIVEN, GIVEN),
    _guard(
        "consent_answer_fixed",
        "UPDATE",
        CONSENT,
        ANSWERED,
        _changed("IS NOT"),
        _changed("IS DISTINCT FROM"),
    ),
    _guard("consent_paper_kept", "DELETE", PAPER, SEALED, IS_SEALED, IS_SEALED),
    _guard("consent_paper_fixed", "UPDATE", PAPER, SEALED, IS_SEALED, IS_SEALED),
    _guard("state_rule_kept", "DELETE", RULE, DECIDED),
    _guard("state_rule_fixed", "UPDATE", RULE, DECIDED),
    _guard("asked_again_kept", "DELETE", AGAIN, ASKED),
    _guard("asked_again_fixed", "UPDATE", AGAIN, ASKED),
)


def declare() -> None:
    """Make them known, so that migrations put them up and `post_migrate` puts them back."""
    guards.declare(*ALL)
