"""The end of a town hall that nobody ends: deleted, forgotten on air, or announced and never held.

Its key must not live for ever, nor the list of who had tokens (see docs/anonymity.md).
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.models import Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.townhalls.actions.direct import destroy_key, end_held
from hallway.townhalls.actions.holding import touch
from hallway.townhalls.models import TownHall

FORGOTTEN = timedelta(hours=6)
"""So long after its planned end a town hall that is still on air is ended."""

NEVER_HELD = timedelta(days=1)
"""So long after its planned end one that never began takes no questions any more."""

S = TownHall.Stage


def hold_deleted(entry: Entry) -> None:
    """Lock the hall of an entry that is about to be deleted; inside `writing()`."""
    with as_system("it is about to be deleted, and the rule is asked after this"):
        _locked(entry.pk)


def close_deleted(entry: Entry, by: Person) -> None:
    """Take a hall that has just been deleted off the air and destroy its key.

    Restored, one that was on air is over; one still to come is announced as before, but signs no
    more tokens. Inside `writing()`.
    """
    with as_system("whoever deletes it ends it"):
        hall = _locked(entry.pk)
        if hall is None:
            return
        if hall.is_on_air:
            end_held(hall, by=by.pk)
        elif hall.is_announced:
            destroy_key(hall)


def close_what_is_over(now: datetime | None = None) -> int:
    """End what was forgotten on air, close what was never held; returns how many halls it were.

    Doing it again is harmless; `now` is the present moment by default.
    """
    now = now or timezone.now()
    with as_system("a time has come, which is nobody's deed"):
        left = TownHall.objects.filter(
            Q(stage=S.ON_AIR)
            | Q(stage=S.ANNOUNCED) & (Q(asking_closed=False) | Q(signing_key__private__gt="")),
            starts_at__lt=now - FORGOTTEN,
        )
        due = [hall.pk for hall in left if _is_over(hall, now)]
        for pk in due:
            with writing():
                hall = _locked(pk)
                if hall is not None and _is_over(hall, now):
                    _close(hall)
    return len(due)


def _is_over(hall: TownHall, now: datetime) -> bool:
    if hall.is_on_air:
        # Doors that opened late stay open as long as those that opened in time.
        late = max(hall.opened_at or hall.starts_at, hall.starts_at) - hall.starts_at
        return hall.ends_at + late + FORGOTTEN < now
    return hall.is_announced and hall.ends_at + NEVER_HELD < now


def _close(hall: TownHall) -> None:
    if hall.is_on_air:
        end_held(hall, by=None)
        return
    destroy_key(hall)
    if hall.asking_closed:
        return
    TownHall.objects.filter(pk=hall.pk).update(asking_closed=True, version=hall.version + 1)
    touch(hall)
    record(Verb.HALL_CHANGED, space=hall.space_id, entry=hall.pk, asking=False)


def _locked(pk: int) -> TownHall | None:
    held = TownHall.objects.select_for_update(no_key=True, of=("self",))
    return held.filter(pk=pk).first()
