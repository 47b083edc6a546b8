"""The org chart around one person as one viewer may see it: managers above, reports below.

What was imported may go in circles or name people who have left, so every walk has an end: the
line above stops at whom it has met already and at the first one the viewer may not see, and below
there are two levels. The number of queries does not depend on what is found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from hallway.company.present import company
from hallway.people import access
from hallway.people.directory import Page, Wanted, directory
from hallway.people.models import OrgUnit, Person

HIGHEST = 10
"""Levels above somebody; the topmost one shown leads to those above."""

NEAR = 5
"""Reports and peers on a profile."""

UNDER = 5
"""Reports shown of each report in the chart."""


@dataclass(frozen=True)
class WorksWith:
    """Whom somebody works with, for their profile: managers, the nearest first; a few others."""

    above: Sequence[Person]
    reports: Sequence[Person]
    reports_in_all: int
    peers: Sequence[Person]
    peers_in_all: int

    def __bool__(self) -> bool:
        return bool(self.above or self.reports or self.peers)


@dataclass(frozen=True)
class Branch:
    """Somebody in the chart, how many report to them, and the first of those."""

    person: Person
    reports: int
    first: Sequence[Person]


@dataclass(frozen=True)
class Team:
    """The chart: `above` from the top down, the person, a page of those who report to them.

    `leads` are the units of which the company says that the person is the head.
    """

    above: Sequence[Person]
    person: Person
    branches: Sequence[Branch]
    reports: int
    after: str
    leads: Sequence[OrgUnit]


def works_with(viewer: Person, shown: Person) -> WorksWith:
    """The neighbourhood of somebody the viewer may see; nobody where there is no chart."""
    if not company().shows("manager"):
        return WorksWith([], [], 0, [], 0)
    above = line_above(viewer, shown)
    reports = _reports(viewer, [shown.pk])
    # Whoever shares a manager with the hidden is not told of it: the manager must be seen, too.
    peers = _reports(viewer, [each.pk for each in above[:1]]).exclude(pk=shown.pk)
    return WorksWith(
        above=above,
        reports=list(_by_name(reports)[:NEAR]),
        reports_in_all=reports.count(),
        peers=list(_by_name(peers)[:NEAR]),
        peers_in_all=peers.count(),
    )


def team(viewer: Person, shown: Person, after: str = "") -> Team:
    """The chart around somebody the viewer may see; `after` is that of the page before."""
    page = directory(viewer, Wanted(manager=shown.pk), after)
    return Team(
        above=line_above(viewer, shown)[::-1],
        person=shown,
        branches=_branches(viewer, page),
        reports=_reports(viewer, [shown.pk]).count(),
        after=page.after,
        # Guests know only of the units around people they see.
        leads=[] if viewer.is_guest else list(OrgUnit.objects.filter(head=shown)),
    )


def line_above(viewer: Person, shown: Person) -> list[Person]:
    """The managers above somebody, the nearest first, up to the first hidden from the viewer."""
    steps = ["__".join(["manager"] * level) + "_id" for level in range(1, HIGHEST + 1)]
    ids: list[int] = []
    for pk in Person.objects.filter(pk=shown.pk).values_list(*steps).get():
        if pk is None or pk == shown.pk or pk in ids:
            break
        ids.append(pk)
    seen = access.visible_to(viewer).in_bulk(ids)
    hidden = next((place for place, pk in enumerate(ids) if pk not in seen), len(ids))
    return [seen[pk] for pk in ids[:hidden]]


def _branches(viewer: Person, page: Page) -> list[Branch]:
    below = _reports(viewer, [each.pk for each in page.people])
    counts: dict[int, int] = dict(
        below.order_by().values_list("manager_id").annotate(count=Count("pk"))
    )
    place = Window(RowNumber(), partition_by=F("manager_id"), order_by=["sort_name", "pk"])
    first: dict[int | None, list[Person]] = {}
    for each in _by_name(below.annotate(place=place).filter(place__lte=UNDER)):
        first.setdefault(each.manager_id, []).append(each)
    return [Branch(each, counts.get(each.pk, 0), first.get(each.pk, [])) for each in page.people]


def _reports(viewer: Person, managers: Iterable[int]) -> QuerySet[Person]:
    """Those who are still here and report to one of `managers`; nobody reports to themselves."""
    people = access.visible_to(viewer).filter(is_active=True, manager_id__in=managers)
    return people.exclude(pk=F("manager_id"))


def _by_name(people: QuerySet[Person]) -> QuerySet[Person]:
    # Folded already, so this changes no order; but for the bare column PostgreSQL would walk along
    # everybody by name until it has met the five who report to one manager.
    return people.order_by(Lower("sort_name"), "pk")
