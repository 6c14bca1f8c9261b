"""Audit events, seals and the change feed are evidence: they are added to, never changed."""

from django.db import migrations

from gongkai.groundwork.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("groundwork", "0001_initial")]

    operations = [
        protect("groundwork_auditevent"),
        protect("groundwork_auditseal"),
        protect("groundwork_feedchange"),
    ]
