"""Who shares spaces with somebody: a few members of each space, and how many are shared."""

from collections.abc import Collection

from django.db.models import Count, OuterRef, QuerySet, Subquery

from hallway.people.models import Person
from hallway.spaces.models import Membership, Space

Rows = QuerySet[Membership]

LATEST = 8
"""Spaces whose members are looked at: those the viewer joined last."""

ON_EACH_SIDE = 6
MANAGERS = 2


def fellows(viewer: Person) -> set[int]:
    """Some who share a space with the viewer, by id: of each space its managers and a few others.

    The others are those who came to the company just before and after the viewer, which the index
    of members finds in a space of any size. The company's hall, which all share, is not asked.
    """
    latest = list(_own(viewer).order_by("-pk").values_list("pk", flat=True)[:LATEST])
    there: Rows = QuerySet(Membership).filter(space=OuterRef("space")).exclude(person=viewer)
    managers = there.filter(role=Membership.Role.MANAGER).order_by("person")
    members = there.filter(role=Membership.Role.MEMBER)
    sides = {
        "later": members.filter(person__gt=viewer.pk).order_by("person"),
        "earlier": members.filter(person__lt=viewer.pk).order_by("-person"),
    }
    places = {f"manager_{at}": _place(managers, at) for at in range(MANAGERS)}
    for name, rows in sides.items():
        places |= {f"{name}_{at}": _place(rows, at) for at in range(ON_EACH_SIDE)}
    found = QuerySet(Membership).filter(pk__in=latest).annotate(**places).values_list(*places)
    return {pk for row in found for pk in row if pk is not None}


def shared_with(viewer: Person, people: Collection[int]) -> dict[int, int]:
    """How many of the viewer's spaces each of `people` belongs to, without the company's hall."""
    rows: Rows = QuerySet(Membership).filter(
        person__in=people, space__in=_own(viewer).values("space_id")
    )
    return dict(rows.order_by().values_list("person_id").annotate(count=Count("pk")))


def _own(viewer: Person) -> QuerySet[Membership]:
    return QuerySet(Membership).filter(person=viewer).exclude(space__kind=Space.Kind.COMPANY)


def _place(rows: QuerySet[Membership], at: int) -> Subquery:
    return Subquery(rows.values("person_id")[at : at + 1])
