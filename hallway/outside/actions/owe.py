"""Putting the digests that are due into the outbox, and newcomers onto the list."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from hallway.core.writing import writing
from hallway.outbox.actions import post_all
from hallway.outbox.models import Outgoing
from hallway.outside.actions.schedule import fresh
from hallway.outside.models import Schedule
from hallway.outside.times import next_digest
from hallway.people.models import Person

DIGEST = "digest"

AT_ONCE = 100
"""People in one transaction, so that it stays short."""

LOOKED_BACK = timedelta(days=1)
"""How far the first digest of somebody reaches."""


def owe_digests() -> int:
    """Owe everybody their digest for whom it is time; returns how many. Doing it twice is harmless.

    Whether there is anything to say is seen when it is written.
    """
    total = 0
    while True:
        now = timezone.now()
        with writing():
            due = list(
                Schedule.objects.select_for_update(skip_locked=True)
                .filter(next_at__lte=now)
                .order_by("next_at")[:AT_ONCE]
            )
            post_all(
                Outgoing(kind=DIGEST, key=str(row.pk), person_id=row.pk, due_at=now) for row in due
            )
            for row in due:
                row.next_at = next_digest(row, now)
            Schedule.objects.bulk_update(due, ["next_at"])
        total += len(due)
        if len(due) < AT_ONCE:
            return total


def enroll_newcomers() -> int:
    """Give those a schedule who came after the last one who has one; returns how many."""
    newest = Person.objects.aggregate(pk=Max("pk"))["pk"] or 0
    last = Schedule.objects.aggregate(pk=Max("pk"))["pk"] or 0
    if newest <= last:
        return 0
    missing = Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
    return _enroll(missing.iterator(2000))


def enroll() -> int:
    """Give everybody a schedule who has none; returns how many. To be called once a day."""
    rows = Person.objects.filter(~Exists(Schedule.objects.filter(person=OuterRef("pk"))))
    return _enroll(list(rows.order_by("pk").values_list("pk", flat=True)))


def _enroll(people: Iterable[int]) -> int:
    since = timezone.now() - LOOKED_BACK
    rows = [fresh(pk, since) for pk in people]
    for start in range(0, len(rows), AT_ONCE):
        with writing():
            Schedule.objects.bulk_create(rows[start : start + AT_ONCE], ignore_conflicts=True)
    return len(rows)
