"""Tables of the groundwork: audit, change feed, numbers, stored files, and what the worker needs."""

from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from gongkai.groundwork.feed.models import FeedChange
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.notifications.models import Dispatch, Notice
from gongkai.groundwork.numbering.models import NumberSequence
from gongkai.groundwork.work.models import TimetableRun, WorkerHeartbeat

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "Dispatch",
    "FeedChange",
    "Notice",
    "NumberSequence",
    "StoredFile",
    "TimetableRun",
    "WorkerHeartbeat",
]
