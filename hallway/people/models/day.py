"""The days of somebody's that come round every year."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEAP_YEAR = 2000
"""Stands in where a day has no year, so that 29 February is one."""


class PersonalDay(models.Model):
    """When somebody has their birthday or began to work here; colleagues see it if `is_shown`.

    A birthday has no year, so nobody's age is known. An anniversary has the year it counts from.
    """

    class Kind(models.TextChoices):
        BIRTHDAY = "birthday", _("Birthday")
        ANNIVERSARY = "anniversary", _("Work anniversary")

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="days")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    is_shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="personal_day_once"),
            models.CheckConstraint(
                condition=Q(kind="birthday", year__isnull=True)
                | Q(kind="anniversary", year__isnull=False),
                name="personal_day_tells_no_age",
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)), name="personal_day_is_a_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["month", "day"], condition=Q(is_shown=True), name="personal_day_shown"
            )
        ]
        ordering = ["-kind"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

    @property
    def on(self) -> date:
        """The day itself; of a birthday in a year that says nothing."""
        return date(self.year or LEAP_YEAR, self.month, self.day)

    @property
    def is_birthday(self) -> bool:
        """Whether it is the day of their birth."""
        return self.kind == self.Kind.BIRTHDAY
