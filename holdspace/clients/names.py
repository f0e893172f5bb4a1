"""Whether what somebody typed is a name that is on file, in any script and as any keyboard writes it."""

import unicodedata

# Letters with a stroke or of two are no letter with a mark to Unicode; keyboards that lack them write these.
WRITTEN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    # An apostrophe and an okina that count as letters, and what draws Arabic letters apart.
    | dict.fromkeys("\u02bc\u02bb\u0640", "")
)
# Blanks, hyphens, apostrophes, and marks that nobody sees.
BETWEEN = ("Z", "P", "Sk", "Cf", "Cc")


def is_same(one: str, other: str) -> bool:
    """Whether two names are one, without their case, their accents, and what stands between letters."""
    return _plain(one) == _plain(other)


def is_called(said: str, *, first: str, last: str) -> bool:
    """Whether this is the full name of whoever is called so, the family name first or last."""
    return any(is_same(said, full) for full in (f"{first} {last}", f"{last} {first}"))


def is_whole(said: str) -> bool:
    """Whether this can be a full name: two words of letters, or one in a script that leaves no blanks.

    Where letters have no case, many write family and given name as one word.
    """
    words = [word for word in said.split() if any(map(str.isalpha, word))]
    return len(words) > 1 or any(len(word) > 1 and word.upper() == word.lower() for word in words)


def _plain(name: str) -> str:
    whole = unicodedata.normalize("NFKD", name).casefold().translate(WRITTEN)
    letters = "".join(one for one in unicodedata.normalize("NFKD", whole) if not _is_between(one))
    # A last name that is nothing but a dash is one.
    return letters or name.strip()


def _is_between(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter).startswith(BETWEEN)
