"""What many people want of a town hall at once, what becomes of it, and the halls held meanwhile.

The halls are locked first and in the order of their numbers, as by everybody who directs or
moderates one: so nothing is united, settled or ended while it is counted, and nobody waits for
each other in a circle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hallway.core.many import Many
from hallway.townhalls import access
from hallway.townhalls.models import TownHall


class Outcome(StrEnum):
    """What became of a wish."""

    DONE = "done"  # it is as wished, whether by this wish or before
    CLOSED = "closed"  # the hall has ended, is not on air yet, or the poll is not open
    SETTLED = "settled"  # the question is answered, declined or withdrawn
    UNKNOWN = "unknown"  # no such thing for this person


@dataclass(frozen=True, slots=True)
class Wish:
    """`person` wants to back `question` (`on`), or no longer; ids. `hall` if it must be of that."""

    person: int
    question: int
    on: bool
    hall: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """`person` chooses `option` in `poll`; ids. `hall` if it must be of that."""

    person: int
    poll: int
    option: int
    hall: int | None = None


@dataclass(frozen=True, slots=True)
class Cheering:
    """`person` sends `count` cheers of a `kind` to the stage of `hall`; nobody is noted."""

    person: int
    hall: int
    kind: str
    count: int


Deed = Wish | Choice | Cheering


@dataclass(slots=True)
class News:
    """Whose counts are new in one hall: ids of questions and polls; whether there were cheers."""

    questions: set[int] = field(default_factory=set)
    polls: set[int] = field(default_factory=set)
    cheers: bool = False

    def __bool__(self) -> bool:
        return bool(self.questions or self.polls or self.cheers)

    def add(self, other: "News") -> None:
        """Take over what is new in `other`."""
        self.questions |= other.questions
        self.polls |= other.polls
        self.cheers |= other.cheers


Changed = dict[int, News]
"""News by hall."""


def changed(news: Changed, hall: int) -> News:
    """What is new in `hall`, to be added to."""
    return news.setdefault(hall, News())


class Floor:
    """Halls, locked for the rest of the transaction, and who of those who want something sees them.

    `people` are the ids of those who want something, by hall.
    """

    def __init__(self, people: Mapping[int, Iterable[int]]) -> None:
        held = (
            TownHall.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=people)
            .order_by("pk")
            .select_related("entry__space")
        )
        self._halls = {hall.pk: hall for hall in held}
        self._audience = {
            pk: set(
                access.readers_of(hall)
                .filter(pk__in=Many(set(people[pk])))
                .values_list("pk", flat=True)
            )
            for pk, hall in self._halls.items()
        }

    def hall(self, pk: int | None, person: int) -> TownHall | None:
        """The hall as it is now, if `person` may see it."""
        return self._halls[pk] if pk and person in self._audience.get(pk, ()) else None

    def __contains__(self, hall: int) -> bool:
        return hall in self._halls
