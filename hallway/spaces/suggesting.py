"""Spaces somebody may want to join, before they know their way."""

from django.db.models import Count, QuerySet

from hallway.people.models import Person
from hallway.spaces import access
from hallway.spaces.models import Membership, Space
from hallway.spaces.queries import Found, with_members

NEWEST = 50


def suggested(viewer: Person, limit: int) -> list[Found]:
    """Open spaces `viewer` does not belong to: first those with most people of their unit.

    Then the largest of the newest, which an index finds among however many.
    """
    open_ones = (
        access.visible_to(viewer)
        .filter(openness=Space.Openness.OPEN)
        .exclude(kind__in=(Space.Kind.WALL, Space.Kind.COMPANY))
        .exclude(pk__in=access.my_spaces(viewer).values("pk"))
    )
    chosen: list[int] = []
    if viewer.unit_id is not None:
        near = access.members_in(open_ones).filter(person__unit=viewer.unit_id)
        chosen = _by_size(near, limit)
    newest = list(open_ones.order_by("-pk")[:NEWEST])
    sizes = _by_size(access.members_in(newest), NEWEST)
    chosen = list(dict.fromkeys([*chosen, *sizes, *(space.pk for space in newest)]))[:limit]
    rows = {space.pk: space for space in access.standings(viewer).filter(pk__in=chosen)}
    return with_members(viewer, [rows[pk] for pk in chosen if pk in rows])


def _by_size(rows: QuerySet[Membership], limit: int) -> list[int]:
    counted = rows.order_by().values_list("space_id").annotate(count=Count("pk"))
    return [pk for pk, _count in counted.order_by("-count", "space_id")[:limit]]
