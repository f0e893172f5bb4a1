"""bin/test and bin/check: a part that fails or can't run is said, and stops nobody else."""

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from verbs import build, machine, parts
from verbs.environment import ROOT, Stop
from verbs.parts import Part
from verbs.test import CALLS, NAMES, but_calls, contract_files, parse


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_failing_part_stops_nobody_and_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    failing = Part("breaks", python("print('why it broke'); raise SystemExit(3)"))
    lane = [failing, Part("comes after", python("print('fine')"))]

    results = parts.side_by_side(lane, [Part("beside", python("pass"))])

    assert [(r.name, r.code) for r in results] == [("breaks", 3), ("comes after", 0), ("beside", 0)]
    assert parts.summary(results, time.monotonic()) == 1
    assert "why it broke" in capsys.readouterr().out


def test_everything_passed_is_zero() -> None:
    results = parts.side_by_side([Part("one", python("pass"))], [])

    assert parts.summary(results, time.monotonic()) == 0


def test_a_part_that_cannot_be_started_fails() -> None:
    assert parts.run(Part("absent", ["/no/such/program"])).code == 127


def test_who_is_behind_takes_what_the_others_leave(tmp_path: Path) -> None:
    for behind in (False, True):
        said = tmp_path / f"niceness-{behind}"
        telling = f"import os, pathlib; pathlib.Path({str(said)!r}).write_text(str(os.nice(0)))"
        assert parts.run(Part("tells", python(telling), behind=behind)).code == 0
    ours, theirs = (int((tmp_path / f"niceness-{behind}").read_text()) for behind in (False, True))

    assert theirs == min(ours + 15, 19)


def test_a_part_that_never_ends_is_ended_with_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "still here"
    child = f"import time, pathlib; time.sleep(2); pathlib.Path({str(mark)!r}).touch()"
    hanging = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"

    assert parts.run(Part("hangs", python(hanging), limit=1)).code == 124

    time.sleep(2)
    assert not mark.exists()


def test_whoever_leaves_early_ends_what_runs_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "stopping", Event())
    long = [Part("sleeps", python("import time; time.sleep(60)")), Part("comes after", python("pass"))]
    began = time.monotonic()

    with suppress(Stop), parts.beside(lambda: parts.in_turn(long)) as results:
        while not parts.under_way:
            time.sleep(0.01)
        raise Stop("Something else is missing.")

    assert time.monotonic() - began < 30
    assert [(one.name, one.code == 0) for one in results()] == [("sleeps", False)]


def test_what_is_missing_is_named_with_its_package() -> None:
    said = machine.lines_about(list(machine.NEEDS))

    for name in ("chromium", "postgresql", "redis-server", "coturn"):
        assert name in said


def test_what_may_not_be_installed_is_said_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEEDS", [machine.Need("a harp", lambda: None, "harp")])
    monkeypatch.setattr(machine, "may_install", lambda: False)

    with pytest.raises(Stop, match="a harp"), machine.equipping():
        pytest.fail("something was begun")


def test_what_is_installed_meanwhile_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks whether it is there waits; and hears of it where it still isn't."""
    come: list[str] = []

    def comes_late(packages: Sequence[str]) -> None:
        time.sleep(0.2)
        come.extend(packages)

    harp = machine.Need("a harp", lambda: next(iter(come), None), "harp")
    monkeypatch.setattr(machine, "NEEDS", [harp])
    monkeypatch.setattr(machine, "may_install", lambda: True)
    monkeypatch.setattr(machine, "apt_install", comes_late)

    with machine.equipping() as equipped:
        assert not come
        equipped()
        assert come == ["harp"]

    monkeypatch.setattr(machine, "NEEDS", [machine.Need("a lute", lambda: None, "lute")])
    with pytest.raises(Stop, match="a lute"), machine.equipping() as equipped:
        equipped()


def test_an_unknown_part_is_refused_and_none_means_all() -> None:
    assert parse([]) == list(NAMES)
    assert parse(["sqlite"]) == ["sqlite"]
    with pytest.raises(Stop, match="no part 'nonsense'"):
        parse(["nonsense"])


def test_a_contract_without_tests_is_a_path_that_fails() -> None:
    assert contract_files("nothing-of-the-kind") == ["tests/contracts/test_nothing-of-the-kind.py"]


def test_a_build_that_differs_is_named(tmp_path: Path) -> None:
    committed, fresh = tmp_path / "committed", tmp_path / "fresh"
    for folder in (committed, fresh):
        folder.mkdir()
        (folder / "same.js").write_text("1")
    (committed / "changed.js").write_text("1")
    (fresh / "changed.js").write_text("2")
    (fresh / "new.js").write_text("3")

    assert sorted(build.differences(committed, fresh)) == ["changed.js", "new.js"]


def test_every_journey_is_in_one_of_the_two_parts() -> None:
    for name in CALLS:
        assert (ROOT / "tests" / "journeys" / name).exists()
        assert f"--ignore=tests/journeys/{name}" in but_calls()
    assert [word for word in but_calls() if not word.startswith("--ignore=")] == ["tests/journeys"]


def test_two_parts_may_be_heard_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each waits until the other has said something: in turn they would never end."""
    waiting = (
        "import pathlib, sys, time; mine, other = map(pathlib.Path, sys.argv[1:]); mine.touch()\n"
        "while not other.exists(): time.sleep(0.05)\n"
        "print('met')"
    )
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    lanes = [
        [Part("one", [*python(waiting), here, there], aloud=True, limit=60)],
        [Part("two", [*python(waiting), there, here], aloud=True, limit=60)],
    ]

    results = parts.side_by_side(*lanes)

    assert [result.code for result in results] == [0, 0]
    assert capfd.readouterr().out.count("met") == 2
