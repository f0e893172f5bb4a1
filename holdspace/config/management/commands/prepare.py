"""`holdspace prepare`: keys, tables, and on the first run the demo or a set-up code.  Safe to repeat."""

import importlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from holdspace.config import env
from holdspace.kit.clock import now
from holdspace.kit.pdf.certificate import new_seal

KEYS_GONE = (
    "There is data, but the key file {file} is missing. Without it nothing that was encrypted can be read. "
    "Put it back from your backup, then start again."
)
IS_DEMO = (
    "This database was made as a demo, which can't be undone. For a practice of your own, start with another "
    "--home FOLDER (or another HOLDSPACE_DATABASE_URL)."
)


class Command(BaseCommand):
    help = "Make keys and tables, and on the first run the demo (or, with --empty, a set-up code)."
    # It mends what the checks would complain about.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no demo: set up a practice of your own")

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        at = now()
        self.keep_keys()
        self.keep_seal(at)
        self.say("Preparing the database")
        call_command("migrate", verbosity=0, interactive=False)
        installation = self.installation(at, empty=empty)
        if empty and installation.demo:
            raise CommandError(IS_DEMO)
        self.say_where_to_go(at, demo=installation.demo)

    def keep_keys(self) -> None:
        """Write the key ring on the very first run; refuse where data has outlived its keys."""
        if settings.KEYS_KEPT:
            return
        if has_data():
            raise CommandError(KEYS_GONE.format(file=env.key_file(settings.HOME)))
        self.say("Creating secret keys, readable by you alone")
        env.keep_keys(settings.HOME, settings.KEYS)

    def keep_seal(self, at: datetime) -> None:
        """Make what papers are sealed with, where there is none yet."""
        if settings.SEAL_FILE.exists():
            return
        self.say("Creating the seal for papers, readable by you alone")
        env.keep_seal(settings.SEAL_FILE, new_seal(seal_name(), at=at))

    def installation(self, at: datetime, *, empty: bool) -> Any:
        """What this database is: written once, with the demo's people in the same transaction."""
        from holdspace.practices.models import Installation

        found = Installation.objects.first()
        if found:
            return found
        with transaction.atomic():
            made = Installation.objects.create(demo=not empty, created_at=at)
            if made.demo:
                self.say("Creating the demo: two practices, their people, weeks of appointments")
                importlib.import_module("holdspace.config.demo").create(at=at)
        return made

    def say_where_to_go(self, at: datetime, *, demo: bool) -> None:
        from holdspace.practices.models import Practice

        if demo:
            self.say("The demo is ready. Sign in with one click as:")
            for who in people():
                self.say(f"  {who}")
        elif not Practice.objects.exists():
            from holdspace.accounts import setup

            self.say(
                "Nothing is set up yet. Open Holdspace, choose *Set up*, and enter this code (good once):"
            )
            self.stdout.write(self.style.SUCCESS(f"\n    {setup.new_code(at)}\n"))
        else:
            self.say("Everything is in place.")

    def say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()


def seal_name() -> str:
    """Whose seal it is, as a reader of PDFs shows it."""
    return f"Holdspace at {urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}"


def has_data() -> bool:
    """Whether the database was used before."""
    if connection.vendor == "sqlite" and not settings.DATABASES["default"]["NAME"].exists():
        return False
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise CommandError(
            "The database can't be reached. Is it running, and is HOLDSPACE_DATABASE_URL right?"
        ) from error
    if "practices_installation" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM practices_installation")
        return cursor.fetchone() is not None


def people() -> list[str]:
    """Some of the demo's people, one for each way of working."""
    from holdspace.practices.models import Membership
    from holdspace.practices.roles import NAMES

    found: dict[tuple[str, ...], str] = {}
    for one in Membership.objects.select_related("user", "practice").order_by("created_at"):
        roles = ", ".join(str(NAMES.get(role, role)).lower() for role in one.roles)
        found.setdefault(tuple(one.roles), f"{one.user.name} ({roles}, {one.practice.shown_name})")
    return list(found.values())
