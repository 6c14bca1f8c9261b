"""What was released stays as it was released: versions of entries and their files never change."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("published", "0001_initial")]

    operations = [
        protect("published_entryversion"),
        protect("published_entryfile"),
    ]
