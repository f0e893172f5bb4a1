from django.db import migrations

from holdspace.kit import guards
from holdspace.practices.guards import TABLE, declare


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    # Not reversible: nothing of ours lowers these.
    operations = [migrations.RunPython(guards.migration(TABLE, declare))]
