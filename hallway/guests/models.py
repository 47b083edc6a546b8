"""How long a guest stays, and who answers for them."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

LONGEST = timedelta(days=366)
WARNED_BEFORE = timedelta(days=7)


class Stay(models.Model):
    """A guest's time here: `until` is the last day, in the time zone of the installation.

    `warned_for` is the last day of which they and their host were warned, so that each is warned
    of once. `ended_at` says that access ended by the day and not because somebody ended it.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="stay")
    host = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="guests"
    )
    until = models.DateField()
    warned_for = models.DateField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["until"], name="stay_by_end")]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until}"

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.until < today()


def today() -> date:
    """The day it is where the installation is; nobody's own time zone ends a stay."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
