"""Votes, choices in polls and cheers of many people, stored in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.townhalls.actions import poll, tally, vote
from hallway.townhalls.actions.counting import (
    Changed,
    Cheering,
    Choice,
    Deed,
    Floor,
    Outcome,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of each deed, in their order, and whose counts changed, by hall."""

    outcomes: list[Outcome]
    news: Changed


def count(deeds: Sequence[Deed]) -> Counted:
    """Store what many people want in one transaction; nothing is told (see `tally.tell`).

    Each deed names its hall. Of several about one thing the last counts. Whoever may not see the
    hall now changes nothing, and nothing is to be told of it.
    """
    people: dict[int, set[int]] = {}
    for deed in deeds:
        if deed.hall is not None:
            people.setdefault(deed.hall, set()).add(deed.person)
    wishes = [deed for deed in deeds if isinstance(deed, Wish)]
    choices = [deed for deed in deeds if isinstance(deed, Choice)]
    cheers = [deed for deed in deeds if isinstance(deed, Cheering)]
    news: Changed = {}
    with writing(), as_system("who may see each hall is asked for all who take part at once"):
        floor = Floor(people)
        of_kind = {
            Wish: iter(vote.store(wishes, floor, news)),
            Choice: iter(poll.store(choices, floor, news)),
            Cheering: iter(tally.store(cheers, floor, news)),
        }
    return Counted([next(of_kind[type(deed)]) for deed in deeds], news)
