"""Whom the rules of a space put into it, and what a rule would change: questions in SQL.

People choose their location, title and language themselves, and their unit unless the company told
it. So in a space that is not open to all, only a unit told by the company counts: nobody lets
themselves in by editing their profile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hallway.people.models import OrgUnit, Person
from hallway.spaces.models import Membership, Rule, Space, StayedOut

MOST_RULES = 20
"""So many a space has at most; more is better said by a unit above them."""


@dataclass(frozen=True)
class Effect:
    """How many people would come and go, and how many fit who are there already."""

    joins: int
    leaves: int


def rules_of(space: Space) -> QuerySet[Rule]:
    """The rules of a space, for those who may change them and for the rules themselves."""
    return QuerySet(Rule).filter(space=space).select_related("unit").order_by("pk")


def fits(space: Space, rules: Iterable[Rule]) -> Q:
    """The expression on Person for "fits one of `rules`"; nobody where there are none."""
    parents: dict[int, int | None] = {}
    any_of = Q(pk__in=[])
    for rule in rules:
        if rule.ground == Rule.Ground.UNIT:
            parents = parents or dict(QuerySet(OrgUnit).values_list("pk", "parent_id"))
            in_it = Q(unit_id__in=_below(parents, rule.unit_id))
            any_of |= in_it if space.is_open else in_it & Q(unit_confirmed=True)
        elif space.is_open:
            any_of |= Q(**{str(rule.ground): rule.value})
    return any_of


def joining(space: Space, fit: Q) -> QuerySet[Person]:
    """The active employees who `fit`, do not belong yet and have not left."""
    own = {"space_id": space.pk, "person_id": OuterRef("pk")}
    here = Exists(QuerySet(Membership).filter(**own))
    left = Exists(QuerySet(StayedOut).filter(**own))
    people: QuerySet[Person] = QuerySet(Person).filter(fit, ~Q(here), ~Q(left))
    return people.filter(is_active=True, kind=Person.Kind.EMPLOYEE)


def leaving(space: Space, fit: Q) -> QuerySet[Membership]:
    """Memberships by rule whose people do not `fit`; managers and the inactive stay."""
    rows: QuerySet[Membership] = QuerySet(Membership).filter(
        space=space, origin=Membership.Origin.RULE, role=Membership.Role.MEMBER
    )
    fitting: QuerySet[Any, Any] = QuerySet(Person).filter(fit).values("pk")
    return rows.filter(person__is_active=True).exclude(person__in=fitting)


def effect_of(space: Space, rules: Sequence[Rule]) -> Effect:
    """What it would change if these were the rules of `space`."""
    fit = fits(space, rules)
    return Effect(joining(space, fit).count(), leaving(space, fit).count())


def by_rule(space: Space) -> int:
    """How many active people belong to the space by a rule."""
    origin = Membership.Origin.RULE
    rows: QuerySet[Membership] = QuerySet(Membership).filter(space=space, origin=origin)
    return rows.filter(person__is_active=True).count()


def _below(parents: Mapping[int, int | None], unit: int | None) -> list[int]:
    """The unit and all that lies in it."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in parents.items():
        children.setdefault(parent, []).append(pk)
    found = [unit] if unit in parents and unit is not None else []
    met = set(found)
    for each in found:
        new = [child for child in children.get(each, ()) if child not in met]
        found += new
        met.update(new)
    return found
