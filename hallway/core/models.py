"""What the ground floor keeps: how much of its allowance each person has used."""

from django.db import models


class Allowance(models.Model):
    """One bucket of `core.limits`: full again at `full_at`, in milliseconds since 1970."""

    person = models.BigIntegerField()
    deed = models.CharField(max_length=12)
    full_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "deed"], name="allowance_once")]

    def __str__(self) -> str:
        return f"{self.deed} of {self.person}"
