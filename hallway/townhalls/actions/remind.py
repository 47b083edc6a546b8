"""Be reminded of a town hall, or not any more; and the moment for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Count
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.townhalls.actions.holding import holding
from hallway.townhalls.models import Reminder, TownHall

AHEAD = timedelta(minutes=15)
"""So long before it begins people are told."""

AT_ONCE = 500
"""People told by one row of the journal, so that no transaction is long."""


def remind(hall: TownHall, on: bool, *, by: Person) -> None:
    """Note that `by` wants to be told shortly before it begins, or no longer. Raises NotAllowed."""
    with holding(hall, "see", by=by) as held:
        if on and held.is_announced:
            Reminder.objects.get_or_create(hall=held, person=by)
        else:
            Reminder.objects.filter(hall=held, person=by).delete()


def remind_of_what_begins(now: datetime | None = None) -> int:
    """Record for each hall that begins within `AHEAD` that people want to hear; returns how many.

    One row of the journal for every `AT_ONCE` of them. Doing it again before they have been told
    is harmless: a row that finds nobody left does nothing.
    """
    now = now or timezone.now()
    with as_system("a time has come, which is nobody's deed"):
        due = (
            TownHall.objects.filter(
                stage=TownHall.Stage.ANNOUNCED, starts_at__gt=now, starts_at__lte=now + AHEAD
            )
            .annotate(waiting=Count("reminders"))
            .filter(waiting__gt=0)
        )
        halls = list(due.values_list("pk", "space_id", "waiting"))
        for pk, space, waiting in halls:
            with writing():
                for _ in range(ceil(waiting / AT_ONCE)):
                    record(Verb.HALL_REMINDED, space=space, entry=pk)
    return len(halls)


def take_reminders(hall: int) -> Sequence[int]:
    """Take at most `AT_ONCE` of those (ids) who wanted to be told; inside a write transaction."""
    rows = Reminder.objects.filter(hall_id=hall).order_by("pk")
    taken = dict(rows.values_list("pk", "person_id")[:AT_ONCE])
    Reminder.objects.filter(pk__in=taken).delete()
    return list(taken.values())
