"""The rule that counts for a practice: its own newest version for a state, else the shipped row."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from holdspace.consents.models import OwnRule
from holdspace.consents.states import StateRule, rules
from holdspace.practices import places


def rules_of(practice_id: UUID) -> dict[str, StateRule]:
    """The whole table as the practice goes by it; one question."""
    return _over(rules(), OwnRule.objects.filter(practice_id=practice_id))


class Tables(dict[UUID, dict[str, StateRule]]):
    """The tables of several practices, each read when it is first asked for."""

    def __missing__(self, practice_id: UUID) -> dict[str, StateRule]:
        self[practice_id] = rules_of(practice_id)
        return self[practice_id]


def rule_of(practice_id: UUID, state: str) -> StateRule:
    """What is asked where the client is; the row for elsewhere where that isn't known or not listed."""
    known = OwnRule.objects.filter(practice_id=practice_id, state__in={state.upper(), ""})
    return in_table(_over(rules(), known), state)


def in_table(table: dict[str, StateRule], state: str) -> StateRule:
    """A state's rule; a place that isn't listed has the rule for elsewhere, and its own name."""
    code = state.upper()
    if code in table:
        return table[code]
    return replace(table[""], code=code, name=str(places.name_of(code)))


def _over(table: dict[str, StateRule], own: Iterable[OwnRule]) -> dict[str, StateRule]:
    """The shipped table with a practice's own rows on top, oldest first, so that the newest stays."""
    found = dict(table)
    for row in sorted(own, key=lambda one: one.number):
        shipped = table.get(row.state, table[""])
        found[row.state] = replace(shipped, version=row.number) if row.as_shipped else _own(row, shipped)
    return found


def _own(row: OwnRule, shipped: StateRule) -> StateRule:
    return StateRule(
        code=row.state,
        name=shipped.name,
        verbal_enough=row.verbal_enough,
        renewal=row.renewal,
        ask_each_session=tuple(row.ask_each_session),
        source=row.source,
        checked=row.checked,
        note=row.note,
        version=row.number,
    )
