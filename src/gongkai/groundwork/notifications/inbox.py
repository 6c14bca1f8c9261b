"""What one person was told, and that they have read it."""

from datetime import datetime

from django.db.models import QuerySet

from gongkai.groundwork.notifications.models import Notice


def notices(person_id: int) -> QuerySet[Notice]:
    """All of the person's, the newest first."""
    return Notice.objects.filter(person_id=person_id).order_by("-created_at", "-id")


def unread_count(person_id: int) -> int:
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).count()


def mark_read(person_id: int, *, at: datetime, up_to: datetime | None = None) -> int:
    """Notes that the person has read theirs (until a moment); returns how many were new to them."""
    unread = Notice.objects.filter(person_id=person_id, read_at__isnull=True)
    return (unread if up_to is None else unread.filter(created_at__lte=up_to)).update(read_at=at)
