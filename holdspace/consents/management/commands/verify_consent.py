"""`holdspace verify-consent FILE`: is a paper, and the answer it is about, as it was?"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdspace.audit import heads
from holdspace.audit.tasks import heads_file
from holdspace.consents.models import Consent
from holdspace.consents.verifying import Finding, Record, number_in, of_chain, of_file
from holdspace.consents.verifying_again import compared

ALTERED, UNKNOWN = 1, 2


class Command(BaseCommand):
    help = (
        "Says of a sealed paper whether it, the answer's row, the text, the entry and the trail are as they "
        "were, and names what isn't.  Exit code 0: all is; 1: something was altered; 2: the file can't be "
        "read, or is about no answer of this installation."
    )
    # It must also run where the check of the triggers would refuse.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the PDF")
        parser.add_argument("--consent", type=UUID, metavar="NUMBER", help="which answer the file is about")
        parser.add_argument(
            "--all",
            action="store_true",
            help="every answer there is, and what was asked each session, without a file",
        )
        parser.add_argument(
            "--heads",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a log, or a copy of trail-heads.log, with published heads to compare with",
        )

    def handle(self, *args: Any, file: Path | None, consent: UUID | None, **options: Any) -> None:
        self.published = heads.read([heads_file(), *options["heads"]])
        if options["all"]:
            self.everything()
        elif file or consent:
            self.one(self.body_of(file) if file else b"", consent)
        else:
            raise CommandError("Name a file, or --consent NUMBER, or --all.", returncode=UNKNOWN)

    def body_of(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as wrong:
            raise CommandError(f"{file} can't be read.", returncode=UNKNOWN) from wrong

    def one(self, body: bytes, said: UUID | None) -> None:
        pk = said or number_in(body)
        if pk is None:
            raise CommandError("This file doesn't say that it is a paper of ours.", returncode=UNKNOWN)
        record = Record(pk)
        self.stdout.write(f"Paper {pk}")
        bad = self.tell(of_file(body, record)) if body else 0
        if not record.known:
            raise CommandError("There is no such answer in this database.", returncode=UNKNOWN)
        bad += self.tell(record.findings())
        bad += self.tell(of_chain(record.chain, self.published)) if record.chain else 0
        if record.consent:
            self.stdout.write(f"Today it is: {record.consent.get_status_display()}.")
        self.conclude(bad)

    def everything(self) -> None:
        """Only what isn't as it was is listed."""
        self.chains: set[UUID] = set()
        bad = self.answers() + self.askings()
        for chain in sorted(self.chains):
            self.stdout.write(f"Practice {chain}")
            bad += self.tell(of_chain(chain, self.published))
        self.conclude(bad)

    def answers(self) -> int:
        answered = Consent.objects.exclude(answered_at=None).order_by("pk").values_list("pk", "practice_id")
        known, bad = list(answered), 0
        for pk, practice in known:
            self.chains.add(practice)
            bad += self.tell_wrong(f"Paper {pk}", Record(pk).findings())
        self.stdout.write(f"{len(known)} answers were looked at.")
        return bad

    def askings(self) -> int:
        """What was asked each session, row by row."""
        known, bad = list(compared()), 0
        for one in known:
            self.chains |= {one.chain} if one.chain else set()
            bad += self.tell_wrong(f"Asked {one.row}", one.findings)
        self.stdout.write(f"{len(known)} times that a session's questions were asked were looked at.")
        return bad

    def tell_wrong(self, title: str, findings: Iterable[Finding]) -> int:
        wrong = [found for found in findings if not found.good]
        if wrong:
            self.stdout.write(title)
        return self.tell(wrong)

    def tell(self, findings: Iterable[Finding]) -> int:
        """Write each down; how many aren't good."""
        bad = 0
        for found in findings:
            word = "ok" if found.good else "ALTERED"
            self.stdout.write(f"  {word:8}{found.part}: {found.sentence}")
            bad += not found.good
        return bad

    def conclude(self, bad: int) -> None:
        if bad:
            raise CommandError(f"{bad} things aren't as they were.", returncode=ALTERED)
        self.stdout.write("All is as it was.")
