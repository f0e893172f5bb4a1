"""Every address states who may use it, and none of them names anybody."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# allauth's own views ask for their rights themselves.
FOREIGN = "allauth."
# What an address may carry: ids that mean nothing outside, a link's secret, a practice's own word, a file.
MAY_BE_IN_AN_ADDRESS = {"IntConverter", "PathConverter", "SlugConverter", "StringConverter", "UUIDConverter"}
NAMES_SOMEBODY = {
    "name",
    "first_name",
    "last_name",
    "client_name",
    "email",
    "phone",
    "number",
    "address",
    "born",
}


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, where)
        else:
            yield where, pattern


def ours() -> list[tuple[str, URLPattern]]:
    found = addresses(get_resolver())
    return [(where, p) for where, p in found if not p.callback.__module__.startswith(FOREIGN)]


def test_every_address_states_who_may() -> None:
    silent = [where for where, pattern in ours() if not getattr(pattern.callback, "who_may", None)]

    assert not silent


def test_no_address_carries_a_name_or_a_number() -> None:
    naming = [
        where
        for where, pattern in ours()
        if set(pattern.pattern.converters) & NAMES_SOMEBODY
        or {type(c).__name__ for c in pattern.pattern.converters.values()} - MAY_BE_IN_AN_ADDRESS
    ]

    assert not naming
