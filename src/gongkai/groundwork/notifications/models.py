"""What somebody is told on the desk, and what is to leave the house for it."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """Something one person is told on the desk. Person and place are values, so the row outlives both."""

    person_id = models.BigIntegerField()
    # Says the same thing once: a second notice with this subject for the person is not added.
    subject = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=200)
    is_pressing = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        indexes = [
            models.Index(fields=["person_id", "-created_at", "-id"], name="notice_person"),
            models.Index(fields=["person_id"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
        constraints = [models.UniqueConstraint(fields=["person_id", "subject"], name="notice_said_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.subject}"


class Dispatch(models.Model):
    """One message on its way out. The target is sealed and erased once the message has left or was given up."""

    channel = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    target_digest = models.CharField(max_length=64)
    sealed_target = models.TextField(blank=True)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, default="waiting")
    tries = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="dispatch_waiting", condition=Q(state="waiting")),
            models.Index(fields=["ended_at"], name="dispatch_ended"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["channel", "subject", "target_digest"], name="dispatched_once"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(sealed_target=""), name="target_erased_at_the_end"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.subject} {self.state}"
