"""What the house tests look at: the ladder from pyproject.toml, the project's files, its syntax trees."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "holdspace"
WEB_ROOMS = ("desk", "portal", "hooks")
# Their rows and verbs are about a practice's work; what lies below them is plumbing.
DOMAIN_ROOMS = ("practices", "messaging", "clients", "scheduling", "consents", "telehealth")


@cache
def rungs() -> dict[str, int]:
    """Each room's height on the ladder that import-linter holds imports to; kit is 0."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }


def kept_files() -> list[Path]:
    """Every file of the project that is, or is about to be, committed."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def python_files(*rooms: str) -> list[Path]:
    """The rooms' own Python files, migrations left out."""
    found = (file for room in rooms for file in (PACKAGE / room).rglob("*.py"))
    return sorted(file for file in found if "migrations" not in file.parts)


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with what is called as written: `trail.record`, `bus.publish`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def place(file: Path, node: ast.expr | ast.stmt | None = None) -> str:
    """A file, and a line of it, as an editor would find them."""
    name = file.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node else name
