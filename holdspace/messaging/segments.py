"""How many segments a text takes, and what that costs: carriers charge by the segment, not the text."""

from decimal import Decimal
from math import ceil

from django.conf import settings

# GSM 03.38: these take seven bits; those after them are written as an escape and a letter, so two.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
# One segment alone; each of several gives up room for the header that joins them.
SEPTETS, SEPTETS_JOINED = 160, 153
UNITS, UNITS_JOINED = 70, 67


def is_plain(body: str) -> bool:
    """Whether the text fits GSM-7; one other character makes all of it UCS-2."""
    return all(char in BASIC or char in EXTENDED for char in body)


def count(body: str) -> int:
    """How many segments the text is sent as; none for no text."""
    sizes, alone, joined = _measured(body)
    total = sum(sizes)
    return ceil(total / alone) if total <= alone else _packed(sizes, joined)


def room(body: str) -> tuple[int, int]:
    """Characters used, and how many fit in as many segments as it takes."""
    sizes, alone, joined = _measured(body)
    segments = count(body) or 1
    return sum(sizes), alone if segments == 1 else joined * segments


def price_cents(segments: int) -> Decimal:
    """About what that many segments cost the practice, in cents."""
    return Decimal(settings.SMS_PRICE_CENTS) * segments


def price(segments: int) -> str:
    """The same in dollars for people: *$0.008*."""
    dollars = (price_cents(segments) / 100).quantize(Decimal("0.001"))
    return f"${dollars}"


def _measured(body: str) -> tuple[list[int], int, int]:
    """Each character's size, and the room in one segment alone and in one of several."""
    if is_plain(body):
        return [2 if char in EXTENDED else 1 for char in body], SEPTETS, SEPTETS_JOINED
    # UTF-16: an emoji is two units.
    return [len(char.encode("utf-16-be")) // 2 for char in body], UNITS, UNITS_JOINED


def _packed(sizes: list[int], room: int) -> int:
    """Segments needed where no character may be cut in two."""
    segments, left = 1, room
    for size in sizes:
        if size > left:
            segments, left = segments + 1, room
        left -= size
    return segments
