"""Who loses a space loses its town halls at the same position, while others vote."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from hallway.entries.actions import Draft
from hallway.journal.verbs import Verb
from hallway.people.models import Person
from hallway.spaces.actions import change_space, put_in, remove
from hallway.townhalls.actions import announce, ask, open_doors, vote
from hallway.townhalls.models import Question
from tests.live.screens import RealHall
from tests.live.test_races import AT_ONCE, RATE, check, crowd, ends_of, hall, take_away
from tests.townhalls.conftest import plan
from tests.world import World

__all__ = ["hall"]

pytestmark = [pytest.mark.slow]


@contextmanager
def voting(question: Question, people: list[Person]) -> Iterator[list[float]]:
    """Let people back a question and take that back, from another thread; yields the moments."""
    stop, moments = threading.Event(), list[float]()

    def go() -> None:
        try:
            while not stop.is_set():
                turn = len(moments)
                vote(question, turn // len(people) % 2 == 0, by=people[turn % len(people)])
                moments.append(time.monotonic())
                time.sleep(1 / RATE)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield moments
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("deed", ["removed", "closed"])
def test_who_loses_the_space_hears_no_more_of_its_hall(
    company: World, hall: RealHall, deed: str
) -> None:
    """A screen that shows the hall alone: nothing of its space stands in its ticket."""
    people = crowd(AT_ONCE)
    space = company.closed if deed == "removed" else company.open
    words = Draft(title="Now", text="Ask.")
    event = announce(words, plan(hosts=[company.ben]), space, by=company.ben)
    open_doors(event, by=company.ben)
    question = ask(event, "Who hears how many we are?", by=company.ada)
    if deed == "removed":
        for person, _ in people:
            put_in(space, person, by=company.ben)

    def take(person: Person) -> None:
        if deed == "removed":
            remove(space, person, by=company.ben)
        else:
            change_space(space, by=company.ben, openness="closed")

    with voting(question, [company.ada, company.ben]):
        hearings = asyncio.run(take_away(hall, people, event, take))
    if deed == "removed":
        ends = ends_of(Verb.MEMBER_REMOVED, "person_id")
        heard = check(hearings, lambda hearing: ends[hearing.person.pk][0])
    else:
        end = ends_of(Verb.SPACE_CHANGED, "space_id")[space.pk][0]
        heard = check(hearings, lambda _: end)
    # Votes by forms are told a few times a second; somebody must have heard of them before.
    assert heard
