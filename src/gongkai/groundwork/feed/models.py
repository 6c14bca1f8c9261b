"""The change feed: an append-only list of what changed, read by indexers and by ``updated_since``."""

from django.db import models

from gongkai.groundwork.transactions import CurrentTransaction


class FeedChange(models.Model):
    """One change of one subject in one stream, for example ``entries``."""

    stream = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["stream", "transaction_id", "id"], name="feed_order"),
            # Where a reader begins who only knows a time.
            models.Index(fields=["stream", "at"], name="feed_time"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.subject_id} {self.at:%F %T}"
