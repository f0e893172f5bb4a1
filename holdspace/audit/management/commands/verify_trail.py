"""`holdspace verify-trail`: is the trail as it was sealed, and as it was published?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdspace.audit import heads
from holdspace.audit.models import SYSTEM, Entry
from holdspace.audit.tasks import heads_file
from holdspace.audit.triggers import lowered
from holdspace.audit.verify import Report, verify


class Command(BaseCommand):
    help = "Verifies every chain of the trail and says where it breaks; fails if any does."
    # It must also run where the check of the triggers would refuse.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a log, or a copy of trail-heads.log, with published heads to compare with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 if anything broke."""
        published = heads.read([heads_file(), *options["heads"]])
        broken = sum(self._tell(report) for report in verify(published))
        broken += self._tell_triggers()
        self.stdout.write(f"{Entry.objects.filter(seq=None).count()} entries wait for their seal.")
        if broken:
            raise CommandError(f"The trail is broken in {broken} places.", returncode=1)
        self.stdout.write("The trail is whole.")

    def _tell(self, report: Report) -> int:
        name = "system" if report.chain == SYSTEM else f"practice {report.chain}"
        state = "BROKEN" if report.breaks else "whole"
        self.stdout.write(f"{name}: {report.entries} entries, {state}")
        for found in report.breaks:
            self.stdout.write(f"  {found.kind}: {found}")
        return len(report.breaks)

    def _tell_triggers(self) -> int:
        gone = lowered()
        for name in gone:
            self.stdout.write(f"  trigger gone: {name}")
        return len(gone)
