"""The tree of units as one viewer may know it, with how many people are in each, and who leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from hallway.company.present import company
from hallway.core.shelf import fresh
from hallway.people import access
from hallway.people.models import OrgUnit, Person
from hallway.people.units import DEEPEST

KEPT_SECONDS = 60


class Unit(NamedTuple):
    """One unit; `people` counts those still here, in it and in all below it."""

    pk: int
    name: str
    kind: str
    parent: int | None
    people: int

    @property
    def url(self) -> str:
        """Address of its page."""
        return reverse("people:unit", args=[self.pk])

    @property
    def kind_name(self) -> str:
        """Its kind in the reader's language."""
        return str(OrgUnit.Kind(self.kind).label)


@dataclass(frozen=True)
class Tree:
    """All units the viewer may know of, by id."""

    units: Mapping[int, Unit]

    def above(self, pk: int) -> list[Unit]:
        """The units a unit lies in, the largest first."""
        line = list(_upwards({unit.pk: unit.parent for unit in self.units.values()}, pk))
        return [self.units[each] for each in reversed(line[1:]) if each in self.units]

    def below(self, pk: int) -> list[Unit]:
        """The units directly below, by name."""
        found = [unit for unit in self.units.values() if unit.parent == pk and unit.pk != pk]
        return sorted(found, key=lambda unit: (unit.name.casefold(), unit.pk))

    def within(self, pk: int) -> list[int]:
        """The unit and all below it, by id."""
        children: dict[int | None, list[int]] = {}
        for unit in self.units.values():
            children.setdefault(unit.parent, []).append(unit.pk)
        found, met = [pk], {pk}
        for each in found:
            new = [child for child in children.get(each, []) if child not in met]
            found += new
            met.update(new)
        return found


def tree(viewer: Person, pk: int) -> Tree | None:
    """The tree, or None if the viewer may not know of the unit `pk` or there is none.

    Guests know of the units in which people they see are, and of those around these. All
    employees see the same, so theirs is kept for a minute in this process.
    """
    if viewer.is_guest:
        seen = _grown(access.visible_to(viewer), everything=False)
        return seen if pk in seen.units else None
    everybody = access.visible_to(viewer)

    def kept(seconds: float) -> Tree:
        return fresh(
            caches["cards"], "people.tree", seconds, lambda: _grown(everybody, everything=True)
        )

    found = kept(KEPT_SECONDS)
    if pk not in found.units and OrgUnit.objects.filter(pk=pk).exists():
        found = kept(0)
    return found if pk in found.units else None


def named_head(viewer: Person, pk: int) -> Person | None:
    """Whom the company named to lead a unit, if they are still here and the viewer may see them."""
    return access.visible_to(viewer).filter(is_active=True, heads=pk).first()


def head_of(viewer: Person, tree: Tree, pk: int) -> Person | None:
    """Who leads a unit; None if nobody reports to anybody there, or managers are not shown.

    Of those in it (or below it) who report to nobody in it, this is the one to whom most of its
    people report; with as many, the first by name. Whom a table calls their own manager reports to
    nobody. For employees kept for a minute.
    """
    if not company().shows("manager"):
        return None
    if viewer.is_guest:
        return _head(access.visible_to(viewer), tree.within(pk))
    everybody = access.visible_to(viewer)

    def find() -> int | None:
        found = _head(everybody, tree.within(pk))
        return found.pk if found else None

    leader = fresh(caches["cards"], f"people.head.{pk}", KEPT_SECONDS, find)
    return everybody.filter(pk=leader).first() if leader is not None else None


def _head(people: QuerySet[Person], ids: Sequence[int]) -> Person | None:
    inside = people.filter(is_active=True, unit_id__in=ids)
    reporting = inside.order_by().filter(manager_id=OuterRef("pk")).exclude(pk=OuterRef("pk"))
    manager_outside = (
        Q(manager=None)
        | Q(manager_id=F("pk"))
        | Q(manager__unit=None)
        | ~Q(manager__unit_id__in=ids)
        | Q(manager__is_active=False)
    )
    tops = inside.filter(manager_outside).filter(Exists(reporting)).values_list("pk", flat=True)
    counts = (
        inside.order_by()
        .filter(manager_id__in=tops.order_by())
        .exclude(pk=F("manager_id"))
        .values("manager_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "manager__sort_name", "manager_id")
        .values_list("manager_id", flat=True)
    )
    return people.filter(pk__in=list(counts[:1])).first()


def _grown(people: QuerySet[Person], *, everything: bool) -> Tree:
    rows = list(OrgUnit.objects.order_by().values_list("pk", "name", "kind", "parent_id"))
    parents = {pk: parent for pk, _, _, parent in rows}
    members = people.order_by().exclude(unit=None).values_list("unit_id", "is_active")
    here: dict[int, int] = {}
    known = set(parents) if everything else set()
    for unit, active, count in members.annotate(count=Count("pk")):
        for each in _upwards(parents, unit):
            here[each] = here.get(each, 0) + (count if active else 0)
            known.add(each)
    return Tree({row[0]: Unit(*row, here.get(row[0], 0)) for row in rows if row[0] in known})


def _upwards(parents: Mapping[int, int | None], pk: int) -> Iterator[int]:
    """The unit and those it lies in; ends at a circle and where no page would have room."""
    met: list[int] = []
    at: int | None = pk
    while at is not None and at not in met and len(met) < DEEPEST:
        met.append(at)
        yield at
        at = parents.get(at)
