"""What people report to those who look after a space, and what these decided."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded

MOST_REASON = 500


class Decision(models.Model):
    """What became of an entry that was reported: who decided, when, what, and why."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        REMOVED = "removed", _("Removed")

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=MOST_REASON, blank=True, default="")

    objects: models.Manager["Decision"] = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="kept") | ~Q(reason=""), name="decision_says_why_removed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.outcome}"


class Report(models.Model):
    """One person's reason why an entry should go; open until somebody decided."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=MOST_REASON)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.CASCADE, related_name="reports"
    )

    objects: models.Manager["Report"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "by"], condition=Q(decision=None), name="report_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} reported by {self.by_id}"
