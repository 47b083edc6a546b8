"""Fair ranking: the most backed first, but late questions get seen as well.

A list by votes alone keeps what came first on top: who reads the top backs the top, and a question
asked late is never seen (popularity bias). So a fixed share of the places is given to trying out:
every fifth place belongs to the question that has had the least chance so far, the one with the
fewest votes among those of the last five minutes, of several the youngest. That is exploration at
a fixed rate, as "ε-greedy" with ε = 1/5 in R. Sutton and A. Barto, "Reinforcement Learning: An
Introduction", chapter 2; a fixed place instead of chance, so that all screens show the same.

The same rule stands in `frontend/src/ranking.ts`, by which open screens re-order themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

EVERY = 5
"""Each of these places belongs to a question that few have seen."""

YOUNG = timedelta(minutes=5)
"""So long a question counts as new."""


class Ranked(Protocol):
    """What the rule looks at; questions have it."""

    @property
    def pk(self) -> int:
        """Its number, which is random."""
        ...

    @property
    def state(self) -> str:
        """What has become of it."""
        ...

    @property
    def votes(self) -> int:
        """How many back it."""
        ...

    @property
    def since(self) -> datetime | None:
        """The minute since which everybody sees it."""
        ...

    @property
    def takes_votes(self) -> bool:
        """Whether it waits for its answer."""
        ...


class Place(NamedTuple):
    """A question's number, and whether it stands here because few have seen it."""

    pk: int
    fresh: bool


def top(questions: Iterable[Ranked], now: datetime) -> list[Place]:
    """The order of the tab Top: what is on stage, then what waits, by the rule above.

    Of equal votes the older comes first. What has its answer is left out.
    """
    open_ones = [each for each in questions if each.takes_votes]
    staged = [Place(each.pk, False) for each in open_ones if each.state == "on_stage"]
    waiting = sorted((each for each in open_ones if each.state != "on_stage"), key=_by_votes)
    young = sorted((each for each in waiting if _is_young(each, now)), key=_by_chance)
    places: list[Place] = []
    taken: set[int] = set()
    rest = iter(waiting)
    for place in range(1, len(waiting) + 1):
        chosen = None
        if place % EVERY == 0:
            chosen = next((each for each in young if each.pk not in taken), None)
        fresh = chosen is not None
        chosen = chosen or next(each for each in rest if each.pk not in taken)
        taken.add(chosen.pk)
        places.append(Place(chosen.pk, fresh))
    return staged + places


def newest(questions: Sequence[Ranked]) -> list[int]:
    """The order of the tab New: the youngest minute first; within a minute by number alone.

    Numbers are random, so the order within a minute tells nothing about who came when.
    """
    return [each.pk for each in sorted(questions, key=lambda each: (-_seconds(each), each.pk))]


def _by_votes(each: Ranked) -> tuple[int, int, int]:
    return (-each.votes, _seconds(each), each.pk)


def _by_chance(each: Ranked) -> tuple[int, int, int]:
    return (each.votes, -_seconds(each), each.pk)


def _is_young(each: Ranked, now: datetime) -> bool:
    return each.since is not None and now - each.since < YOUNG


def _seconds(each: Ranked) -> int:
    return int(each.since.timestamp()) if each.since else 0
