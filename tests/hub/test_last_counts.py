"""The last counts are told, when a hub stops and when they came as forms; and cheers are few."""

import asyncio
import threading
import time
from typing import Any

import pytest

from hallway.core.guarding import as_system
from hallway.hub import ballots, crier
from hallway.hub.ledger import DatabaseLedger
from hallway.journal.verbs import Verb
from hallway.townhalls.actions import News, tell, tell_or_owe, vote
from hallway.townhalls.models import Cheer
from tests.hub.hall import wait_for
from tests.hub.halls import Scene, in_thread
from tests.playing import play

pytestmark = [pytest.mark.slow]


class SlowLedger(DatabaseLedger):
    """The database, in which a batch has been stored and its answer takes a while."""

    def __init__(self) -> None:
        super().__init__()
        self.stored, self.go_on = threading.Event(), threading.Event()

    def count(self, deeds: Any) -> Any:
        counted = super().count(deeds)
        self.stored.set()
        self.go_on.wait(5)
        return counted


def told(scene: Scene) -> list[Any]:
    return [row.detail["questions"] for row in scene.rows(Verb.HALL_TALLY)]


def test_a_batch_being_stored_while_the_hub_stops_is_told(scene: Scene) -> None:
    question = scene.questions[0]
    before = len(told(scene))

    async def story() -> None:
        async with scene.screen(scene.world.gus) as gus:
            floor = scene.hub.hub.floor
            assert floor is not None
            assert floor.ballots is not None
            ledger = SlowLedger()
            floor.ballots._ledger = ledger
            await gus.say(vote=question.pk, on=True)
            await asyncio.to_thread(ledger.stored.wait, 5)
            scene.hub.hub.stop()
            await asyncio.sleep(0.6)
            ledger.go_on.set()

    play(story())
    wait_for(lambda: [question.pk] in told(scene)[before:])
    assert scene.votes(question) == 1


def test_a_crowd_is_counted_before_it_is_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crier, "CROWD", 0)
    monkeypatch.setattr(crier, "CROWD_SECONDS", 30)
    monkeypatch.setattr(ballots, "MOST_AT_ONCE", 1)
    before = len(told(scene))

    async def story() -> None:
        async with scene.screen(scene.world.gus) as gus, scene.screen(scene.world.ada) as ada:
            floor = scene.hub.hub.floor
            assert floor is not None
            assert floor.ballots is not None
            waiting, ledger = floor.ballots, SlowLedger()
            waiting._ledger = ledger
            keys = [await gus.say(vote=scene.questions[0].pk, on=True)]
            await asyncio.to_thread(ledger.stored.wait, 5)
            keys += [await gus.say(vote=each.pk, on=True) for each in scene.questions]
            await asyncio.to_thread(wait_for, lambda: len(waiting) == len(scene.questions))
            ledger.go_on.set()
            assert set((await gus.outcomes(keys)).values()) == {"done"}
            while 'data-count="1"' not in (await ada.next())["s"]:
                pass

    play(story())
    # One by one they were stored, and told when none was left to begin with.
    every = {each.pk for each in scene.questions}
    wait_for(lambda: {pk for row in told(scene)[before:] for pk in row} == every)
    assert every - set(told(scene)[before]) <= {scene.questions[-1].pk}


def test_what_forms_owe_is_told_within_a_second_to_who_looks(scene: Scene) -> None:
    first, second = scene.questions[:2]

    def as_forms() -> None:
        tell(scene.hall.pk, questions=[first.pk])
        vote(second, True, by=scene.world.gus)
        tell_or_owe(scene.hall.pk, News(cheers=True))

    async def story() -> None:
        async with scene.screen(scene.world.ada) as ada:
            before = len(await in_thread(told, scene))
            began = time.monotonic()
            await in_thread(as_forms)
            assert len(await in_thread(told, scene)) == before + 1
            counted = f'data-id="{second.pk}" data-count="1"'
            while counted not in (await ada.next())["s"]:
                assert time.monotonic() < began + 5
            # A row told before may have been drawn with the new count; the last one comes as well.
            while len(rows := await in_thread(told, scene)) < before + 2:
                assert time.monotonic() < began + 5
            assert rows[-1] == [second.pk]

    play(story())


def test_more_screens_and_new_ones_do_not_clap_more(scene: Scene) -> None:
    async def story() -> None:
        for _ in range(3):
            async with scene.screen(scene.world.gus) as one, scene.screen(scene.world.gus) as other:
                for screen in (one, other):
                    keys = [await screen.say(cheer="clap", n=9) for _ in range(3)]
                    assert set((await screen.outcomes(keys)).values()) == {"done"}

    began = time.monotonic()
    play(story())
    with as_system("the test counts"):
        count = Cheer.objects.get(hall=scene.hall, kind="clap").count
    assert 5 <= count <= 5 + 5 * (time.monotonic() - began)
