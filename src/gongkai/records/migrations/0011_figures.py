from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

_ENDED = ("expired", "repealed")


def copy_from_entries(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the calendar ended before records followed their entries."""
    entries = apps.get_model("published", "Entry").objects.filter(pk=OuterRef("entry_id"))
    ended = apps.get_model("published", "Entry").objects.filter(validity__in=_ENDED).values("pk")
    apps.get_model("records", "Record")._base_manager.filter(entry_id__in=ended).update(
        validity=Subquery(entries.values("validity")[:1]),
        invalid_since=Subquery(entries.values("invalid_since")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("published", "0002_append_only"),
        ("records", "0010_standard_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="invalid_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("entry_id__isnull", False)),
                fields=["agency", "published_at"],
                include=("withdrawn_at",),
                name="record_public",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("is_normative", True)), fields=["agency", "created_on"], name="record_normative"
            ),
        ),
        migrations.RunPython(copy_from_entries, migrations.RunPython.noop),
    ]
