"""Holds of one clinician never overlap: the database has the last word, once per vendor."""

from django.db import migrations

from holdspace.kit import guards
from holdspace.scheduling.guards import TABLE, declare


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]

    operations = [
        migrations.RunPython(guards.migration(TABLE, declare), migrations.RunPython.noop),
    ]
