"""Tasks for the tests of this folder; what they did is written into the audit trail, which every thread can see."""

from datetime import UTC, datetime

from django_tasks import task

from gongkai.groundwork.audit import trail
from gongkai.groundwork.audit.models import AuditEvent
from tests.integration.audit.trails import Clerk

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


@task()
def note(text: str) -> None:
    trail.write(trail.Entry(action=text, subject_type="test", subject_id=0), actor=Clerk(), at=MOMENT)


@task()
def stumble(text: str) -> None:
    note.func(text)
    raise RuntimeError("stumbled")


def notes() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
