"""The file that is imported: kept sealed in pieces, read back as bounded lines, gone when it is done."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from holdspace.kit.crypto import keys
from holdspace.scheduling.refusals import FileTooBig, Unreadable

MOST_BYTES = 50 * 1024 * 1024
LONGEST_LINE = 64_000
MOST_LINES = 100_000
PIECE = 64 * 1024
NO_TEXT = re.compile(r"[\x00-\x08\x0a-\x1f]")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Record:
    """What one line (or one event) says; `fault` is why it can't be taken, where that is sure already."""

    number: int
    offset: int
    said: str
    facts: dict[str, Any] = field(default_factory=dict)
    fault: str = ""


def folder() -> Path:
    """Where imported files wait: ours alone to read."""
    place: Path = settings.HOME / "imports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(pk: UUID) -> Path:
    return folder() / f"{pk}.sealed"


class Keeper:
    """Takes a file piece by piece and seals each; refuses to go on beyond 50 MB."""

    def __init__(self) -> None:
        self.pk, self.size, self._pieces = uuid4(), 0, 0
        handle = os.open(path_of(self.pk), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "w")

    def write(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > MOST_BYTES:
            self.discard()
            raise FileTooBig
        self._file.write(keys.seal(piece, _place(self.pk, self._pieces)) + "\n")
        self._pieces += 1

    def close(self) -> None:
        self._file.close()

    def discard(self) -> None:
        self.close()
        forget(self.pk)


def forget(pk: UUID) -> None:
    """The file is gone; doing it twice is no mistake."""
    path_of(pk).unlink(missing_ok=True)


def lines(pk: UUID) -> Iterator[tuple[int, int, str]]:
    """Number, bytes read so far, and text of every line; refuses what no such file has."""
    offset = 0
    for number, raw in enumerate(_raw_lines(pk), start=1):
        offset += len(raw) + 1
        yield number, offset, _text(raw, number)


def _raw_lines(pk: UUID) -> Iterator[bytes]:
    rest, count = b"", 0
    for piece in _pieces(pk):
        *whole, rest = (rest + piece).split(b"\n")
        too_long = next((n for n, line in enumerate((*whole, rest)) if len(line) > LONGEST_LINE), None)
        if too_long is not None:
            raise Unreadable(count + too_long + 1, _("it is longer than 64,000 characters."))
        count += len(whole)
        if count > MOST_LINES:
            raise Unreadable(MOST_LINES, _("the file goes on beyond 100,000 lines. Cut it in parts."))
        yield from whole
    if rest:
        yield rest


def _pieces(pk: UUID) -> Iterator[bytes]:
    with path_of(pk).open() as sealed:
        for number, line in enumerate(sealed):
            piece = keys.open(line.rstrip("\n"), _place(pk, number))
            if number == 0 and piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise Unreadable(1, _("the file is saved as UTF-16. Save it as UTF-8."))
            yield piece.removeprefix(BOM) if number == 0 else piece


def _text(raw: bytes, number: int) -> str:
    try:
        text = raw.decode().removesuffix("\r")
    except UnicodeDecodeError as wrong:
        raise Unreadable(number, _("these characters aren’t UTF-8. Save the file as UTF-8.")) from wrong
    if NO_TEXT.search(text):
        raise Unreadable(number, _("it holds characters that no text has. Is it another kind of file?"))
    return text


def _place(pk: UUID, number: int) -> str:
    return f"import.{pk}.{number}"
