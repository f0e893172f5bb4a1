"""Published heads: a signed line for each chain, kept where whoever edits the database may not reach.

Without them a cut tail is invisible: its entries and the head's row can be made to agree.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from holdspace.audit import seal
from holdspace.audit.models import Head

LINE = re.compile(
    r"chain=(?P<chain>[0-9a-f-]{36}) count=(?P<count>\d+) "
    r"mac=(?P<mac>[0-9a-f]{64}) sign=(?P<sign>[0-9a-f]{64})"
)
# Of one chain: count -> the code of the entry with that number.
Published = dict[UUID, dict[int, str]]


def line_of(head: Head) -> str:
    """One head in one line of plain words, ids and codes only."""
    return f"chain={head.chain} count={head.count} mac={head.mac} sign={seal.of_head(head)}"


def append(file: Path, line: str) -> None:
    """Add a line; never rewrites."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as out:
        out.write(line + "\n")


def read(files: Iterable[Path]) -> Published:
    """Every head these files hold, wherever in a line it stands.  What our key didn't sign is nothing."""
    found: Published = {}
    for file in files:
        for said in filter(_ours, _lines(file)):
            found.setdefault(UUID(said["chain"]), {})[int(said["count"])] = said["mac"]
    return found


def _lines(file: Path) -> Iterator[re.Match[str]]:
    if file.exists():
        with file.open() as lines:
            yield from filter(None, map(LINE.search, lines))


def _ours(said: re.Match[str]) -> bool:
    return said["sign"] == seal.of_claim(UUID(said["chain"]), int(said["count"]), said["mac"])
