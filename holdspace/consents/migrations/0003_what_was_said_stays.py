"""Published text and given answers never change: the database has the last word, once per vendor."""

from django.db import migrations

from holdspace.consents.guards import CONSENT, VERSION, declare
from holdspace.kit import guards


class Migration(migrations.Migration):
    dependencies = [("consents", "0002_one_session")]

    # Not reversible: nothing of ours lowers these.
    operations = [
        migrations.RunPython(guards.migration(VERSION, declare)),
        migrations.RunPython(guards.migration(CONSENT, declare)),
    ]
