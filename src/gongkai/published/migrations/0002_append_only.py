"""What was released stays as it was released: versions, their files and the history of validity never change."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("published", "0001_initial")]

    operations = [
        protect("published_entryversion"),
        protect("published_entryfile"),
        protect("published_validitychange"),
    ]
