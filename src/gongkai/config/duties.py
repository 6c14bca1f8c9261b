"""What the worker does every second, put together from all rooms."""

from django.conf import settings
from django.utils import timezone

from gongkai.config import keys
from gongkai.groundwork.audit.sealing import Sealer
from gongkai.groundwork.work.worker import Duty


def sealer() -> Sealer:
    """The one who seals the audit trail of this site."""
    return Sealer(key=keys.secret(settings.HOME, settings.AUDIT_KEY_NAME), head_file=settings.AUDIT_HEAD_FILE)


def of_the_worker() -> tuple[Duty, ...]:
    """Sealing and, as soon as there is an index to fill, indexing."""
    sealing = sealer()
    return (Duty("seal", 1.0, lambda: sealing.seal(at=timezone.now())),)
