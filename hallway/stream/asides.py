"""What stands beside the home stream: what happens, what came of questions, whom to meet."""

from dataclasses import dataclass

from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space
from hallway.stream.acquaintances import Acquaintance, to_meet
from hallway.townhalls import queries as halls
from hallway.townhalls.afterwards import you_asked
from hallway.townhalls.models import Question
from hallway.townhalls.queries import Bill

SHOWN = 4
FOLLOWED = 3


@dataclass(frozen=True)
class Aside:
    """What there is of each; guests discover no spaces and colleagues by themselves."""

    on_stage: list[Bill]
    coming_up: list[Bill]
    followed: list[Question]
    spaces: list[Space]
    acquaintances: list[Acquaintance]
    newcomers: list[Person]


def aside(viewer: Person) -> Aside:
    """Town halls, newest open spaces the viewer does not belong to, people they may know.

    Where these are few, the newest of those who came fill the room.
    """
    now, to_come = halls.on_air(viewer, SHOWN), halls.coming_up(viewer, SHOWN)
    bills = halls.bills([*now, *to_come])
    on_stage, coming_up = bills[: len(now)], bills[len(now) :]
    promised = you_asked(viewer, FOLLOWED)
    if viewer.is_guest:
        return Aside(on_stage, coming_up, promised, [], [], [])
    others = (
        spaces.visible_to(viewer)
        .filter(openness=Space.Openness.OPEN)
        .exclude(kind__in=(Space.Kind.WALL, Space.Kind.COMPANY))
        .exclude(pk__in=spaces.my_spaces(viewer).values("pk"))
        .order_by("-pk")
    )
    known, newcomers = to_meet(viewer, SHOWN)
    return Aside(on_stage, coming_up, promised, list(others[:SHOWN]), known, newcomers)
