from django.db import migrations

from holdspace.audit import triggers
from holdspace.kit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    # Not reversible: nothing of ours lowers these.
    operations = [
        migrations.RunPython(guards.migration(triggers.ENTRY, triggers.declare)),
        migrations.RunPython(guards.migration(triggers.HEAD, triggers.declare)),
    ]
