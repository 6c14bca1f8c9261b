"""People and the posts they hold. Not scoped: these rows decide what a scope is."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from gongkai.accounts.domain.posts import Post
from gongkai.agencies.models import Agency


class UserManager(BaseUserManager["User"]):
    """Looks people up by the name with which they sign in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person of the desk. There is no superuser: rights come from posts alone."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    failed_sign_ins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    # Encrypted with the key "totp"; empty while the person has not set up the second factor.
    totp_secret = models.CharField(max_length=200, blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=120, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.name


class PostHolding(models.Model):
    """One person holds one post at one agency from a day to a day; ``deputises_for`` marks a substitute (代)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holdings")
    post = models.CharField(max_length=24, choices=[(post.value, post.label) for post in Post])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    is_deputy = models.BooleanField(default=False)

    class Meta:
        verbose_name = "任岗"
        indexes = [models.Index(fields=["agency", "post"], name="holding_agency_post")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "post"],
                condition=Q(valid_until__isnull=True),
                name="one_open_holding",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="holding_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post} {self.agency_id}"


class Substitute(models.Model):
    """A standing arrangement (B角): while the holder of a post is away, this person acts in it as deputy (代)."""

    holding = models.ForeignKey(PostHolding, on_delete=models.PROTECT, related_name="substitutes")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "B角"
        constraints = [
            models.UniqueConstraint(
                fields=["holding", "person"], condition=Q(valid_until__isnull=True), name="one_open_substitution"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="substitution_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.holding_id}"


class Absence(models.Model):
    """A person is away from a day to a day, both included; why is nobody's business. Cancelled, it never counted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    announced_by_id = models.BigIntegerField(null=True)
    announced_by_name = models.CharField(max_length=60)
    announced_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "外出"
        indexes = [models.Index(fields=["user", "last_day"], name="absence_person")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day}–{self.last_day}"


class Mandate(models.Model):
    """A superior office acts for an agency without staff (代办): from a day to a day, in these posts, on this basis.

    Whoever holds one of the posts at the office holds it at the agency, and every act says so.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mandates")
    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mandates_held")
    posts = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    basis = models.CharField(max_length=200)
    granted_by_id = models.BigIntegerField(null=True)
    granted_by_name = models.CharField(max_length=60)
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = "代办"
        indexes = [models.Index(fields=["office", "valid_until"], name="mandate_office")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="mandate_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(agency=F("office")), name="mandate_is_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} for {self.agency_id}"


class DeskSession(models.Model):
    """An open session of a person, so that the number is limited and all can be ended at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="desk_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.opened_at:%F %T}"
