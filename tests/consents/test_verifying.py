"""Whoever changes an answer behind our back is found out, and what they changed is named."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from holdspace.audit.actions import seal_waiting
from holdspace.audit.models import Entry
from holdspace.audit.queries import entries_about
from holdspace.consents import actions, evidence
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.models import AskedAgain, Consent, ConsentVersion, Paper
from holdspace.consents.verifying import Finding, Record, of_chain, of_file
from holdspace.consents.verifying_again import compared
from holdspace.kit.actor import Member, Visit
from holdspace.kit.pdf import certificate, examining, sealing
from holdspace.scheduling.models import Seat
from tests.audit.flushing import lower
from tests.cast import TEN
from tests.consents.conftest import record as spoken

LATER = TEN + timedelta(minutes=5)


@pytest.fixture
def file(signed: Consent, seal: Path, osei: Member) -> bytes:
    """The sealed paper of Rosa's signature; everything on the trail is sealed as well."""
    seal_due(at=LATER)
    seal_waiting(at=LATER)
    return actions.read_pdf(consent=signed, actor=osei, at=LATER)


def wrong(consent: Consent, file: bytes = b"") -> dict[str, str]:
    """What isn't as it was: each part that was found out, and the sentence."""
    record = Record(consent.pk)
    found: list[Finding] = [*(of_file(file, record) if file else []), *record.findings()]
    if record.chain:
        found += of_chain(record.chain, {})
    bad = [one for one in found if not one.good]
    return {
        part: " ".join(one.sentence for one in bad if one.part == part) for part in {one.part for one in bad}
    }


@contextmanager
def behind_our_back(table: str, pk: Any, column: str, value: Any) -> Iterator[None]:
    """Somebody who owns the database: guards down, one column changed; undone afterwards."""
    with transaction.atomic():
        lower(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, stored(pk)])
        yield
        transaction.set_rollback(True)


def stored(value: Any) -> Any:
    """A UUID as this database keeps it."""
    return value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value


