"""When somebody wants to be told outside, and which notices they have been mailed."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Schedule(models.Model):
    """The rhythm of `person`'s digest and their quiet hours, in their time zone.

    `weekday` counts from Monday, 0. Between `quiet_from` and `quiet_until`, full hours, and on
    `quiet_days` nothing is sent. `next_at` is when the next digest is due, null for never. Nothing
    that was bumped before `begun_at` is mailed; posts up to `covered_until` have been.
    """

    class Rhythm(models.TextChoices):
        HOURLY = "hourly", _("Every hour")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        NEVER = "never", _("Never")

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=8)
    weekday = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=64, blank=True, default="")
    quiet_from = models.PositiveSmallIntegerField(null=True, default=20)
    quiet_until = models.PositiveSmallIntegerField(null=True, default=7)
    quiet_days = models.JSONField(default=list)
    next_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    covered_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="schedule_hours",
                condition=Q(hour__lt=24, weekday__lt=7)
                & (
                    Q(quiet_from__isnull=True, quiet_until__isnull=True)
                    | Q(quiet_from__lt=24, quiet_until__lt=24)
                ),
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="schedule_next")]

    def __str__(self) -> str:
        return f"{self.rhythm} for {self.person_id}"

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone of its hours."""
        return ZoneInfo(self.zone or settings.TIME_ZONE)


class Mailed(models.Model):
    """A notice was in a digest as it stood at `bumped_at`; bumped again it is news again."""

    notification = models.OneToOneField(
        "notifications.Notification", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    bumped_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notice {self.notification_id}"
