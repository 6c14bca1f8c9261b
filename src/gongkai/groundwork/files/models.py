"""What the file store knows about the bytes it holds."""

from django.db import models


class StoredFile(models.Model):
    """Bytes kept once under their SM3 digest. Who may see them is decided by what points here."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    text_status = models.CharField(max_length=20, default="none")
    # What the bytes still carry of their making: revisions, comments, hidden, uncleaned.
    traces = models.JSONField(default=list)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.media_type} {self.size}"
