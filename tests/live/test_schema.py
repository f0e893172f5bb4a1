"""One schema: the browser's types, the page about the protocol and the code agree with it."""

import ast
from pathlib import Path

from holdspace.live import schema, table, typescript

ROOT = Path(__file__).resolve().parents[2]


def test_the_browsers_types_are_the_schemas():
    written = (ROOT / typescript.FILE).read_text()

    assert written == typescript.written(), "run: manage.py write_protocol"


def test_the_protocol_page_lists_every_frame_kind_hint_and_error():
    page = (ROOT / table.PAGE).read_text()

    assert page == table.renewed(page), "run: manage.py write_protocol"
    for name in table.tables():
        assert f"<!-- {name} -->" in page


def test_every_code_a_socket_is_closed_with_is_explained():
    page = (ROOT / table.PAGE).read_text()

    assert all(f"| {code} |" in page for code in schema.CLOSES.values())


def test_every_hint_the_house_publishes_is_in_the_schema_with_its_ids():
    for hint, ids in published():
        assert hint in schema.HINTS, hint
        assert ids <= set(schema.HINTS[hint]), f"{hint} carries {ids}"


def published() -> list[tuple[str, set[str]]]:
    """Every `bus.publish("name", topics, id=...)` in the house whose name is written out."""
    calls = [
        node for file in (ROOT / "holdspace").rglob("*.py") for node in ast.walk(ast.parse(file.read_text()))
    ]
    return [
        (str(call.args[0].value), {keyword.arg for keyword in call.keywords if keyword.arg})
        for call in calls
        if isinstance(call, ast.Call) and is_publish(call.func) and call.args
        if isinstance(call.args[0], ast.Constant)
    ]


def is_publish(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "publish"
