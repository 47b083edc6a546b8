"""Removals in the middle of a flood of frames."""

import asyncio
import random
import threading
import time
from typing import Any

import pytest

from hallway.journal.position import Position
from tests.hub.hall import Hall
from tests.hub.test_ending import remove
from tests.playing import play


def test_a_thousand_removals_in_a_flood_of_frames_are_exact(hall: Hall) -> None:
    """Screens come, frames flow, people are removed, all at once; the gate answers late."""
    dice = random.Random(5)
    hall.book.pause = lambda: time.sleep(0.002)
    removed: dict[int, Position] = {}
    over = threading.Event()

    def flood() -> None:
        number = 0
        while not over.is_set():
            hall.log.say(str(number), target=f"entry-{number % 50}", action="replace")
            number += 1
            time.sleep(0.006)

    async def one(person: int) -> tuple[int, list[dict[str, Any]]]:
        got = []
        await asyncio.sleep(dice.random() / 2)
        position = hall.log.deeds[-1].position if hall.log.deeds else Position(0, 0)
        async with hall.screen(person, position=position) as viewer:
            got += await viewer.until("ended")
            # Long enough for a leaking frame to come.
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    while True:
                        got.append(await viewer.next())
        return person, got

    async def removing(people: list[int]) -> None:
        for person in people:
            await asyncio.sleep(0.006 * dice.random())
            removed[person] = remove(hall, person)

    async def story() -> None:
        told = 0
        for first in range(0, 1000, 100):
            people = list(range(1000 + first, 1100 + first))
            tasks = [asyncio.create_task(one(person)) for person in people]
            await asyncio.sleep(0.2)
            dice.shuffle(people)
            await removing(people)
            for person, got in await asyncio.gather(*tasks):
                frames = [message for message in got if "s" in message]
                leaked = [f for f in frames if Position.parse(f["p"]) > removed[person]]
                assert not leaked
                told += len(frames)
        assert len(removed) == 1000
        assert told > 1000  # so there was something that could have leaked

    thread = threading.Thread(target=flood)
    thread.start()
    try:
        play(story())
    finally:
        over.set()
        thread.join()
