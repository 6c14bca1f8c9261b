"""What an agency makes of the common catalogue; the tree itself is `records.domain.statutory_tree`."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class AgencyColumn(models.Model):
    """One node as an agency wants it: under another name, hidden with a reason, or a column of its own.

    Without a row a column of the common tree shows as the article says. Only an own column has a ``parent_code``.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120, blank=True)
    is_hidden = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    empty_note = models.CharField(max_length=200, blank=True)
    keeper = models.CharField(max_length=120, blank=True)
    update_period_days = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="agency_column_once"),
            models.CheckConstraint(condition=Q(is_hidden=False) | ~Q(reason=""), name="hidden_column_has_a_reason"),
            models.CheckConstraint(condition=Q(parent_code="") | ~Q(title=""), name="own_column_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code}"
