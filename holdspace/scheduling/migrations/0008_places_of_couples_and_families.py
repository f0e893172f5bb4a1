"""A couple has two places and a family six, where nobody said anything else yet."""

from typing import Any

from django.db import migrations

PLACES = {"Couples": 2, "Family": 6}


def give_places(apps: Any, schema_editor: Any) -> None:
    types = apps.get_model("scheduling", "AppointmentType").objects.using(schema_editor.connection.alias)
    for name, places in PLACES.items():
        types.filter(name=name, is_group=False, places=1).update(places=places)


def take_them_back(apps: Any, schema_editor: Any) -> None:
    types = apps.get_model("scheduling", "AppointmentType").objects.using(schema_editor.connection.alias)
    for name, places in PLACES.items():
        types.filter(name=name, is_group=False, places=places).update(places=1)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0007_import_promises")]

    operations = [migrations.RunPython(give_places, take_them_back)]
