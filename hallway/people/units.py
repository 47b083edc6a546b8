"""Units of the organisation as people read them: with the units they lie in."""

from collections.abc import Mapping

from django.db.models import QuerySet

from hallway.people.models import OrgUnit, Person

DEEPEST = 12


def paths() -> dict[int, str]:
    """The path of every unit by its id, such as "Northwind / Claims", in order."""
    units = {unit.pk: unit for unit in OrgUnit.objects.order_by()}
    found = {pk: " / ".join(_line(units, unit)) for pk, unit in units.items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def paths_among(people: QuerySet[Person]) -> dict[int, str]:
    """The paths of those units only to which one of `people` belongs."""
    ids = set(people.order_by().exclude(unit=None).values_list("unit_id", flat=True).distinct())
    return {pk: path for pk, path in paths().items() if pk in ids} if ids else {}


def within(unit: int) -> list[int]:
    """The unit and all below it, by id; nothing if there is no such unit."""
    children: dict[int | None, list[int]] = {}
    known = False
    for pk, parent in OrgUnit.objects.order_by().values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
        known = known or pk == unit
    found = [unit] if known else []
    for pk in found:
        found += [child for child in children.get(pk, []) if child not in found]
    return found


def path_of(unit: OrgUnit | None) -> str:
    """The path of one unit, or ''; a query for each level above it."""
    names: list[str] = []
    while unit is not None and len(names) < DEEPEST:
        names.append(unit.name)
        unit = unit.parent
    return " / ".join(reversed(names))


def _line(units: Mapping[int, OrgUnit], unit: OrgUnit) -> list[str]:
    names = [unit.name]
    parent = unit.parent_id
    while parent is not None and parent in units and len(names) < DEEPEST:
        names.append(units[parent].name)
        parent = units[parent].parent_id
    return names[::-1]
