"""How hard a text is to read: the Flesch-Kincaid grade, a school year.  Most people read up to eight easily.

The measure counts words a sentence and syllables a word; it knows English only, and neither whether a text
makes sense.  Syllables are counted by rule, within a few percent of a dictionary over a whole text.
"""

import re

EASY = 8.0
_FIELD = re.compile(r"\{[^{}\n]*\}|%\(\w+\)\w")
# A heading or an item of a list ends what it says, with or without a full stop.
_END = re.compile(r"[.!?]+[”\")]*(?:\s|$)|\n\s*(?:\n|[-*#])")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written with a vowel and said without one.
_SILENT = re.compile(r"(?:[^laeiouy]e|[aeiouy]les?|[^aeiouycgsxzhl]es|[^tdaeiouy]ed)$|^some.|every|usiness")
# Two vowels side by side that are said apart, and the n't that is a syllable of its own.
_SPLIT = re.compile(r"(?<![ctgsx])i[aou]|quie|scie|ciet|[ey]ing|(?:cr|id|ar)ea|dua|deo|[ds]nt$")


def grade(text: str) -> float:
    """The school year in which a text is read easily; 0 where there is nothing to read."""
    plain = _FIELD.sub("Rosa", text)
    sentences = [words for part in _END.split(plain) if (words := _WORD.findall(part))]
    count = sum(map(len, sentences))
    if not count:
        return 0.0
    said = sum(syllables(word) for words in sentences for word in words)
    return max(0.0, 0.39 * count / len(sentences) + 11.8 * said / count - 15.59)


def syllables(word: str) -> int:
    """How many syllables an English word has, by rule."""
    small = re.sub(r"[^a-z]", "", word.lower())
    heard = len(_VOWELS.findall(small)) + len(_SPLIT.findall(small))
    if len(small) > 2 and _SILENT.search(small):
        heard -= 1
    return max(1, heard)
