"""The tables of moves in docs/rooms/, made from the code.  `python -m tests.house.moves` writes them.

In a page they stand between `<!-- moves: Session -->` and `<!-- /moves -->`.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKED = re.compile(r"(<!-- moves: (\w+) -->\n).*?(<!-- /moves -->)", re.DOTALL)


def machines() -> dict[str, dict[str, type]]:
    """Every row with a table of moves, by room."""
    from django.apps import apps

    from holdspace.kit.status import HasStatus

    found: dict[str, dict[str, type]] = {}
    for model in apps.get_models():
        if issubclass(model, HasStatus) and model.__module__.startswith("holdspace."):
            found.setdefault(model._meta.app_label, {})[model.__name__] = model
    return found


def table(model: type) -> str:
    """Its moves as the page shows them, in the order of the code."""
    moves: dict[str, set[str]] = model.MOVES  # type: ignore[attr-defined]
    order = [str(status) for status in moves]
    rows = [
        f"| {status} | {', '.join(sorted(map(str, after), key=order.index)) or '(nothing: it ends here)'} |"
        for status, after in ((str(status), after) for status, after in moves.items())
    ]
    return "\n".join(["| From | To |", "| --- | --- |", *rows]) + "\n"


def page_of(room: str) -> Path:
    return ROOT / "docs" / "rooms" / f"{room}.md"


def with_tables(text: str, of: dict[str, type]) -> str:
    """The page with each marked table as the code has it now."""
    return MARKED.sub(lambda m: m[1] + (table(of[m[2]]) if m[2] in of else "") + m[3], text)


def with_places(text: str, of: dict[str, type]) -> str:
    """The page with a place at its end for every table it has none for."""
    shown = {name for _, name, _ in MARKED.findall(text)}
    for name in sorted(set(of) - shown):
        text = f"{text.rstrip()}\n\n## Moves: {name}\n\n<!-- moves: {name} -->\n<!-- /moves -->\n"
    return text


def write() -> None:
    for room, of in machines().items():
        page = page_of(room)
        if page.exists():
            page.write_text(with_tables(with_places(page.read_text(), of), of))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.config.settings")
    import django

    django.setup()
    write()
    sys.exit(0)
