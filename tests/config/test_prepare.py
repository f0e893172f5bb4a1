"""`holdspace prepare`: keys, tables and the demo, once; and one sentence where it can't be."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from holdspace.kit.pdf.certificate import read

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.own_home


def prepare(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return manage(home, "prepare", *words)


def manage(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # SQLite whatever the suite runs on: the folder is the installation.
    env = {name: value for name, value in os.environ.items() if not name.startswith("HOLDSPACE_")}
    env |= {"HOLDSPACE_HOME": str(home)}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def count(home: Path, table: str) -> int:
    with sqlite3.connect(home / "holdspace.sqlite3") as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    assert prepare(home).returncode == 0
    return home


def test_the_first_run_makes_the_demo_and_says_as_whom_to_sign_in(tmp_path: Path) -> None:
    done = prepare(tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Dr Ama Osei (clinician" in done.stdout
    assert count(tmp_path, "practices_practice") == 2


def test_keys_are_readable_by_their_owner_only(demo: Path) -> None:
    file = demo / "keys.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {"links", "trail", "fields"} <= set(json.loads(file.read_text()))


def test_the_seal_for_papers_is_made_beside_them_and_readable_by_its_owner_only(demo: Path) -> None:
    file = demo / "seal.pem"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" in file.read_bytes()


def test_a_seal_is_made_anew_on_demand_only_and_the_one_before_stays_known(tmp_path: Path) -> None:
    prepare(tmp_path, "--empty")
    file = tmp_path / "seal.pem"
    first = read(file.read_bytes())
    prepare(tmp_path, "--empty")
    assert read(file.read_bytes()).fingerprints == first.fingerprints

    said = manage(tmp_path, "rotate_seal").stdout

    seal = read(file.read_bytes())
    assert seal.fingerprints[1:] == first.fingerprints
    assert seal.fingerprints[0] in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_run_keeps_everything(demo: Path) -> None:
    keys, seats = (demo / "keys.json").read_text(), count(demo, "scheduling_seat")

    again = prepare(demo)

    assert again.returncode == 0
    assert ((demo / "keys.json").read_text(), count(demo, "scheduling_seat")) == (keys, seats)


def test_a_demo_never_becomes_a_practice_of_ones_own(demo: Path) -> None:
    refused = prepare(demo, "--empty")

    assert refused.returncode == 1
    assert "can't be undone" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_data_without_its_keys_is_left_alone(tmp_path: Path) -> None:
    prepare(tmp_path, "--empty")
    (tmp_path / "keys.json").unlink()

    refused = prepare(tmp_path, "--empty")

    assert refused.returncode == 1
    assert "key file" in refused.stderr
    assert not (tmp_path / "keys.json").exists()


def test_empty_starts_without_people_and_prints_a_code_each_time_until_it_is_used(tmp_path: Path) -> None:
    first, second = prepare(tmp_path, "--empty"), prepare(tmp_path, "--empty")

    codes = [re.findall(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", run.stdout) for run in (first, second)]
    assert [len(found) for found in codes] == [1, 1]
    assert codes[0] != codes[1]
    assert count(tmp_path, "practices_practice") == 0
    assert count(tmp_path, "accounts_setupcode") == 1
