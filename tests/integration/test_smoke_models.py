"""The evidence tables refuse change on this database."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.groundwork.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_audit_event_cannot_be_changed_or_deleted() -> None:
    event = AuditEvent.objects.create(at=timezone.now(), actor_name="李", action="draft", subject_type="record")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(action="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    assert AuditEvent.objects.get(pk=event.pk).action == "draft"
