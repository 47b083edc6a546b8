"""Coming back after a break: with the ticket that the hub gave for it, and all at once."""

import asyncio
import threading
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import pytest

from hallway.hub import asking, floor, tickets
from hallway.hub.admission import Admission
from hallway.hub.tickets import Claims
from tests.hub.hall import Hall, Viewer, wait_for, words
from tests.playing import play


async def back(viewer: Viewer, ticket: str, since: str) -> None:
    await viewer.present({"ticket": ticket, "since": since})


def test_with_the_ticket_of_the_hub_a_screen_is_caught_up_from_where_it_was(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3", "space:4") as ada:
            ready = await ada.ready()
            hall.log.say("before")
            reached = (await ada.next())["p"]
        hall.log.say("while away", space=4)
        async with hall.socket("key-5") as socket, hall.socket("key-5") as other:
            await back(Viewer(socket), ready["ticket"], reached)
            missed, again = await Viewer(socket).until("ready")
            assert words(missed) == "while away"
            assert set(again["ready"]["topics"]) == {"space:3", "space:4"}
            assert again["ready"]["ticket"] != ready["ticket"]
            await back(Viewer(other), ready["ticket"], reached)
            assert await Viewer(other).closed() == 4001

    play(story())


def test_it_opens_nothing_that_was_taken_away(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3", "space:4") as ada:
            ready = await ada.ready()
        hall.book.barred.add((5, "space:3"))
        removed = hall.log.write("member.removed", space_id=3, person_id=5)
        hall.log.say("among ourselves")
        async with hall.socket("key-5") as socket:
            await back(Viewer(socket), ready["ticket"], str(hall.log.begun))
            ended, again = await Viewer(socket).until("ready")
            assert ended == {"ended": "space:3"}
            assert set(again["ready"]["topics"]) == {"space:4"}
            kept = tickets.check(again["ready"]["ticket"])
            assert kept.topics == {"space:4"}
            assert kept.position >= removed

    play(story())


def test_it_is_for_its_session_only_and_not_for_long(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada:
            ready = await ada.ready()
        async with hall.socket("key-6") as mallory:
            await back(Viewer(mallory), ready["ticket"], ready["p"])
            assert await Viewer(mallory).closed() == 4001
        monkeypatch.setattr(tickets, "LIFETIME", -1)
        async with hall.socket("key-5") as socket:
            await back(Viewer(socket), ready["ticket"], ready["p"])
            assert await Viewer(socket).closed() == 4001

    play(story())


@pytest.mark.parametrize("since", ["", "x", "1", "0.1.2", 7, ["0.1"]])
def test_nonsense_about_the_place_is_refused(hall: Hall, since: Any) -> None:
    async def story() -> None:
        async with hall.socket("key-5") as socket:
            await Viewer(socket).present({"ticket": hall.ticket(5), "since": since})
            assert await Viewer(socket).closed() == 1008

    play(story())


def test_who_stays_is_given_a_new_one_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place up to which it has been told everything, also in a quiet room."""
    monkeypatch.setattr(floor, "PING_SECONDS", 1)
    hall = Hall()

    async def story() -> None:
        async with hall.screen(5, "space:3") as ada:
            await ada.ready()
            elsewhere = hall.log.say("in another room", space=4)
            wait_for(lambda: hall.hub.applied == elsewhere)
            given = (await ada.until("ticket"))[-1]
            while given["p"] != str(elsewhere):
                given = (await ada.until("ticket"))[-1]
        hall.log.say("while away")
        async with hall.socket("key-5") as socket:
            await back(Viewer(socket), given["ticket"], given["p"])
            assert words((await Viewer(socket).until("ready"))[0]) == "while away"

    with hall.open():
        play(story())


class Held:
    """A gate that thinks until it is told to go on, and notes what it was asked."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.asked: list[list[int]] = []
        self.go = threading.Event()
        self._admit = hall.book.admit
        hall.book.admit = self.admit  # type: ignore[method-assign]

    def has(self, questions: int) -> bool:
        """Whether it was asked so often."""
        return len(self.asked) == questions

    def admit(self, claims: Any) -> list[Admission]:
        answer = self._admit(claims)
        self.asked.append([each.person for each in claims])
        self.go.wait(5)
        return answer


def test_those_who_come_while_the_gate_thinks_are_asked_about_together(hall: Hall) -> None:
    gate = Held(hall)

    async def story() -> None:
        async with AsyncExitStack() as stack:
            viewers = []
            for person in range(1, 60):
                viewers.append(await stack.enter_async_context(hall.screen(person)))
                if person <= asking.THREADS:
                    await asyncio.to_thread(wait_for, partial(gate.has, person))
            gate.go.set()
            for viewer in viewers:
                await viewer.ready()
        assert sorted(person for asked in gate.asked for person in asked) == list(range(1, 60))
        assert len(gate.asked) < 15

    play(story())


def test_what_ends_while_a_screen_waits_its_turn_is_known_to_the_answer(hall: Hall) -> None:
    gate = Held(hall)

    async def story() -> None:
        async with hall.screen(1) as one:
            await asyncio.to_thread(wait_for, partial(gate.has, 1))
            async with hall.screen(2) as two:
                await asyncio.to_thread(wait_for, partial(gate.has, 2))
                async with hall.screen(5) as ada:
                    rooms = hall.hub.exchange.rooms  # type: ignore[union-attr]
                    await asyncio.to_thread(wait_for, lambda: 5 in rooms.people)
                    for person in (2, 5):
                        hall.book.barred.add((person, "space:3"))
                        hall.log.write("member.removed", space_id=3, person_id=person)
                    last = hall.log.say("among ourselves")
                    await asyncio.to_thread(wait_for, lambda: hall.hub.applied == last)
                    gate.go.set()
                    for viewer in (two, ada):
                        ended, ready = await viewer.until("ready")
                        assert ended == {"ended": "space:3"}
                        assert ready["ready"]["topics"] == {}
                    # The one the gate was thinking about is asked about again, the other is not.
                    people = [person for asked in gate.asked for person in asked]
                    assert (people.count(2), people.count(5)) == (2, 1)
            await one.ready()

    play(story())


def test_making_a_ticket_is_cheap() -> None:
    """Ten thousand screens are given one every half minute."""
    import cProfile
    import pstats

    claims = Claims(5, "a" * 32, frozenset({"space:3", "hall:7"}), (0, 1), "en", "b", "n")  # type: ignore[arg-type]
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(100):
        tickets.mint(5, claims.session, claims.topics, claims.position, "en", "b" * 36)
    profile.disable()
    assert pstats.Stats(profile).total_calls < 100 * 60  # type: ignore[attr-defined]
