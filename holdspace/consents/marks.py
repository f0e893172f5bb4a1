"""A signature: drawn or typed, and equal.  Strokes are taken as numbers, never as somebody's markup."""

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from holdspace.consents import refusals

# One path a stroke, as SVG writes it: moves, lines and curves with absolute numbers.
STROKE = re.compile(
    r"M-?\d{1,4}(?:\.\d)?,-?\d{1,4}(?:\.\d)?(?:[LQ](?:-?\d{1,4}(?:\.\d)?[ ,]){1,3}-?\d{1,4}(?:\.\d)?)*"
)
LONGEST, LONGEST_NAME = 60_000, 170
DRAWN, TYPED = "drawn", "typed"


@dataclass(frozen=True)
class Mark:
    """`name` is whoever signs; `strokes` their drawing on a pad of `width` by `height`, if they drew."""

    name: str
    strokes: str = ""
    width: int = 350
    height: int = 176

    @property
    def kind(self) -> str:
        return DRAWN if self.strokes else TYPED

    def check(self) -> None:
        """Refuse what nobody could recognize as a signature."""
        if not re.search(r"\w.*\w", self.name):
            raise refusals.MarkMissing
        if len(self.name) > LONGEST_NAME:
            raise refusals.TooLong
        if self.strokes and not _is_drawing(self.strokes):
            raise refusals.MarkUnreadable
        if not (0 < self.width < 5000 and 0 < self.height < 5000):
            raise refusals.MarkUnreadable

    def svg(self) -> SafeString:
        """The drawing, made here from checked numbers; empty where the name was typed."""
        if not self.strokes:
            return SafeString("")
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}">'
            '<path d="{}" fill="none" stroke="currentcolor" stroke-width="2.5" stroke-linecap="round"'
            ' stroke-linejoin="round"/></svg>',
            self.width,
            self.height,
            self.name,
            self.strokes,
        )


def _is_drawing(strokes: str) -> bool:
    """Only numbers, and more than a dot."""
    if len(strokes) > LONGEST:
        return False
    parts = re.findall(r"M[^M]*", strokes)
    drawn = "".join(parts) == strokes and all(STROKE.fullmatch(part.strip()) for part in parts)
    return drawn and strokes.count("L") + strokes.count("Q") >= 4
