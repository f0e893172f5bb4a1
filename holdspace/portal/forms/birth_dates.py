"""A date of birth as people write it, in one field.  Months come first, as everywhere on our pages."""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
BETWEEN = r"[\s/.,-]+"
MONTH, DAY, YEAR, WORD = r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})", r"(?P<y>\d{4})", r"(?P<word>[a-z]{3,9})"
# A year is written in full: of two figures nobody knows the century.
WAYS = [
    re.compile(BETWEEN.join((MONTH, DAY, YEAR))),
    re.compile(BETWEEN.join((YEAR, MONTH, DAY))),  # what a browser fills in by itself
    re.compile(r"(?P<m>\d\d)(?P<d>\d\d)(?P<y>\d{4})"),  # a phone's figures, without any sign between
    re.compile(BETWEEN.join((WORD, DAY + r"(?:st|nd|rd|th)?", YEAR))),
    re.compile(BETWEEN.join((DAY + r"(?:st|nd|rd|th)?", WORD, YEAR))),
]


def read_date(said: str) -> date | None:
    """The date somebody wrote, or None where it can't be read as one: never a guess."""
    words = said.strip().lower()
    return next(_dates(words), None)


def _dates(words: str) -> Iterator[date]:
    for way in WAYS:
        found = way.fullmatch(words)
        told = _date(found.groupdict()) if found else None
        if told:
            yield told


def _date(parts: dict[str, str]) -> date | None:
    month = int(parts["m"]) if "m" in parts else _month(parts["word"])
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    """1 to 12 for a month or the beginning of its name; 0, which is no month, for any other word."""
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)
