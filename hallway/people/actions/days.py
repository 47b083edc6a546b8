"""A person says, or says no longer, when their birthday is or since when they work here."""

from dataclasses import dataclass
from datetime import date

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person, PersonalDay
from hallway.people.models.day import LEAP_YEAR


@dataclass(frozen=True)
class Given:
    """A day of the year, since when it counts (a birthday has no year), and who sees it."""

    month: int
    day: int
    year: int | None = None
    is_shown: bool = False


def change_day(person: Person, kind: PersonalDay.Kind, given: Given | None, *, by: Person) -> bool:
    """Keep `given` as this day of the person, or none; returns whether that is another.

    Raises ValueError for a day that no calendar has.
    """
    if given is not None:
        date(given.year or LEAP_YEAR, given.month, given.day)
    with writing():
        held = PersonalDay.objects.select_for_update().filter(person=person, kind=kind).first()
        now = held and Given(held.month, held.day, held.year, held.is_shown)
        if now == given:
            return False
        if given is None:
            PersonalDay.objects.filter(person=person, kind=kind).delete()
        else:
            PersonalDay.objects.update_or_create(person=person, kind=kind, defaults=vars(given))
        record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)
    return True
