"""`holdspace prepare`: keys, tables and the demo, once; and one sentence where it can't be."""

import json
import os
import re
import shutil
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


Told = tuple[Path, str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A demo, and what its first run said."""
    home = tmp_path_factory.mktemp("demo")
    done = prepare(home)
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.fixture(scope="module")
def demo(told: Told) -> Path:
    return told[0]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """An installation without people, and what its first run said; never touched, copied."""
    home = tmp_path_factory.mktemp("empty")
    return home, prepare(home, "--empty").stdout


@pytest.fixture
def home(empty: Told, tmp_path: Path) -> Path:
    """An installation without people, of this test's own."""
    shutil.copytree(empty[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_first_run_makes_the_demo_and_says_as_whom_to_sign_in(told: Told) -> None:
    home, said = told

    assert "Dr Ama Osei (clinician" in said
    assert count(home, "practices_practice") == 2


def test_keys_are_readable_by_their_owner_only(demo: Path) -> None:
    file = demo / "keys.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {"links", "trail", "fields"} <= set(json.loads(file.read_text()))


def test_the_seal_for_papers_is_made_beside_them_and_readable_by_its_owner_only(demo: Path) -> None:
    file = demo / "seal.pem"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" in file.read_bytes()


def test_a_seal_is_made_anew_on_demand_only_and_the_one_before_stays_known(home: Path) -> None:
    file = home / "seal.pem"
    first = read(file.read_bytes())
    prepare(home, "--empty")
    assert read(file.read_bytes()).fingerprints == first.fingerprints

    said = manage(home, "rotate_seal").stdout

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


def test_data_without_its_keys_is_left_alone(home: Path) -> None:
    (home / "keys.json").unlink()

    refused = prepare(home, "--empty")

    assert refused.returncode == 1
    assert "key file" in refused.stderr
    assert not (home / "keys.json").exists()


def test_empty_starts_without_people_and_prints_a_code_each_time_until_it_is_used(
    empty: Told, home: Path
) -> None:
    second = prepare(home, "--empty").stdout

    codes = [re.findall(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", said) for said in (empty[1], second)]
    assert [len(found) for found in codes] == [1, 1]
    assert codes[0] != codes[1]
    assert count(home, "practices_practice") == 0
    assert count(home, "accounts_setupcode") == 1
