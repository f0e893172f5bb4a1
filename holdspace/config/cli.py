"""The `holdspace` command: every management command, spelled with hyphens like other programs."""

import os
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; a setting that is nonsense is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.config.settings")
    said = sys.argv if arguments is None else ["holdspace", *arguments]
    try:
        execute_from_command_line(spelled(said))
    except ImproperlyConfigured as refused:
        sys.exit(f"{refused}")


def spelled(arguments: Sequence[str]) -> list[str]:
    """The same words with the command's own name as Python spells it: verify-trail -> verify_trail."""
    program, *rest = arguments
    if not rest:
        return [program]
    return [program, rest[0].replace("-", "_") if not rest[0].startswith("-") else rest[0], *rest[1:]]
