"""Where a public record appeared beside the website."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.records.domain.channels import BY_HAND
from gongkai.records.models.gazette import GazetteIssue
from gongkai.records.models.record import Record


class RecordChannel(models.Model):
    """One appearance of a record in a gazette, on Weibo, WeChat or elsewhere.

    The website needs no row: it is the entry itself. However many rows a record has, it counts once among what was
    published; each row counts for its channel.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="channels")
    channel = models.CharField(max_length=12, choices=[(channel.value, channel.label) for channel in BY_HAND])
    name = models.CharField(max_length=120)
    published_on = models.DateField()
    address = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)
    # The issue whose entry made this row; it follows the issue.
    issue = models.ForeignKey(GazetteIssue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_by_id = models.BigIntegerField(null=True)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["agency", "channel", "published_on"], name="record_channel_counts")]
        constraints = [
            models.UniqueConstraint(fields=["record", "channel", "name", "published_on"], name="record_channel_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[channel.value for channel in BY_HAND]), name="record_channel_by_hand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.channel} {self.published_on:%F}"
