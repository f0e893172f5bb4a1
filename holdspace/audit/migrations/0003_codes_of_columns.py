from django.db import migrations, models

from holdspace.audit import triggers
from holdspace.kit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_triggers")]

    # Not reversible: nothing of ours lowers the trail's guards.
    operations = [
        migrations.AddField("Entry", "marks", models.CharField(max_length=120, null=True)),
        migrations.RunPython(guards.renewal("audit_entry_sealed_once", triggers.declare)),
    ]
