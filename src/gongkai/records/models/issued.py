"""The register of issued documents, as the office's own system keeps it."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class IssuedDocument(models.Model):
    """A document that the agency has issued. Whether it is public is asked of the records with its number."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(max_length=60)
    # Two documents under one number are a fault of the office that the register must be able to show.
    copy = models.PositiveIntegerField(default=1)
    prefix = models.CharField(max_length=40)
    year = models.PositiveIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    created_on = models.DateField(null=True, blank=True)
    attribute = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "发文登记"
        indexes = [
            models.Index(fields=["agency", "year", "prefix", "serial"], name="issued_series"),
            models.Index(fields=["agency", "attribute", "created_on"], name="issued_attribute"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "document_number", "copy"], name="issued_number"),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.title}"
