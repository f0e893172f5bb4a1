"""Letters for a name in any script: fonts we carry, and words for what none of them can draw."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).with_name("fonts")
MAIN = "NotoSans"
# Asked in this order; the big ones, for Korean, then Chinese and Japanese, last.
OTHERS = (
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansDevanagari",
    "NotoSansArmenian",
    "NotoSansGeorgian",
    "NotoSansThai",
    "NotoSansLao",
    "NotoSansKhmer",
    "NotoSansMyanmar",
    "NotoSansEthiopic",
    "NotoSansCherokee",
    "NotoSansBengali",
    "NotoSansGurmukhi",
    "NotoSansGujarati",
    "NotoSansTamil",
    "NotoSansTelugu",
    "HoldspaceHangul",
    "DroidSansFallback",
)
# Joiners and marks of direction: they shape their neighbors and are not drawn themselves.
UNDRAWN = {"Cf", "Cc", "Zl", "Zp"}


def file_of(font: str) -> Path:
    return FOLDER / f"{font}.ttf"


@cache
def letters(font: str) -> frozenset[int]:
    """The code points that a font can draw."""
    with TTFont(file_of(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def font_for(letter: str) -> str | None:
    """The font that draws a letter; None where no font of ours does."""
    found = (font for font in (MAIN, *OTHERS) if ord(letter) in letters(font))
    return next(found, None)


def needed(text: str) -> list[str]:
    """The fonts besides the main one that this text asks for."""
    foreign = {letter for letter in text if ord(letter) not in letters(MAIN)}
    wanted = {font_for(letter) for letter in foreign if not _undrawn(letter)}
    return [font for font in OTHERS if font in wanted]


def drawable(text: str) -> str:
    """The text with every letter that can't be drawn said by its number, such as [U+1F642]."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(_said(letter) for letter in plain)


def is_drawable(text: str) -> bool:
    return drawable(text) == unicodedata.normalize("NFC", text)


def _said(letter: str) -> str:
    if _undrawn(letter):
        return letter if letter in "\n\u200c\u200d\u200e\u200f" else " "
    return letter if font_for(letter) else f"[U+{ord(letter):04X}]"


def _undrawn(letter: str) -> bool:
    return unicodedata.category(letter) in UNDRAWN
