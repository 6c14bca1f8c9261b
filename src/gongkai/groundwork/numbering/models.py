"""Counters for numbers that are never used twice."""

from django.db import models


class NumberSequence(models.Model):
    """The last number given out in one scope, for example one agency and year."""

    scope = models.CharField(max_length=120, unique=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope}: {self.last}"
