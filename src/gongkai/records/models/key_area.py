"""Which columns of an agency belong to which part of a key area, where it is not as the common catalogue says."""

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class KeyAreaColumn(models.Model):
    """The agency's word about one column; an empty ``area`` says that it belongs to none."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    column_code = models.CharField(max_length=60)
    area = models.CharField(max_length=60, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["agency", "column_code"], name="key_area_column_once")]

    def __str__(self) -> str:
        return f"{self.column_code}: {self.area}"
