"""System checks that explain a bad setup before it hurts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from holdspace.config.management.commands.prepare import has_data
from holdspace.kit import guards


@register()
def processes_hear_each_other(**_: Any) -> list[CheckMessage]:
    if settings.PROCESSES > 1 and not settings.REDIS_URL:
        said = "Several processes need Redis: they would not hear each other's news, nor share limits."
        return [Error(said, hint="Set HOLDSPACE_REDIS_URL, or HOLDSPACE_PROCESSES=1.", id="config.E001")]
    if settings.PROCESSES > 1 and connection.vendor == "sqlite":
        said = "Several processes on one SQLite file wait for each other at every write."
        return [Warning(said, hint="Use PostgreSQL: HOLDSPACE_DATABASE_URL.", id="config.W002")]
    return []


@register()
def keys_are_kept(**_: Any) -> list[CheckMessage]:
    if settings.KEYS_KEPT:
        return []
    if has_data():
        said = "There is data, but no key file: what is encrypted there can't be read."
        return [Error(said, hint="Put keys.json back from your backup.", id="config.E003")]
    said = "There is no key file yet: what is encrypted now could not be read after a restart."
    return [Warning(said, hint="Run `holdspace prepare` first; it makes the keys.", id="config.W003")]


@register()
def papers_can_be_sealed(**_: Any) -> list[CheckMessage]:
    if settings.SEAL_FILE.exists() or not settings.KEYS_KEPT:
        return []
    said = "There is no seal file: the PDFs of what clients answered wait until there is one."
    return [Warning(said, hint="Run `holdspace prepare`, or put seal.pem back.", id="config.W008")]


@register()
def relay_has_its_secret(**_: Any) -> list[CheckMessage]:
    if bool(settings.TURN_URLS) == bool(settings.TURN_SECRET):
        return []
    said = "A relay needs both its addresses and its secret; one of them is missing."
    return [
        Error(said, hint="Set HOLDSPACE_TURN_URLS and HOLDSPACE_TURN_SECRET, or neither.", id="config.E004")
    ]


@register()
def relay_addresses_make_sense(**_: Any) -> list[CheckMessage]:
    wrong = [url for url in settings.TURN_URLS if not url.startswith(("turn:", "turns:"))]
    if not wrong:
        return []
    return [
        Error(
            "Every relay's address begins with turn: or turns:",
            hint="Look at HOLDSPACE_TURN_URLS.",
            id="config.E005",
        )
    ]


@register()
def public_address_is_one(**_: Any) -> list[CheckMessage]:
    if settings.PUBLIC_URL.startswith(("http://localhost", "http://127.0.0.1", "https://")):
        return []
    said = "Over plain http browsers give no camera or microphone, except on this machine itself."
    return [
        Warning(
            said,
            hint="Put TLS in front and set HOLDSPACE_PUBLIC_URL to its https:// address.",
            id="config.W006",
        )
    ]


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    if not databases or not guards.missing(connection):
        return []
    gone = ", ".join(guards.missing(connection))
    hint = "Run `holdspace prepare`: it puts them back. Find out who took them away."
    return [Error(f"Rules that the database should keep are gone: {gone}.", hint=hint, id="config.E007")]
