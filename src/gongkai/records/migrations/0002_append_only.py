"""Frozen versions and decisions are evidence; of a decision only its validity may end."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        protect("records_recordversion"),
        protect("records_decision", except_columns=("is_valid",)),
    ]
