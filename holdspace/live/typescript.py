"""Writes what the browser knows of the socket: `frontend/src/live/schema.ts`.

`manage.py write_protocol` puts it there; a test compares.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

from holdspace.live import schema
from holdspace.live.frames import wire_name

FILE = "frontend/src/live/schema.ts"
INDENT = "\t"
WIDTH = 110

_NAMED: dict[Any, str] = {
    schema.Id: "Id",
    schema.Topic: "Topic",
    schema.HintName: "HintName",
    schema.Role: "Role",
    schema.Right: "Right",
    schema.Kind: "Kind",
    schema.ErrorCode: "ErrorCode",
    schema.Body: "Body",
    schema.Peer: "Peer",
    str: "string",
    int: "number",
    type(None): "null",
}


def typed(hint: Any) -> str:
    """The TypeScript for a field's type."""
    if hint in _NAMED:
        return _NAMED[hint]
    parts = [typed(part) for part in get_args(hint)]
    if get_origin(hint) is list:
        return f"{parts[0]}[]"
    if get_origin(hint) is dict:
        return f"Record<{', '.join(parts)}>"
    return " | ".join(parts)


def alias(name: str, types: Iterable[str]) -> str:
    """A union, in one line where it fits: laid out as the formatter would."""
    types = list(types)
    line = f"export type {name} = {' | '.join(types)};"
    if len(line) <= WIDTH:
        return line
    return f"export type {name} =" + "".join(f"\n{INDENT}| {one}" for one in types) + ";"


def quoted(values: Iterable[str]) -> list[str]:
    return [f'"{value}"' for value in values]


def interface(name: str, frame: type[Any], kind: str | None) -> str:
    """One frame, with its docstring."""
    hints = get_type_hints(frame)
    lines = [f'{INDENT}type: "{kind}";'] if kind else []
    lines += [f"{INDENT}{wire_name(field)}: {typed(hints[field.name])};" for field in fields(frame)]
    about = " ".join((frame.__doc__ or "").split())
    return "\n".join([f"/** {about} */", f"export interface {name} {{", *lines, "}"])


def names(frames: dict[str, type[Any]], suffix: str) -> dict[str, str]:
    return {kind: f"{kind.capitalize()}{suffix}" for kind in frames}


def frames(ways: dict[str, type[Any]], suffix: str) -> list[str]:
    """All frames of one direction, and their union."""
    called = names(ways, suffix)
    parts = [interface(called[kind], frame, kind) for kind, frame in ways.items()]
    return [*parts, alias(suffix, called.values())]


def constants() -> list[str]:
    closes = "".join(f"\n{INDENT}{name}: {code}," for name, code in schema.CLOSES.items())
    early = ", ".join(f'"{kind}"' for kind in get_args(schema.Kind) if kind in schema.EARLY_KINDS)
    return [
        f"export const closes = {{{closes}\n}} as const;",
        f"export const earlyKinds: readonly Kind[] = [{early}];",
        f"export const frameBytes = {schema.FRAME_BYTES};",
        f"export const notesPerSecond = {schema.FRAMES_PER_SECOND};",
    ]


def aliases() -> list[str]:
    return [
        "export type Id = string;\nexport type Topic = string;\nexport type Body = Record<string, unknown>;",
        alias("Role", quoted(get_args(schema.Role))),
        alias("Right", quoted(get_args(schema.Right))),
        alias("Kind", quoted(get_args(schema.Kind))),
        alias("ErrorCode", quoted(get_args(schema.ErrorCode))),
        alias("HintName", quoted(schema.HINTS)),
        interface("Peer", schema.Peer, None),
    ]


def written() -> str:
    """The whole file."""
    head = "// Written by holdspace/live/typescript.py from holdspace/live/schema.py: change it there."
    parts = [head, *aliases(), *frames(schema.UP, "Up"), *frames(schema.DOWN, "Down"), *constants()]
    return "\n\n".join(parts) + "\n"
