"""Stories of coroutines are played in any process, at any place in the order of tests."""

import asyncio
import os

import pytest
from django.core.exceptions import SynchronousOnlyOperation

from hallway.people.models import Person
from tests.environment import LIFTED
from tests.playing import in_thread, play
from tests.world import World


async def told(words: str) -> str:
    await asyncio.sleep(0)
    return words


def test_a_story_is_played_where_a_loop_runs_already() -> None:
    """As one does in the main thread as soon as a browser was open."""

    async def outer() -> str:
        return play(told("inside"))

    assert play(outer()) == "inside"


def test_what_goes_wrong_in_a_story_goes_wrong_in_its_test() -> None:
    async def wrong() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        play(wrong())
    with pytest.raises(TimeoutError):
        play(asyncio.sleep(60), within=0.05)


@pytest.mark.django_db(transaction=True)
def test_a_story_sees_what_was_committed_and_writes_for_good(world: World) -> None:
    """And does so while the test's own connection stays open."""

    def move() -> str:
        ada = Person.objects.get(pk=world.ada.pk)
        ada.location = "Bergen"
        ada.save(update_fields=["location"])
        return ada.name

    assert play(in_thread(move)) == "Ada Lund"
    world.ada.refresh_from_db()
    assert world.ada.location == "Bergen"


@pytest.mark.browser
def test_a_browser_leaves_its_loop_in_the_process(browser: object) -> None:
    """Or the next test, which runs after it, would show nothing."""
    assert asyncio.get_running_loop().is_running()
    assert LIFTED in os.environ
    assert play(told("beside")) == "beside"


def test_who_has_no_browser_meets_neither_its_loop_nor_a_lifted_guard() -> None:
    assert LIFTED not in os.environ
    assert asyncio.run(told("alone")) == "alone"

    async def careless() -> None:
        Person.objects.exists()

    with pytest.raises(SynchronousOnlyOperation):
        asyncio.run(careless())


def test_the_database_is_one_before_and_after_it(world: World) -> None:
    """What is rolled back is what was written: later tests of this file find nobody."""
    assert Person.objects.count() == len(world.people)