def another(field: models.Field[Any, Any], row: models.Model) -> Any:
    """Some other value that the column takes."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    match kind:
        case models.UUIDField():
            return stored(uuid.uuid4())
        case models.DateTimeField():
            return TEN - timedelta(days=3)
        case models.BooleanField():
            return not getattr(row, field.attname)
        case models.PositiveIntegerField() | models.PositiveBigIntegerField():
            return 97
        case models.JSONField():
            return '{"row": {}}'
        case _:
            return "altered"[: kind.max_length]


def test_an_untouched_answer_is_as_it_was(signed: Consent, file: bytes) -> None:
    assert wrong(signed, file) == {}


def test_a_column_of_the_row_that_was_changed_is_named(signed: Consent, file: bytes) -> None:
    for field in Consent._meta.concrete_fields:
        name = field.attname
        with behind_our_back("consents_consent", signed.pk, name, another(field, signed)):
            said = wrong(signed, file)

        expected = "its number was changed" if name == "id" else f"The column {name} of"
        assert expected in said["row"], name
        assert said["row"].count("column ") == (name != "id"), name
    assert wrong(signed, file) == {}


def test_a_column_of_the_trail_that_was_changed_is_noticed_and_its_entry_named(
    signed: Consent, file: bytes
) -> None:
    entry = Entry.objects.get(what="consents.consent.signed")
    for field in Entry._meta.concrete_fields:
        with behind_our_back("audit_entry", entry.pk, field.attname, another(field, entry)):
            said = wrong(signed, file)

        assert re.search(rf"\b{entry.seq}\b", said["trail"]), field.attname


def test_the_kept_files_row_is_looked_at_too(signed: Consent, file: bytes) -> None:
    paper = Paper.objects.get()
    for column in ("status", "body", "digest", "certificate"):
        with behind_our_back("consents_paper", paper.pk, column, "altered"):
            assert "kept file" in wrong(signed, file), column


def test_a_published_text_that_was_changed_is_named(signed: Consent, file: bytes) -> None:
    for column in ("text", "script", "disclosure", "digest", "language", "number"):
        field = next(one for one in ConsentVersion._meta.concrete_fields if one.attname == column)
        other = another(field, signed.version)
        with behind_our_back("consents_consentversion", signed.version_id, column, other):
            assert wrong(signed, file)["text"] == "The published text was altered.", column


def test_each_region_of_the_file_is_under_the_seal(signed: Consent, file: bytes) -> None:
    """A bit turned over anywhere, a byte put in, taken out or put behind."""
    record = Record(signed.pk)
    unnoticed = [at for at in range(0, len(file), 41) if not found_out(turned(file, at), record)]

    assert not unnoticed
    for damaged in (
        file + b"\n",
        file[:-1],
        file[:500] + b" " + file[500:],
        file[:500] + file[501:],
        file[:900],
    ):
        assert found_out(damaged, record)


def turned(file: bytes, at: int) -> bytes:
    return file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]


def found_out(file: bytes, record: Record) -> bool:
    return any(not found.good for found in of_file(file, record))


def regions(file: bytes) -> dict[str, int]:
    """A place in each part of a sealed file."""
    match = examining.RANGE.search(file)
    assert match
    _, first, second, length = map(int, match.groups())
    return {
        "pages": first // 2,
        "seal": first + 600,
        "zeros": second - 20,
        "tail": second + length // 2,
    }


def test_the_altered_region_is_named(signed: Consent, file: bytes) -> None:
    pages, mark = "The pages were altered after they were sealed.", "The seal itself was altered."
    sentences = {"pages": pages, "seal": mark, "zeros": mark, "tail": pages}
    for region, at in regions(file).items():
        said = wrong(signed, turned(file, at))

        assert said["seal"] == sentences[region], region
        assert said["file"].endswith(f"it differs from byte {at} on."), region


def test_something_put_behind_the_seal_is_named(signed: Consent, file: bytes) -> None:
    assert wrong(signed, file + b"% more")["seal"] == "Something was added behind the seal."


def test_a_file_sealed_by_somebody_else_isnt_ours(signed: Consent, file: bytes) -> None:
    stranger = certificate.read(certificate.new_seal("Somebody", at=TEN))
    entry = evidence.answer_entry(entries_about("consents.consent", signed.pk))
    assert entry
    forged = sealing.sealed(evidence.pdf_of(signed, entry, at=LATER), stranger, reason="x")

    said = wrong(signed, forged)

    assert "seal isn't ours" in said["issuer"]
    assert "seal" not in said
    assert "file" in said


def test_a_seal_that_was_rotated_is_still_ours(signed: Consent, file: bytes, seal: Path) -> None:
    seal.write_bytes(certificate.new_seal("Holdspace at localhost", at=LATER, before=seal.read_bytes()))

    assert wrong(signed, file) == {}


def test_a_seal_that_was_lost_is_known_from_the_trail(signed: Consent, file: bytes, seal: Path) -> None:
    seal.unlink()

    assert wrong(signed, file) == {}


def test_what_rightly_becomes_of_an_answer_is_no_change_behind_our_back(
    signed: Consent, file: bytes, rosas_visit: Visit
) -> None:
    actions.revoke(consent=signed, actor=rosas_visit, at=LATER, reason="I changed my mind")

    assert wrong(signed, file) == {}


def test_a_withdrawal_undone_in_the_database_is_named(
    signed: Consent, file: bytes, rosas_visit: Visit
) -> None:
    actions.revoke(consent=signed, actor=rosas_visit, at=LATER)

    with behind_our_back("consents_consent", signed.pk, "status", "signed"):
        assert "column status " in wrong(signed, file)["row"]


def test_a_spoken_answer_is_looked_at_the_same_way(rosas_seat: Seat, osei: Member, seal: Path) -> None:
    consent = spoken(rosas_seat, osei)
    seal_due(at=LATER)
    assert wrong(consent) == {}

    with behind_our_back("consents_consent", consent.pk, "license_number", "PSY-9999"):
        assert "column license_number " in wrong(consent)["row"]


# ---- What was asked each session -------------------------------------------------------------------


@pytest.fixture
def row(rosas_seat: Seat, osei: Member) -> AskedAgain:
    """Two of Illinois' three questions, asked by Dr Osei."""
    items = ["identity", "present"]
    return actions.ask_again(seat=rosas_seat, items=items, was=None, actor=osei, at=TEN)


def wrong_asked() -> dict[str, list[str]]:
    """By the row, the sentences about what isn't as the trail says."""
    return {one.row: [found.sentence for found in one.findings] for one in compared() if one.findings}


def test_a_column_of_what_was_asked_that_was_changed_is_named(row: AskedAgain) -> None:
    assert wrong_asked() == {}
    for field in AskedAgain._meta.concrete_fields:
        name = field.attname
        if name == "id":
            continue
        with behind_our_back("consents_askedagain", row.pk, name, another(field, row)):
            assert wrong_asked() == {str(row.pk): [f"The column {name} of what was asked was altered."]}
    assert wrong_asked() == {}


