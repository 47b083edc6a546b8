"""Forgetting administrative deeds after their time."""

from datetime import timedelta

from django.utils import timezone

from hallway.audit.models import Row
from hallway.core.writing import writing

KEPT = timedelta(days=3 * 365)
"""As long as claims about somebody's work can be made (§ 195 of the German civil code)."""

TRIMMED = 1000


def trim() -> int:
    """Delete rows older than `KEPT`; returns how many. Goes in steps, so that nobody waits."""
    old = Row.objects.filter(at__lt=timezone.now() - KEPT).order_by("at")
    total = 0
    while rows := list(old.values_list("pk", flat=True)[:TRIMMED]):
        with writing():
            total += Row.objects.filter(pk__in=rows).delete()[0]
    return total
