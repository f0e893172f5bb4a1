"""Words that are worked out once: a screen says the same times, statuses and labels over and over."""

from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper

from django.utils.translation import get_language

MOST = 2048


class Said:
    """What a function of plain values says, kept in each language.  Never of a name or a number."""

    def __init__(self, words: Callable[..., str]) -> None:
        @lru_cache(MOST)
        def within(language: str | None, *given: Hashable) -> str:
            return words(*given)

        # For whoever asks a thousand times over and knows the language: to find it out costs the most.
        self.within = within
        update_wrapper(self, words)

    def __call__(self, *given: Hashable) -> str:
        return self.within(get_language(), *given)


def said_once(words: Callable[..., str]) -> Said:
    """Keep what a function says: see `Said`."""
    return Said(words)
