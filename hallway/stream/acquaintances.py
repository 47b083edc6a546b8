"""People somebody may know: colleagues with whom they have things in common, and which."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import gettext, ngettext

from hallway.company.present import company
from hallway.core.shelf import fresh
from hallway.people.alike import alike, in_common, new_to
from hallway.people.models import Person
from hallway.spaces.fellows import fellows, shared_with

REASONS = 2
UNIT = 12
SPACE = 3
FOLLOW = 2
SKILL = 2
MOST = 5
"""So many of a kind count; a collector of spaces is not everybody's acquaintance."""

KEPT = 24
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Acquaintance:
    """Somebody the viewer may know, and why, the strongest reason first."""

    person: Person
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Bond:
    """What one person has in common with the viewer."""

    person: int
    unit: bool
    spaces: int
    follows: int
    skills: int

    @property
    def weights(self) -> tuple[int, int, int, int]:
        return (
            UNIT * self.unit,
            SPACE * min(self.spaces, MOST),
            FOLLOW * min(self.follows, MOST),
            SKILL * min(self.skills, MOST) * company().shows("skills"),
        )

    def reasons(self) -> tuple[str, ...]:
        """The strongest, in words."""
        words = (
            gettext("Same unit"),
            ngettext("%(count)d shared space", "%(count)d shared spaces", self.spaces)
            % {"count": self.spaces},
            ngettext(
                "You both follow %(count)d person", "You both follow %(count)d people", self.follows
            )
            % {"count": self.follows},
            ngettext("%(count)d shared skill", "%(count)d shared skills", self.skills)
            % {"count": self.skills},
        )
        told = sorted(zip(self.weights, words, strict=True), key=lambda pair: -pair[0])
        return tuple(reason for weight, reason in told[:REASONS] if weight)


def _same(unit: int | None, other: int | None) -> bool:
    return unit is not None and unit == other


def acquaintances(viewer: Person, limit: int) -> list[Acquaintance]:
    """The `limit` with most in common among a few hundred who have anything.

    Never oneself, whom one follows already, a guest, somebody who has left, or somebody the viewer
    may not see: that is asked each time. What they have in common is kept for ten minutes in this
    process. Guests are shown nobody: they discover no colleagues by themselves.
    """
    if viewer.is_guest:
        return []
    cache, key = caches["acquaintances"], str(viewer.pk)
    bonds = fresh(cache, key, KEPT_SECONDS, lambda: tuple(_bonds(viewer)[:KEPT]))
    if not bonds:
        cache.delete(key)  # whoever has just arrived need not wait
    people = new_to(viewer).in_bulk([bond.person for bond in bonds])
    # Kept bonds may be by what was switched off since.
    shown = [bond for bond in bonds if bond.person in people and any(bond.weights)][:limit]
    return [Acquaintance(people[bond.person], bond.reasons()) for bond in shown]


def to_meet(viewer: Person, limit: int) -> tuple[list[Acquaintance], list[Person]]:
    """People the viewer may know; where these are few, the newest of those who came fill up."""
    known = acquaintances(viewer, limit)
    # Whom a table or an invitation named is in the directory, but has not come yet.
    came = new_to(viewer).filter(last_login__isnull=False).order_by("-pk")
    newcomers = came.exclude(pk__in=[each.person.pk for each in known])[: limit - len(known)]
    return known, list(newcomers)


def _bonds(viewer: Person) -> list[_Bond]:
    """Those who have most in common with the viewer first; nobody who has nothing."""
    found = new_to(viewer).filter(pk__in=alike(viewer) | fellows(viewer))
    units: dict[int, int | None] = dict(found.order_by().values_list("pk", "unit_id"))
    spaces, common = shared_with(viewer, units), in_common(viewer, units)
    bonds = [
        _Bond(
            pk,
            _same(unit, viewer.unit_id),
            spaces.get(pk, 0),
            common.follows.get(pk, 0),
            common.skills.get(pk, 0),
        )
        for pk, unit in units.items()
    ]
    bonds.sort(key=lambda bond: (-sum(bond.weights), bond.person))
    return [bond for bond in bonds if any(bond.weights)]
