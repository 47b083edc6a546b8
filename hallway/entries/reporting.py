"""Who decides about reported entries, and which are open: the rule in one place.

Whoever looks after the space decides, but nobody about their own words; administrators besides,
where they may read. Who reported is shown to those who decide, and to nobody else.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
)

from hallway.entries import access
from hallway.entries.models import Decision, Entry, Report
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space


def decidable(viewer: Person, entry: str = "") -> Q:
    """The expression for "viewer may decide about this entry", which they may see.

    `entry` is the path from the filtered table to the entry with a trailing "__". Uses nothing of
    the viewer but number and kind.
    """
    if viewer.is_guest:
        return Q(pk__in=[])
    managed: QuerySet[Any, Any] = spaces.managing(viewer).values("space_id")
    administrates = Exists(QuerySet(Person).filter(pk=viewer.pk, is_administrator=True))
    looks_after = Q(**{f"{entry}space__in": managed}) | Q(**{f"{entry}space__owner_id": viewer.pk})
    return (looks_after | Q(administrates)) & ~Q(**{f"{entry}author_id": viewer.pk})


def is_open(entry: str) -> Exists:
    """The expression for "there are reports nobody decided about"; `entry` is its number's path."""
    return Exists(QuerySet(Report).filter(entry_id=OuterRef(entry), decision=None))


def decidable_by(viewer: Person | None, space: Space | None = None) -> QuerySet[Entry]:
    """The reported entries the viewer may decide about, of `space` or of all; visible ones only.

    Each has `reports_open`, how many reported it, and `reported_at`, when last.
    """
    if viewer is None:
        return QuerySet(Entry).none()
    rows = access.visible_to(viewer).filter(decidable(viewer)).filter(is_open("pk"))
    if space is not None:
        rows = rows.filter(space=space)
    open_only = Q(reports__decision=None)
    return rows.annotate(
        reports_open=Count("reports", filter=open_only),
        reported_at=Max("reports__at", filter=open_only),
    ).order_by(F("reported_at").asc(), "pk")


def reports_on(viewer: Person, entry: Entry) -> QuerySet[Report]:
    """The open reports about an entry, the first first, for who may decide about it."""
    if not decidable_by(viewer).filter(pk=entry.pk).exists():
        return QuerySet(Report).none()
    return QuerySet(Report).filter(entry=entry, decision=None).order_by("pk")


def decisions_of(viewer: Person, space: Space) -> QuerySet[Decision]:
    """What was decided in a space, the latest first, for those who look after it."""
    if not spaces.may(viewer, "manage", space):
        return QuerySet(Decision).none()
    decided: QuerySet[Decision] = QuerySet(Decision).filter(entry__space=space).order_by("-pk")
    return decided.select_related("entry__text", "entry__author", "by")


def decided(viewer: Person) -> QuerySet[Decision]:
    """What was decided anywhere, the latest first, for administrators.

    `told` is whether they may read where it was; of others only outcome and time may be shown, and
    of their own decisions the reason.
    """
    told = ExpressionWrapper(spaces.readable(viewer, "entry__space__"), BooleanField())
    administrates = Exists(QuerySet(Person).filter(pk=viewer.pk, is_administrator=True))
    found: QuerySet[Decision] = QuerySet(Decision).filter(administrates).annotate(told=told)
    shown = ("entry__text", "entry__author", "entry__space", "by")
    return found.select_related(*shown).order_by("-pk")


def removal_of(viewer: Person, pk: int) -> QuerySet[Decision]:
    """Why the viewer's own entry was removed, while it is and they may read its space."""
    return QuerySet(Decision).filter(
        spaces.readable(viewer, "entry__space__"),
        outcome=Decision.Outcome.REMOVED,
        entry_id=pk,
        entry__author_id=viewer.pk,
        entry__state=Entry.State.DELETED,
    )


def deciders_of(entry: Entry) -> QuerySet[Person]:
    """Who is told of a report: those who look after the space, else administrators who read it."""
    readers = (
        spaces.readers_of(entry.space).filter(kind=Person.Kind.EMPLOYEE).exclude(pk=entry.author_id)
    )
    managers: QuerySet[Any, Any] = spaces.managers_of(entry.space).values("person_id")
    looking_after = Q(pk__in=managers) | Q(pk=entry.space.owner_id)
    if readers.filter(looking_after).exists():
        return readers.filter(looking_after)
    return readers.filter(is_administrator=True)
