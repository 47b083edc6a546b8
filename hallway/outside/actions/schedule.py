"""Choosing when one wants to be told outside."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.outside.models import Schedule
from hallway.outside.times import next_digest
from hallway.people.models import Person


@dataclass(frozen=True)
class Plan:
    """What somebody chose; the meaning of each part as in `Schedule`."""

    rhythm: str
    hour: int
    weekday: int
    zone: str
    quiet_from: int | None
    quiet_until: int | None
    quiet_days: Sequence[int]


def choose(plan: Plan, *, by: Person) -> None:
    """`by` wants to be told at these times from now on."""
    with writing():
        _change(by.pk, **asdict(plan))
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def stop_digest(*, by: Person) -> None:
    """`by` wants no digest any more; quiet hours stay as they are."""
    with writing():
        _change(by.pk, rhythm=Schedule.Rhythm.NEVER)
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def begin_anew() -> None:
    """Mail nobody what is older than now: after a restore it may have been mailed long ago."""
    now = timezone.now()
    with writing():
        Schedule.objects.update(begun_at=now, covered_until=now)


def fresh(person: int, since: datetime) -> Schedule:
    """The schedule of somebody (an id) who has chosen nothing; not stored yet."""
    schedule = Schedule(person_id=person, begun_at=since, covered_until=since)
    schedule.next_at = next_digest(schedule, timezone.now())
    return schedule


def _change(person: int, **fields: object) -> None:
    now = timezone.now()
    held = Schedule.objects.select_for_update().filter(pk=person).first()
    schedule = held or fresh(person, now)
    before = schedule.rhythm
    for name, value in fields.items():
        setattr(schedule, name, value)
    if before == Schedule.Rhythm.NEVER:
        # What happened while somebody wanted no mail is not mailed later.
        schedule.begun_at = schedule.covered_until = now
    schedule.next_at = next_digest(schedule, now)
    schedule.save(force_insert=held is None)
