"""Writes the tables of `docs/protocol.md` from the schema, between marks in the page."""

import re
from dataclasses import fields
from typing import Any, get_args

from holdspace.live import schema
from holdspace.live.errors import SENTENCES
from holdspace.live.frames import wire_name

PAGE = "docs/protocol.md"


def frames(ways: dict[str, type[Any]]) -> str:
    rows = [f"| `{kind}` | {_fields(frame)} | {_about(frame)} |" for kind, frame in ways.items()]
    return "\n".join(["| type | with | meaning |", "| --- | --- | --- |", *rows])


def kinds() -> str:
    rows = [
        f"| `{kind}` | {'yes' if kind in schema.EARLY_KINDS else 'no'} |" for kind in get_args(schema.Kind)
    ]
    return "\n".join(["| kind | before admission, between client and clinician |", "| --- | --- |", *rows])


def hints() -> str:
    rows = [f"| `{name}` | {_ticked(ids)} |" for name, ids in schema.HINTS.items()]
    return "\n".join(["| hint | ids |", "| --- | --- |", *rows])


def errors() -> str:
    rows = [f"| `{code}` | {sentence} |" for code, sentence in SENTENCES.items()]
    return "\n".join(["| code | sentence |", "| --- | --- |", *rows])


def tables() -> dict[str, str]:
    return {
        "up": frames(schema.UP),
        "down": frames(schema.DOWN),
        "kinds": kinds(),
        "hints": hints(),
        "errors": errors(),
    }


def renewed(page: str) -> str:
    """The page with every table between `<!-- name -->` and `<!-- /name -->` written afresh."""
    for name, table in tables().items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page = between.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", page)  # type: ignore[misc]
    return page


def _fields(frame: type[Any]) -> str:
    return _ticked(tuple(wire_name(field) for field in fields(frame)))


def _ticked(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "-"


def _about(frame: type[Any]) -> str:
    return " ".join((frame.__doc__ or "").split())
