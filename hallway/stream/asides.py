"""What stands beside the home stream: spaces to discover and colleagues who are new."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hallway.people import access as people
from hallway.people.models import Follow, Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space

SHOWN = 4


@dataclass(frozen=True)
class Aside:
    """Both lists; empty for guests, who discover nothing by themselves."""

    spaces: list[Space]
    people: list[Person]


def aside(viewer: Person) -> Aside:
    """The newest open spaces the viewer does not belong to, and the newest colleagues."""
    if viewer.is_guest:
        return Aside([], [])
    others = (
        spaces.visible_to(viewer)
        .filter(openness=Space.Openness.OPEN)
        .exclude(kind__in=(Space.Kind.WALL, Space.Kind.COMPANY))
        .exclude(pk__in=spaces.my_spaces(viewer).values("pk"))
        .order_by("-pk")
    )
    followed = Follow.objects.filter(follower=viewer, followed=OuterRef("pk"))
    newcomers = (
        people.visible_to(viewer)
        .filter(is_active=True, kind=Person.Kind.EMPLOYEE)
        .exclude(pk=viewer.pk)
        .exclude(Exists(followed))
        .order_by("-pk")
    )
    return Aside(list(others[:SHOWN]), list(newcomers[:SHOWN]))
