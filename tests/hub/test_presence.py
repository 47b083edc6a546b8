"""How many are in a town hall: people and not screens, all hubs together, told when it changes."""

import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.hub.ledger import DatabaseLedger, Place
from hallway.journal.verbs import Verb
from hallway.townhalls.actions import end
from hallway.townhalls.actions.presence import count_present
from hallway.townhalls.models import Presence
from hallway.townhalls.queries import present_in
from tests.hub.hall import wait_for
from tests.hub.halls import Scene, in_thread
from tests.playing import play


def told(scene: Scene) -> list[int]:
    return [row.detail["people"] for row in scene.rows(Verb.HALL_PRESENT)]


@pytest.mark.slow
def test_people_are_counted_once_and_their_leaving_is_told(scene: Scene) -> None:
    world = scene.world

    async def story() -> None:
        async with AsyncExitStack() as stack:
            for person in (world.gus, world.gus, world.ada, world.cleo):
                await stack.enter_async_context(scene.screen(person))
            watcher = await stack.enter_async_context(
                scene.screen(world.ben, f"space:{world.closed.pk}")
            )
            while 'data-of="present"' not in str(message := await watcher.next()):
                pass
            # Ben watches another page, and Cleo is no part of it.
            assert f'data-id="{scene.hall.pk}" data-count="2"' in str(message)

    began = time.monotonic()
    play(story())
    wait_for(lambda: told(scene)[-1:] == [0])
    assert told(scene) in ([2, 0], [1, 2, 0], [2, 1, 0], [1, 2, 1, 0])
    assert len(told(scene)) <= 1 + (time.monotonic() - began) / 2
    assert present_in([scene.hall.pk]) == {}


@pytest.mark.slow
def test_the_end_leaves_nobody_counted(scene: Scene) -> None:
    async def story() -> None:
        async with scene.screen(scene.world.gus):
            while not await in_thread(told, scene):
                pass

    play(story())
    end(scene.hall, by=scene.world.ben)
    time.sleep(2.5)
    with as_system("the test counts"):
        assert not Presence.objects.exists()


def test_hubs_are_added_and_the_silent_ones_forgotten(scene: Scene) -> None:
    hall = scene.hall.pk
    before = len(told(scene))
    assert count_present(hall, "b", 3, None) == 3
    assert count_present(hall, "a", 4, None) == 7
    # The first by name tells for all of them.
    assert count_present(hall, "b", 5, 3) == 3
    assert count_present(hall, "a", 4, 7) == 9
    assert told(scene)[before:] == [3, 7, 9]
    assert present_in([hall]) == {hall: 9}
    with as_system("time passes"):
        Presence.objects.filter(hub="a").update(at=timezone.now() - timedelta(seconds=31))
    assert present_in([hall]) == {hall: 5}
    assert count_present(hall, "b", 5, 3) == 5
    assert count_present(hall, "b", 0, 5) == 0
    assert told(scene)[before:] == [3, 7, 9, 5, 0]


def test_a_killed_hubs_place_is_taken_over(tmp_path: Path) -> None:
    first, second = Place(tmp_path), Place(tmp_path)
    assert first.name != second.name
    first.leave()
    third = Place(tmp_path)
    assert third.name == first.name
    second.leave()
    third.leave()


def test_what_a_killed_hub_had_counted_is_gone_with_the_next(scene: Scene) -> None:
    ledger = DatabaseLedger()
    ledger.present({scene.hall.pk: 7})
    assert present_in([scene.hall.pk]) == {scene.hall.pk: 7}
    # The process ends without a word; its lock goes with it.
    ledger._place.leave()
    again = DatabaseLedger()
    again.begin()
    assert present_in([scene.hall.pk]) == {}
    again._place.leave()