def test_an_asking_whose_number_was_changed_is_missed_and_the_other_is_not_on_the_trail(
    row: AskedAgain,
) -> None:
    other = uuid.uuid4()
    with behind_our_back("consents_askedagain", row.pk, "id", stored(other)):
        said = wrong_asked()

    assert said == {
        str(row.pk): ["The row of what was asked is gone, or its number was changed."],
        str(other): ["The trail has no entry for this row."],
    }


def test_an_asking_that_was_taken_out_is_missed(row: AskedAgain) -> None:
    with transaction.atomic():
        lower(connection)
        AskedAgain.objects.filter(pk=row.pk)._raw_delete("default")
        said = wrong_asked()
        transaction.set_rollback(True)

    assert list(said) == [str(row.pk)]


def test_an_asking_that_was_put_in_isnt_on_the_trail(row: AskedAgain) -> None:
    row.pk, row.items = uuid.uuid4(), row.wanted
    row.save(force_insert=True)

    assert wrong_asked() == {str(row.pk): ["The trail has no entry for this row."]}


# ---- The command -----------------------------------------------------------------------------------


def verify(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_consent", *arguments, stdout=out)
    except CommandError as refused:
        return refused.returncode, out.getvalue() + str(refused)
    return 0, out.getvalue()


@pytest.fixture
def kept(file: bytes, tmp_path: Path) -> Path:
    place = tmp_path / "paper.pdf"
    place.write_bytes(file)
    return place


def test_the_command_says_that_all_is_as_it_was(signed: Consent, kept: Path) -> None:
    code, said = verify(str(kept))

    assert code == 0
    assert f"Paper {signed.pk}" in said
    assert "All is as it was." in said
    assert "Rosa" not in said


def test_the_command_names_what_was_altered(kept: Path, file: bytes) -> None:
    kept.write_bytes(turned(file, regions(file)["pages"]))

    code, said = verify(str(kept))

    assert code == 1
    assert re.search(r"ALTERED\s+seal: The pages were altered", said)


def test_a_file_of_somebody_elses_is_told_apart(kept: Path, signed: Consent) -> None:
    kept.write_bytes(b"%PDF-1.4 a bill")

    assert verify(str(kept))[0] == 2
    assert verify(str(kept.with_name("nowhere.pdf")))[0] == 2
    assert verify()[0] == 2


def test_a_file_that_lost_its_number_is_looked_at_when_the_number_is_given(
    kept: Path, file: bytes, signed: Consent
) -> None:
    kept.write_bytes(file.replace(str(signed.pk).encode(), b"x" * 36))

    assert verify(str(kept))[0] == 2
    code, said = verify(str(kept), "--consent", str(signed.pk))
    assert code == 1
    assert "The pages were altered" in said


def test_every_answer_can_be_looked_at_at_once(
    signed: Consent, file: bytes, rosas_seat: Seat, osei: Member
) -> None:
    other = spoken(rosas_seat, osei, at=LATER)
    assert verify("--all")[0] == 0

    with behind_our_back("consents_consent", other.pk, "taken_by_name", "Dr Nobody"):
        code, said = verify("--all")

    assert code == 1
    assert f"Paper {other.pk}" in said
    assert f"Paper {signed.pk}" not in said
    assert "column taken_by_name " in said


def test_what_was_asked_each_session_is_looked_at_with_every_answer(row: AskedAgain) -> None:
    seal_waiting(at=LATER)
    assert verify("--all")[0] == 0

    with behind_our_back("consents_askedagain", row.pk, "items", '["location", "identity", "present"]'):
        code, said = verify("--all")

    assert code == 1
    assert f"Asked {row.pk}" in said
    assert re.search(r"ALTERED\s+row: The column items of what was asked was altered\.", said)
    assert f"Practice {row.practice_id}" in said


def test_an_entry_about_what_was_asked_that_was_made_to_fit_is_found_out_by_the_chain(
    row: AskedAgain,
) -> None:
    seal_waiting(at=LATER)
    entry = Entry.objects.get(what="consents.session.asked")
    with behind_our_back("audit_entry", entry.pk, "actor_id", stored(uuid.uuid4())):
        code, said = verify("--all")

    assert code == 1
    assert "The column by_id of what was asked was altered." in said
    assert f"Entry {entry.seq} was altered" in said
