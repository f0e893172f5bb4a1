"""`holdspace seal-papers`: makes the PDFs of answers that are due, once, and ends."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from holdspace.consents.actions.sealing import seal_due
from holdspace.kit.clock import now

# What is left of the processor: a call that runs on the same machine comes first.
NICE = 10


class Command(BaseCommand):
    help = "Make the PDFs of consent answers that are due."
    requires_system_checks = ()  # whoever starts it, again and again, was looked over when it started

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(NICE)
        seal_due(at=now())
