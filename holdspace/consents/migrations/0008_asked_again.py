import django.db.models.deletion
import uuid
from django.db import migrations, models

from holdspace.consents.guards import AGAIN, declare
from holdspace.kit import guards


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0007_corrected_is_a_status"),
        ("practices", "0007_license_columns_go"),
        ("scheduling", "0016_why_not_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedAgain",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("state", models.CharField(blank=True, max_length=2)),
                ("rule_version", models.PositiveIntegerField()),
                ("wanted", models.JSONField(default=list)),
                ("items", models.JSONField(default=list)),
                ("by_id", models.UUIDField()),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_again",
                        to="practices.practice",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_again",
                        to="scheduling.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["seat", "-at"], name="consents_asked_again_newest")],
            },
        ),
        # Not reversible: nothing of ours lowers it.
        migrations.RunPython(guards.migration(AGAIN, declare)),
    ]
