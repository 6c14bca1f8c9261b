"""Bodies that owe disclosure."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.domain.kinds import AgencyKind


class Agency(models.Model):
    """One body under its own name. Public data, so not scoped; never deleted, only ended or succeeded."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.label) for kind in AgencyKind])
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    # Ids from the root down to this body, "/1/4/": a subtree is one prefix.
    path = models.CharField(max_length=200, db_index=True, default="/")
    in_city_sum = models.BooleanField(default=True)
    # Two nameplates, one staff (一套人马两块牌子): the second nameplate points to the one that has the staff.
    staffed_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="nameplates")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    credit_code = models.CharField(max_length=18, blank=True)
    organisation_code = models.CharField(max_length=10, blank=True)
    site_code = models.CharField(max_length=10, blank=True)
    region_code = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    sort_order = models.IntegerField(default=0)
    index_number_template = models.CharField(max_length=120, default="{org9}/{yyyy}-{seq:5}")
    site_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    email = models.CharField(max_length=120, blank=True)
    office_hours = models.CharField(max_length=120, blank=True)
    disclosure_office = models.CharField(max_length=120, blank=True)
    icp_number = models.CharField(max_length=60, blank=True)
    police_number = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "机构"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="agency_does_not_succeed_itself"),
        ]

    def __str__(self) -> str:
        return self.name
