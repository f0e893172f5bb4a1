"""SQLite's overlap triggers in their quicker words: taken down here, put up again by `post_migrate`."""

from typing import Any

from django.db import migrations

NAMES = ("hold_overlap", "hold_overlap_update")


def take_down(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in NAMES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0010_reasons")]
    operations = [migrations.RunPython(take_down, migrations.RunPython.noop)]
