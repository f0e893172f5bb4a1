"""Words that are worked out once: a screen says the same times, statuses and labels over and over."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps

from django.utils.translation import get_language

MOST = 2048


def said_once(words: Callable[..., str]) -> Callable[..., str]:
    """Keep what a function of plain values says, in each language.  Never of a name or a number."""

    @lru_cache(MOST)
    def kept(language: str | None, *given: Hashable) -> str:
        return words(*given)

    @wraps(words)
    def said(*given: Hashable) -> str:
        return kept(get_language(), *given)

    return said
