"""A handover is evidence."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_initial")]

    operations = [protect("workbench_handover")]
