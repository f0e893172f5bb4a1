"""`manage.py write_protocol`: bring the browser's types and the protocol page up to the schema."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from holdspace.live import table, typescript

ROOT = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    help = "Write frontend/src/live/schema.ts and the tables of docs/protocol.md from the schema."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        file = ROOT / typescript.FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(typescript.written())
        page = ROOT / table.PAGE
        page.write_text(table.renewed(page.read_text()))
