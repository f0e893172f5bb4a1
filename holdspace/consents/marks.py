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
NUMBER = re.compile(r"-?\d+(?:\.\d)?")
# Of the pad's width: what is smaller is a dot.
SMALLEST, FEWEST = 0.06, 4
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
        if not _is_name(self.name):
            raise refusals.MarkMissing
        if len(self.name) > LONGEST_NAME:
            raise refusals.TooLong
        if self.strokes and not _is_drawing(self.strokes):
            raise refusals.MarkUnreadable
        if not (0 < self.width < 5000 and 0 < self.height < 5000):
            raise refusals.MarkUnreadable
        if self.strokes and _is_dot(self.strokes, self.width):
            raise refusals.MarkTooSmall

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


def _is_name(name: str) -> bool:
    """Two letters of any script; one, where a letter is a syllable or a word."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 or any(letter.lower() == letter.upper() for letter in letters)


def _is_dot(strokes: str, width: int) -> bool:
    """A tap of a finger, however often, is no signature."""
    numbers = [float(number) for number in NUMBER.findall(strokes)]
    longer = max(max(side) - min(side) for side in (numbers[::2], numbers[1::2]))
    return longer < width * SMALLEST or strokes.count("L") + strokes.count("Q") < FEWEST


def _is_drawing(strokes: str) -> bool:
    """Only numbers, as a pen's strokes."""
    if len(strokes) > LONGEST:
        return False
    parts = re.findall(r"M[^M]*", strokes)
    return "".join(parts) == strokes and all(STROKE.fullmatch(part.strip()) for part in parts)
