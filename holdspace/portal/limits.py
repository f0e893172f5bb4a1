"""How often somebody may try something at our door.  Who and what are counted by codes of them."""

from django.core.cache import cache

from holdspace.kit.crypto import keys


def within(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more; whether it is still one of the `most` that are allowed in so many seconds."""
    counter = f"{what}:" + keys.index.text(who.encode())
    cache.add(counter, 0, seconds)
    try:
        return cache.incr(counter) <= most
    except ValueError:  # it ran out this very moment, and a new count begins
        return True
