"""`holdspace rotate-seal`: a new key for papers; what was sealed before is still known as ours."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from holdspace.config import env
from holdspace.config.management.commands.prepare import seal_name
from holdspace.kit.clock import now
from holdspace.kit.pdf.certificate import new_seal, read


class Command(BaseCommand):
    help = "Makes a new seal for papers; of the one before only its certificate is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.SEAL_FILE
        if not file.exists():
            raise CommandError(f"There is no seal in {file} yet: run `holdspace prepare`.")
        pem = new_seal(seal_name(), at=now(), before=file.read_bytes())
        env.keep_seal(file, pem)
        seal = read(pem)
        self.stdout.write(f"Papers are sealed by {seal.fingerprints[0]} from now on.")
        self.stdout.write(f"{len(seal.certificates) - 1} earlier seals are still known as ours.")
        self.stdout.write("Copy the file to where you keep the keys: it holds the only copy of the new one.")
