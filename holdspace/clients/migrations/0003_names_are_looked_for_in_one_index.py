from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_charts"),
        ("practices", "0004_notices"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="client",
            name="clients_cli_practic_9e4b37_idx",
        ),
        migrations.RemoveIndex(
            model_name="client",
            name="clients_cli_practic_c02abf_idx",
        ),
        migrations.AlterField(
            model_name="client",
            name="sought",
            field=models.CharField(editable=False, max_length=170),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                fields=["practice", "last_name", "first_name", "called", "sought", "id"],
                name="client_by_name",
            ),
        ),
    ]
