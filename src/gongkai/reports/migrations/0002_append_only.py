"""What a person confirmed is evidence."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [protect("reports_cellconfirmation")]
