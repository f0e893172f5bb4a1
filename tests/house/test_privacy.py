"""No client's name, number or address in a log line or a page's title."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.house import PACKAGE, calls, place, python_files, rungs

LOGGING = re.compile(r"^(log|logger|logging|structlog)\w*\.(debug|info|warning|error|exception|critical)$")
PRIVATE = {
    "name", "first_name", "last_name", "full_name", "known_as", "email", "phone", "number", "to", "body",
    "born", "birth_date", "secret", "address", "text", "code", "password", "token",
}  # fmt: skip
# A task, a worker, a carrier and a hint have names, and they are nobody's.
NAMES_OF_THINGS = {"name", "self.name", "task.name", "job.name", "carrier.name", "hint.name"}
TITLE = re.compile(r"{%\s*block title\s*%}(.*?){%\s*endblock", re.DOTALL)
A_CLIENT = re.compile(r"{{[^}]*\b(client|guest|first_name|last_name|full_name|phone|email|born)\b[^}]*}}")


def words_in(node: ast.AST) -> Iterator[str]:
    """The names and attributes that a call's arguments would write out."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute | ast.Name) and ast.unparse(part) not in NAMES_OF_THINGS:
            yield part.attr if isinstance(part, ast.Attribute) else part.id


def logged(file: Path) -> Iterator[tuple[ast.Call, set[str]]]:
    for called, node in calls(file):
        if LOGGING.match(called):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield node, {word for argument in arguments for word in words_in(argument)}


def test_log_lines_hold_ids_only() -> None:
    telling = [
        f"{place(file, node)} logs {sorted(words & PRIVATE)}"
        for file in python_files(*rungs())
        for node, words in logged(file)
        if words & PRIVATE
    ]

    assert not telling


def test_page_titles_name_no_client() -> None:
    """Screens are seen by others, and titles stand in the browser's history."""
    telling = [
        place(file)
        for file in sorted(PACKAGE.rglob("templates/**/*.html"))
        for title in TITLE.findall(file.read_text())
        if A_CLIENT.search(title)
    ]

    assert not telling
