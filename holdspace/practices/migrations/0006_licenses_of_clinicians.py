"""What stood in two columns of a clinician becomes a row for each state; nothing is made up.

A state without a number keeps its row without one; a number without a state keeps it too, and covers
nothing until somebody writes down where it was issued.
"""

from typing import Any

from django.db import migrations


def into_rows(apps: Any, schema_editor: Any) -> None:
    clinicians = apps.get_model("practices", "Clinician").objects.using(schema_editor.connection.alias)
    license = apps.get_model("practices", "License")
    for one in clinicians.all():
        states = sorted(set(one.license_states)) or ([""] if one.license_number else [])
        license.objects.using(schema_editor.connection.alias).bulk_create(
            license(practice_id=one.practice_id, clinician=one, state=state, number=one.license_number)
            for state in states
        )


def into_columns(apps: Any, schema_editor: Any) -> None:
    clinicians = apps.get_model("practices", "Clinician").objects.using(schema_editor.connection.alias)
    for one in clinicians.prefetch_related("licenses"):
        papers = list(one.licenses.all())
        one.license_states = sorted({paper.state for paper in papers if paper.state})
        one.license_number = papers[0].number if papers else ""
        one.save()


class Migration(migrations.Migration):
    dependencies = [("practices", "0005_licenses")]

    operations = [migrations.RunPython(into_rows, into_columns)]
