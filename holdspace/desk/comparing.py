"""Two wordings of one form side by side: which lines are gone, and which are new."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS = {
    "text": _("What the client reads"),
    "script": _("What is read out"),
    "disclosure": _("About signing on a screen"),
}


@dataclass(frozen=True)
class Difference:
    """One part of a form in which lines differ."""

    label: str | Promise
    gone: list[str]
    new: list[str]


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """The parts that differ, with the lines that do; nothing where both say the same."""
    found = [Difference(label, *_lines(before[name], after[name])) for name, label in LABELS.items()]
    return [one for one in found if one.gone or one.new]


def _lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _split(before), _split(after)
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    gone = [line for _, start, end, _, _ in changed for line in old[start:end]]
    return gone, [line for _, _, _, start, end in changed for line in new[start:end]]


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
