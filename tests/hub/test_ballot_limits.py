"""What one screen may send at most, and what ends its connection."""

import time
from typing import Any

import pytest

from hallway.core.guarding import as_system
from hallway.townhalls.models import Cheer, Vote
from tests.hub.halls import Scene
from tests.playing import play

pytestmark = [pytest.mark.slow]


def test_nobody_claps_more_than_five_times_a_second(scene: Scene) -> None:
    async def story() -> None:
        async with scene.screen(scene.world.gus) as gus:
            keys = [await gus.say(cheer="clap", n=9) for _ in range(10)]
            assert set((await gus.outcomes(keys)).values()) == {"done"}

    began = time.monotonic()
    play(story())
    with as_system("the test counts"):
        count = Cheer.objects.get(hall=scene.hall, kind="clap").count
    assert 5 <= count <= 5 + 5 * (time.monotonic() - began)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"vote": "1", "on": True},
        {"vote": 1, "on": 1},
        {"vote": 2**60, "on": True},
        {"vote": -1, "on": True},
        {"cheer": "boo", "n": 1},
        {"cheer": "clap", "n": 0},
        {"poll": 1},
        {},
    ],
)
def test_nonsense_ends_the_connection(scene: Scene, nonsense: dict[str, Any]) -> None:
    async def story() -> None:
        async with scene.screen(scene.world.gus) as gus:
            await gus.say(**nonsense)
            assert await gus.closed() == 1008

    play(story())
    with as_system("the test counts"):
        assert not Vote.objects.exists()


def test_a_flood_of_votes_ends_the_connection(scene: Scene) -> None:
    assert scene.hub.hub.floor is not None
    scene.hub.hub.floor.most_slips = 20

    async def story() -> None:
        async with scene.screen(scene.world.gus) as gus:
            for number in range(21):
                await gus.say(vote=scene.questions[0].pk, on=number % 2 == 0)
            assert await gus.closed() == 1008

    play(story())
    assert scene.wrong() == []
