"""bin/check: every static check; `--fix` mends what the formatters can."""

import time

from verbs.environment import ROOT, Stop, front_end, node, npm, python_of, ready
from verbs.parts import Part, side_by_side, summary

PYTHON_FILES = ["holdspace", "tests", "bench", "bin/verbs", "manage.py"]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--fix"]):
        raise Stop("bin/check takes no words but --fix.")
    began = time.monotonic()
    ready("dev")
    env = front_end()
    if arguments:
        side_by_side(fixes(env))
    return summary(side_by_side([*python_parts(), *django_parts()], [*front_end_parts(env)]), began)


def tool(name: str) -> str:
    return str(python_of(ROOT / ".venv").parent / name)


def files() -> list[str]:
    return [name for name in PYTHON_FILES if (ROOT / name).exists()]


def fixes(env: dict[str, str]) -> list[Part]:
    biome = ROOT / "frontend" / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
    return [
        Part("fix: ruff", [tool("ruff"), "check", "--fix", "--quiet", *files()]),
        Part("fix: ruff format", [tool("ruff"), "format", "--quiet", *files()]),
        # Its exit code says that it changed something.
        Part("fix: djade", [tool("djade"), "--target-version", "5.2", *templates()]),
        Part("fix: biome", [str(node()), biome, "check", "--write"], env, ROOT / "frontend"),
    ]


def python_parts() -> list[Part]:
    return [
        Part("style (ruff)", [tool("ruff"), "check", *files()]),
        Part("format (ruff)", [tool("ruff"), "format", "--check", *files()]),
        Part("ladder (import-linter)", [tool("lint-imports")]),
        Part("types (mypy)", [tool("mypy"), *files()]),
    ]


def django_parts() -> list[Part]:
    """A home that doesn't exist: no developer's own installation is read."""
    env = {"HOLDSPACE_HOME": str(ROOT / "var" / "nobody")}
    python = tool("python")
    return [
        Part("templates (djade)", [tool("djade"), "--check", "--target-version", "5.2", *templates()], env),
        Part("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"], env),
    ]


def templates() -> list[str]:
    return sorted(str(f.relative_to(ROOT)) for f in (ROOT / "holdspace").rglob("templates/**/*.html"))


def front_end_parts(env: dict[str, str]) -> list[Part]:
    return [Part("front end (tsc, biome)", npm("run", "check", "--prefix", "frontend"), env)]
