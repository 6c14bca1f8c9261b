"""What crosses contexts and must be remembered."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping


class Merger(models.Model):
    """A merger of bodies that is to be carried out in all rooms on its day, and what it moved. Spans agencies."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    noted_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    # How many posts, columns and records went over.
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "机构合并"
        constraints = [models.UniqueConstraint(fields=["body"], name="body_merges_once")]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.into_id} {self.on}"


class Handover(models.Model):
    """Everything that one person had open went to another (交接). Evidence: added, never changed.

    ``items`` name records by id with state and deadline as they were; titles are read from the records themselves,
    so that what is purged there is nowhere else.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_id = models.BigIntegerField()
    from_name = models.CharField(max_length=60)
    # The posts that the giver held at the agency, in words.
    from_posts = models.CharField(max_length=200, blank=True)
    to_id = models.BigIntegerField()
    to_name = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    # [{"record_id": 1, "state": "draft", "due_on": "2026-12-01", "stayed_because": ""}, …]
    items = models.JSONField()
    handed_by_id = models.BigIntegerField()
    handed_by_name = models.CharField(max_length=60)
    handed_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "工作交接"
        indexes = [models.Index(fields=["agency", "-handed_at", "-id"], name="handover_newest")]
        constraints = [models.CheckConstraint(condition=~Q(from_id=F("to_id")), name="handover_between_two")]

    def __str__(self) -> str:
        return f"{self.from_name} → {self.to_name}"


class Contact(models.Model):
    """One of up to three people whom an agency wants to be told when nobody reads the reminders. Sealed: personal."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    # Encrypted with the key "notices"; empty where there is none.
    sealed_phone = models.CharField(max_length=300, blank=True)
    sealed_mail = models.CharField(max_length=400, blank=True)

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["agency", "position"], name="contact_position"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=3), name="at_most_three_contacts"),
            models.CheckConstraint(condition=~Q(sealed_phone="") | ~Q(sealed_mail=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.position}"


class Webhook(models.Model):
    """A group or an own receiver to which an agency's reminders are posted."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    host = models.CharField(max_length=120)
    # Address and secret: whoever has them can post in the agency's name.
    sealed_address = models.TextField()
    sealed_secret = models.TextField(blank=True)
    added_by_name = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    objects = scoping.ScopedManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "提醒接收地址"

    def __str__(self) -> str:
        return f"{self.agency_id} {self.name}"
