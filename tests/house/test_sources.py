"""What a clone brings: no address of a package index, locks with hashes, no compiled surprise."""

import re
import tomllib

from tests.house.house import ROOT, kept_files, place

# Put together here, so that this file doesn't hold what it forbids.
INDEXES = [
    "py" + "pi.org/simple", "test.py" + "pi.org", "files.python" + "hosted.org", "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com", "--index" + "-url http", "--extra-index" + "-url", "--find" + "-links",
]  # fmt: skip
LOCKS = ("base", "dev", "node", "uv")


def text_of(file: "object") -> str:
    with open(str(file), encoding="utf-8", errors="ignore") as opened:
        return opened.read()


def test_no_file_holds_the_address_of_a_package_index() -> None:
    telling = [place(file) for file in kept_files() for address in INDEXES if address in text_of(file)]

    assert not telling


def test_every_locked_package_has_its_hash() -> None:
    for lock in LOCKS:
        entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / f"{lock}.txt").read_text())

        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries), lock


def test_no_lock_of_node_packages_holds_an_address() -> None:
    locks = [file for file in kept_files() if file.name == "package-lock.json"]

    assert len(locks) == 2
    assert not [place(file) for file in locks if '"resolved"' in file.read_text()]


def test_the_locks_agree_with_each_other() -> None:
    base, dev = (pins(name) for name in ("base", "dev"))

    assert base <= dev


def pins(lock: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines()
    return {re.split(r"[ ;\\]", line)[0] for line in lines if line[:1].isalnum()}


def test_the_project_is_described_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert {"version", "dependencies"} == set(project["dynamic"])
    assert project["scripts"] == {"holdspace": "holdspace.config.cli:main"}
