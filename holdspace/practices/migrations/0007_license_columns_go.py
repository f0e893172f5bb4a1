from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("practices", "0006_licenses_of_clinicians")]

    operations = [
        migrations.RemoveField(model_name="clinician", name="license_number"),
        migrations.RemoveField(model_name="clinician", name="license_states"),
    ]
