"""Finding units by path, and making those that are missing."""

from hallway.people.importing.reading import UnitPath
from hallway.people.models import OrgUnit

_KINDS = (OrgUnit.Kind.SUBSIDIARY, OrgUnit.Kind.DEPARTMENT, OrgUnit.Kind.TEAM)


class Units:
    """All units by path. With `dry_run` it only notes which ones it would make."""

    def __init__(self, *, dry_run: bool) -> None:
        self.made = 0
        self._dry_run = dry_run
        self._ids: dict[tuple[int | None, str], int] = {
            (parent, name): pk
            for pk, parent, name in OrgUnit.objects.values_list("pk", "parent_id", "name")
        }

    def find(self, path: UnitPath) -> int | None:
        """The id of the unit at `path`, made on the way if need be; None for no path.

        Call it inside `writing()`. A unit that would only be made has a negative id.
        """
        parent: int | None = None
        for depth, name in enumerate(path):
            found = self._ids.get((parent, name))
            if found is None:
                found = self._make(parent, name, depth, len(path))
            parent = found
        return parent

    def _make(self, parent: int | None, name: str, depth: int, levels: int) -> int:
        self.made += 1
        if self._dry_run:
            pk = -self.made
        else:
            kind = OrgUnit.Kind.DEPARTMENT if levels == 1 else _KINDS[min(depth, 2)]
            unit, _ = OrgUnit.objects.get_or_create(
                name=name, parent_id=parent, defaults={"kind": kind}
            )
            pk = unit.pk
        self._ids[parent, name] = pk
        return pk
