"""Access that ends: exactly, at once, and for nobody else."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hallway.accounts.models import session_hash
from hallway.hub import floor
from hallway.journal.position import Position
from tests.hub.hall import Hall, Viewer, wait_for, words
from tests.playing import play


def remove(hall: Hall, person: int, space: int = 3) -> Position:
    """Remove somebody from a space they cannot see any more; committed, then told."""
    hall.book.barred.add((person, f"space:{space}"))
    return hall.log.write("member.removed", space_id=space, person_id=person)


def test_the_removed_lose_that_topic_and_no_other(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3", "space:4") as ada, hall.screen(6) as ben:
            await ada.ready()
            await ben.ready()
            remove(hall, 5)
            hall.log.say("for those who stayed")
            hall.log.say("for all", space=4)
            assert await ada.next() == {"ended": "space:3"}
            assert words(await ada.next()) == "for all"
            assert words(await ben.next()) == "for those who stayed"
            # Asking again about the rest does not tell the ending twice.
            hall.log.write("person.changed", person_id=5)
            await ada.silence()

    play(story())


def test_who_leaves_but_may_still_look_misses_nothing(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            for number in range(300):
                hall.log.say(str(number))
                if number % 30 == 7:
                    hall.log.write("member.left", space_id=3, person_id=5)
                    await asyncio.sleep(0.01)
            numbers = [int(words(await ada.next())) for _ in range(300)]
            assert numbers == list(range(300))

    hall.book.pause = lambda: time.sleep(0.005)
    play(story())


def test_a_space_that_closes_keeps_those_who_may_stay(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada, hall.screen(6) as ben, hall.screen(7, "author:9") as zoe:
            for viewer in (ada, ben, zoe):
                await viewer.ready()
            hall.book.barred.add((6, "space:3"))
            hall.log.write("space.changed", space_id=3, detail={"openness": "closed"})
            hall.log.say("among ourselves")
            assert words(await ada.next()) == "among ourselves"
            assert await ben.next() == {"ended": "space:3"}
            await ben.silence()
            await zoe.silence(0)

    play(story())


def test_what_an_author_said_before_a_space_closed_is_not_told_to_newcomers(hall: Hall) -> None:
    async def story() -> None:
        log = hall.log
        start = log.say("anything")
        closed = log.write("space.changed", space_id=4, detail={"openness": "secret"})
        wait_for(lambda: hall.hub.applied == closed)
        async with hall.screen(5, "author:9", position=start) as ada:
            assert (await ada.until("ready"))[0] == {"reload": "old"}
        async with hall.screen(5, "author:9", position=closed) as ada:
            assert len(await ada.until("ready")) == 1

    play(story())


def test_ending_a_session_closes_its_screens_only(hall: Hall) -> None:
    async def story() -> None:
        async with (
            hall.screen(5, session="desk") as desk,
            hall.screen(5, session="phone") as phone,
        ):
            await desk.ready()
            await phone.ready()
            hall.log.write("session.ended", person_id=5, session=session_hash("desk"))
            hall.log.say("still here")
            assert await desk.closed() == 4003
            assert words(await phone.next()) == "still here"

    play(story())


def test_a_deactivated_person_is_out_everywhere(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada, hall.screen(6) as ben:
            await ada.ready()
            await ben.ready()
            hall.book.out.add(5)
            hall.log.write("person.deactivated", person_id=5)
            hall.log.say("without ada")
            assert await ada.closed() == 4003
            assert words(await ben.next()) == "without ada"
        async with hall.screen(5) as ada:
            assert await ada.closed() == 4003

    play(story())


def test_an_answer_of_the_gate_from_before_the_removal_is_not_used(hall: Hall) -> None:
    """The gate has read "yes" and is held; meanwhile the person is removed."""
    asked, go = threading.Event(), threading.Event()

    def hold() -> None:
        asked.set()
        go.wait(5)

    hall.book.pause = hold

    async def story() -> None:
        async with hall.screen(5) as ada:
            await asyncio.to_thread(asked.wait, 5)
            remove(hall, 5)
            last = hall.log.say("secret")
            wait_for(lambda: hall.hub.applied == last)
            go.set()
            first, second = await ada.until("ready")
            assert first == {"ended": "space:3"}
            assert second["ready"]["topics"] == {}
            await ada.silence()

    play(story())


@pytest.mark.slow
def test_a_stopping_hub_says_when_to_come_back() -> None:
    hall = Hall()

    async def story() -> None:
        async with hall.screen(5) as ada, hall.screen(6) as ben:
            await ada.ready()
            await ben.ready()
            hall.hub.stop()
            for viewer in (ada, ben):
                assert await viewer.closed() == 1012
                reason = viewer.socket.close_reason or ""
                assert 200 <= int(reason.removeprefix("retry in ").removesuffix(" ms")) <= 1010

    with hall.open():
        play(story())


def test_a_screen_that_does_not_answer_pings_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(floor, "PING_SECONDS", 1)
    hall = Hall()

    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
            writer.write(
                b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                b"Origin: https://hall.example.com\r\n\r\n"
            )
            await reader.readuntil(b"\r\n\r\n")
            start = time.monotonic()
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                assert await reader.readexactly(2) == b"\x89\x00"
                await asyncio.wait_for(reader.readexactly(1), 6)
            assert time.monotonic() - start < 4
            # Whereas a browser answers by itself.
            assert {tuple(await ada.next()) for _ in range(2)} == {("ticket", "p")}
            writer.close()

    with hall.open():
        play(story())


def test_sessions_that_end_by_the_clock_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "PING_SECONDS", 1)
    monkeypatch.setattr(floor, "TURNS_TO_ASK_AGAIN", 2)
    hall = Hall()

    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            hall.book.out.add(5)
            assert await ada.closed() == 4003

    with hall.open():
        play(story())


def test_a_failing_gate_lets_nobody_in(hall: Hall) -> None:
    def fail() -> None:
        raise OSError("the database is away")

    async def story() -> None:
        async with hall.screen(5) as ada, hall.screen(6) as ben:
            await ben.ready()
            await ada.ready()
            hall.book.pause = fail
            hall.log.write("member.left", space_id=3, person_id=5)
            assert await ada.closed() == 1011
            hall.log.say("to those who are in")
            assert words(await ben.next()) == "to those who are in"
        async with hall.screen(7) as zoe:
            assert await zoe.closed() == 1011

    play(story())


PROCESS = """
from tests.environment import prepare
with prepare():
    import django
    django.setup()
    from hallway.hub import app
    from tests.hub.hall import Hall
    hall = Hall()
    with app.listen("127.0.0.1", 0) as listener:
        print(listener.getsockname()[1], flush=True)
        hall.hub.run(listener)
    print("goodbye", flush=True)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_process_in_good_order(told: signal.Signals) -> None:
    hall = Hall()
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "HALLWAY_TEST_DATABASE": "sqlite"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    hall.port = int(process.stdout.readline())

    async def story() -> None:
        while True:
            try:
                # Without a ticket: that process has a key of its own.
                async with hall.socket("key-5") as socket:
                    process.send_signal(told)
                    assert await Viewer(socket).closed() == 1012
                    return
            except ConnectionError:
                await asyncio.sleep(0.05)

    play(story())
    assert process.stdout.read() == "goodbye\n"
    assert process.wait(timeout=10) == 0
    process.stdout.close()
