"""Spaces for the administrators' list; the office opens no space that its holder cannot see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hallway.people.models import Person
from hallway.spaces import access
from hallway.spaces.keys import keys_of
from hallway.spaces.models import Membership, Space
from hallway.spaces.standing import Standing


@dataclass(frozen=True)
class Room:
    """A space with how many belong to it and look after it, and what the viewer may do there."""

    space: Space
    members: int
    managers: int
    standing: Standing


def known_to(viewer: Person, words: str, *, unmanaged: bool) -> QuerySet[Space]:
    """The spaces the viewer may know of like any colleague, so no secret ones of others."""
    rows = access.standings(viewer).exclude(kind=Space.Kind.WALL)
    if words:
        rows = rows.filter(name_key__contains=keys_of(words, "")["name_key"])
    if unmanaged:
        rows = rows.filter(Q(unmanaged=True)).exclude(kind=Space.Kind.COMPANY)
    return rows


def rows(viewer: Person, spaces: Sequence[Space]) -> list[Room]:
    """The rows of a page of `known_to`, counted in one statement."""
    able = Q(role=Membership.Role.MANAGER, person__kind=Person.Kind.EMPLOYEE)
    counted = (
        access.members_in(list(spaces))
        .order_by()
        .values_list("space_id")
        .annotate(members=Count("pk"), managers=Count("pk", filter=able))
    )
    counts = {space: (members, managers) for space, members, managers in counted}
    return [
        Room(space, *counts.get(space.pk, (0, 0)), access.standing_of(viewer, space))
        for space in spaces
    ]
