"""Refuses to run over a trail that the database doesn't guard."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from holdspace.audit import triggers

HINT = (
    "Find out why. Then `holdspace migrate --skip-checks` puts them back, "
    "and `holdspace verify-trail` says whether anything was touched."
)


def the_trail_is_guarded(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    if not databases or triggers.triggers_standing():
        return []
    gone = ", ".join(triggers.lowered())
    return [Error(f"The trail's triggers are gone: {gone}.", hint=HINT, id="audit.E001")]


def declare() -> None:
    register(the_trail_is_guarded, Tags.database)
