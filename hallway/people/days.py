"""Whose birthday or work anniversary it is today, for one reader; and what a profile says of them.

Only those are told who want it, to colleagues and never to guests, and nobody is told of all the
company: it is those one follows and those with whom one shares a space.
"""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hallway.company.present import company
from hallway.people import access
from hallway.people.models import Follow, Person, PersonalDay

MOST = 60
NEAR = 6
"""Of so many the names stand there at once; the others unfold."""

SWITCHES = {
    PersonalDay.Kind.BIRTHDAY: "birthdays",
    PersonalDay.Kind.ANNIVERSARY: "anniversaries",
}
"""The field of profiles that the company may switch off, by the kind of day."""


@dataclass(frozen=True)
class Celebrated:
    """Somebody whose day it is; `years` they have been here, None for a birthday."""

    person: Person
    years: int | None


@dataclass(frozen=True)
class Today:
    """Whose day it is, in the order of names: the first few, and the others."""

    near: Sequence[Celebrated]
    more: Sequence[Celebrated]


def kinds_shown() -> list[str]:
    """The kinds of days that the company has not switched off."""
    return [kind.value for kind, field in SWITCHES.items() if company().shows(field)]


def days_of(viewer: Person, person: Person) -> Sequence[PersonalDay]:
    """The days of `person`, whom the viewer sees, that they show to colleagues."""
    kinds = kinds_shown()
    if viewer.is_guest or not kinds:
        return []
    return list(PersonalDay.objects.filter(person=person, is_shown=True, kind__in=kinds))


def today(viewer: Person, now: datetime) -> Today:
    """Whose day it is for `viewer` at `now`, in the time zone they have; one query.

    Nobody's own day is among them, and no anniversary before a year is over.
    """
    kinds, day = kinds_shown(), timezone.localdate(now)
    if viewer.is_guest or not kinds:
        return Today([], [])
    followed = Follow.objects.filter(follower=viewer, followed=OuterRef("person"))
    together = Person.objects.filter(
        pk=OuterRef("person"), memberships__space__memberships__person=viewer
    )
    rows = (
        PersonalDay.objects.filter(_falls_on(day), is_shown=True, kind__in=kinds)
        .filter(Q(year=None) | Q(year__lt=day.year))
        .filter(person__in=access.visible_to(viewer).filter(is_active=True, kind="employee"))
        .exclude(person=viewer)
        .filter(Exists(followed) | Exists(together))
        .select_related("person")
        .order_by("person__sort_name", "pk")
    )
    found = [
        Celebrated(row.person, day.year - row.year if row.year else None) for row in rows[:MOST]
    ]
    return Today(found[:NEAR], found[NEAR:])


def _falls_on(day: date) -> Q:
    """The days that are kept on `day`.

    Those of 29 February are kept on 1 March in other years, never before they have come: as the
    law of Germany counts years of life (BGB, sections 187 and 188).
    """
    kept = Q(month=day.month, day=day.day)
    if (day.month, day.day) == (3, 1) and not isleap(day.year):
        kept |= Q(month=2, day=29)
    return kept
