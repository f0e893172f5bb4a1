"""Whoever gets past the triggers is found out, and what they did is named."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from holdspace.audit import actions, heads, seal, trail
from holdspace.audit.models import Entry, Head
from holdspace.audit.verify import ALTERED, CUT, HEAD, MISSING, MOVED, REWRITTEN, Break, verify
from tests.audit.conftest import BIRCH, TEN, WILLOW, someone, thing
from tests.audit.flushing import lower

pytestmark = pytest.mark.django_db

DEEDS: dict[str, tuple[str, list[Any]]] = {
    "an actor renamed": (
        "UPDATE audit_entry SET actor_name = 'Nobody' WHERE seq = 3",
        [(ALTERED, 3, 3, ("actor_name",))],
    ),
    "a detail changed": (
        "UPDATE audit_entry SET detail = '{\"cup\": 9}' WHERE seq = 3",
        [(ALTERED, 3, 3, ("detail",))],
    ),
    "a time moved": (
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00+00' WHERE seq = 3",
        [(ALTERED, 3, 3, ("at",))],
    ),
    "a seal broken": ("UPDATE audit_entry SET mac = 'x' WHERE seq = 3", [(ALTERED, 3, 3, ("mac",))]),
    "the last entry changed": (
        "UPDATE audit_entry SET what = 'x' WHERE seq = 5",
        [(ALTERED, 5, 5, ("what",))],
    ),
    "an entry deleted": ("DELETE FROM audit_entry WHERE seq = 3", [(MISSING, 3, 3)]),
    "the beginning deleted": ("DELETE FROM audit_entry WHERE seq < 3", [(MISSING, 1, 2)]),
    "the tail cut": ("DELETE FROM audit_entry WHERE seq > 3", [(CUT, 4, 5)]),
    "the tail unsealed": ("UPDATE audit_entry SET seq = NULL WHERE seq > 3", [(CUT, 4, 5)]),
    "the whole chain deleted": ("DELETE FROM audit_entry", [(CUT, 1, 5)]),
    "the head changed": ("UPDATE audit_head SET mac = 'x'", [(HEAD, 5, 5)]),
    "the head set back": ("UPDATE audit_head SET count = 3", [(HEAD, 3, 3), (HEAD, 5, 5)]),
    "the head deleted": ("DELETE FROM audit_head", [(HEAD, 5, 5)]),
}


def tamper(*statements):
    """As somebody who owns the database would: the triggers first."""
    lower(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found(published=None):
    return [one for report in verify(published or {}) for one in report.breaks]


def test_an_untouched_trail_is_whole(sealed):
    assert found() == []


@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_named_when_there_is(deed, sealed):
    statement, expected = DEEDS[deed]

    tamper(statement)

    assert sorted(found(), key=lambda one: one.first) == [Break(WILLOW, *one) for one in expected]


# Another value of the same kind for each column.
OTHERS = {
    "id": uuid4(),
    "practice_id": BIRCH,
    "at": TEN.replace(year=2020),
    "actor_id": uuid4(),
    "subject_id": uuid4(),
    "detail": {"cup": 9},
    "seq": 40,
}


@pytest.mark.parametrize("column", [field.attname for field in Entry._meta.concrete_fields])
def test_whichever_column_is_changed_it_is_named(column, sealed):
    lower(connection)
    Entry.objects.filter(seq=3).update(**{column: OTHERS.get(column, "x")})

    assert [one.columns for one in found() if one.kind == ALTERED] == [(column,)]


def test_the_codes_of_columns_may_not_be_taken_away(sealed):
    lower(connection)
    Entry.objects.filter(seq=3).update(marks=None)

    assert found() == [Break(WILLOW, ALTERED, 3, 3, ("marks",))]


def test_what_was_sealed_before_columns_had_codes_is_whole_and_noticed(sealed):
    lower(connection)
    last = sealed[4]
    mac = seal.of(last, seq=5, prev=last.prev, marks=None)
    Entry.objects.filter(pk=last.pk).update(marks=None, mac=mac)
    Head.objects.update(mac=mac)
    assert found() == []

    Entry.objects.filter(pk=last.pk).update(what="x")

    assert found() == [Break(WILLOW, ALTERED, 5, 5)]


def test_two_entries_that_changed_places_are_both_named(sealed):
    tamper(
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )

    assert {(one.kind, one.first) for one in found()} == {(ALTERED, 2), (ALTERED, 3)}


def test_an_entry_moved_to_the_other_practice_is_missed_and_found_out(sealed):
    tamper(f"UPDATE audit_entry SET practice_id = '{_stored(BIRCH)}' WHERE seq = 2")

    kinds = {(one.chain, one.kind, one.first) for one in found()}

    assert {(WILLOW, MISSING, 2), (BIRCH, ALTERED, 2)} <= kinds


def test_a_chain_stitched_from_two_histories_is_named(sealed):
    """Each half fits its own seals: only the joint between them is wrong."""
    stolen = Head.objects.get()
    lower(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq > 3")
        cursor.execute("UPDATE audit_head SET count = 3, mac = %s", ["f" * 64])
    trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)
    actions.seal_waiting(at=TEN)

    assert (MOVED, 4) in {(one.kind, one.first) for one in found()}
    assert stolen.count == 5


def test_a_tail_cut_together_with_its_head_is_known_from_the_published_one(sealed, tmp_path):
    log = tmp_path / "heads.log"
    actions.publish_heads(log)

    tamper("DELETE FROM audit_entry WHERE seq > 3")
    Head.objects.update(count=3, mac=sealed[2].mac)

    assert found() == []
    assert found(heads.read([log])) == [Break(WILLOW, CUT, 4, 5)]


def test_a_tail_written_anew_is_not_the_published_one(sealed, tmp_path):
    log = tmp_path / "heads.log"
    actions.publish_heads(log)

    tamper("DELETE FROM audit_entry WHERE seq > 4")
    Head.objects.update(count=4, mac=sealed[3].mac)
    trail.record(someone(), "kettle.tea.spilled", thing(), at=TEN)
    actions.seal_waiting(at=TEN)

    assert found() == []
    assert found(heads.read([log])) == [Break(WILLOW, REWRITTEN, 5, 5)]


def test_a_practice_that_vanished_is_known_from_its_published_head(sealed, tmp_path):
    log = tmp_path / "heads.log"
    actions.publish_heads(log)

    tamper("DELETE FROM audit_entry", "DELETE FROM audit_head")

    assert found() == []
    assert found(heads.read([log])) == [Break(WILLOW, CUT, 1, 5)]


def test_a_head_is_published_once_for_each_time_it_grew(sealed, tmp_path):
    log = tmp_path / "heads.log"

    assert [actions.publish_heads(log), actions.publish_heads(log)] == [1, 0]
    assert len(log.read_text().splitlines()) == 1


def test_a_head_that_our_key_did_not_sign_says_nothing(sealed, tmp_path):
    log = tmp_path / "heads.log"
    actions.publish_heads(log)
    log.write_text(log.read_text().replace("count=5", "count=500"))

    assert heads.read([log, tmp_path / "none.log"]) == {}


def test_a_head_is_found_in_a_line_of_the_log(sealed, tmp_path, caplog):
    with caplog.at_level("INFO", logger="holdspace.audit"):
        actions.publish_heads(tmp_path / "heads.log")
    log = tmp_path / "holdspace.log"
    log.write_text("".join(f'{{"says": "{record.getMessage()}"}}\n' for record in caplog.records))

    assert heads.read([log])[WILLOW] == {5: sealed[-1].mac}


def test_the_command_says_that_it_is_whole(sealed, capsys):
    call_command("verify_trail")

    assert f"practice {WILLOW}: 5 entries, whole" in capsys.readouterr().out


def test_the_command_says_where_it_breaks_and_fails(sealed, capsys):
    tamper("DELETE FROM audit_entry WHERE seq = 3")

    with pytest.raises(CommandError) as refused:
        call_command("verify_trail")

    assert refused.value.returncode == 1
    said = capsys.readouterr().out
    assert "missing: Entries 3 to 3 are missing." in said
    assert "trigger gone: audit_entry_kept" in said


def _stored(value):
    return value.hex if connection.vendor == "sqlite" else str(value)
