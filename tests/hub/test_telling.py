"""What screens are told: in order, in their language, once, and after an absence."""

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import Any

import pytest

from hallway.journal.position import Position
from tests.hub.hall import Hall, Viewer, wait_for, words
from tests.playing import play


def test_frames_come_in_order_and_name_the_one_before(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3", "space:4") as ada, hall.screen(6) as ben:
            await ada.ready()
            await ben.ready()
            for number in range(200):
                hall.log.say(str(number), space=3 + number % 2)
            frames = [await ada.next() for _ in range(200)]
            assert [words(frame) for frame in frames] == [str(number) for number in range(200)]
            for topic in ("space:3", "space:4"):
                chain = [frame for frame in frames if frame["t"] == topic]
                assert [f["q"] for f in chain] == [None, *(f["p"] for f in chain[:-1])]
            bens = [await ben.next() for _ in range(100)]
            assert bens == [frame for frame in frames if frame["t"] == "space:3"]
            await ben.silence()

    play(story())


def test_everybody_is_told_in_their_language(hall: Hall) -> None:
    async def story() -> None:
        async with (
            hall.screen(5, language="en") as ada,
            hall.screen(6, language="de") as ben,
            hall.screen(7, language="fr") as zoe,
        ):
            for viewer in (ada, ben, zoe):
                await viewer.ready()
            hall.log.say("Grüße 👋")
            assert "en Grüße 👋" in (await ada.next())["s"]
            assert "de Grüße 👋" in (await ben.next())["s"]
            assert words(await zoe.next()) == "Grüße 👋"

    play(story())


def test_a_new_ticket_replaces_all_topics(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3") as ada:
            await ada.ready()
            await ada.show(hall.ticket(5, "space:4", position=Position(0, 0)))
            assert set((await ada.ready())["topics"]) == {"space:4"}
            hall.log.say("not here", space=3)
            hall.log.say("here", space=4)
            assert words(await ada.next()) == "here"

    play(story())


def test_a_page_hears_how_many_there_are_for_each_of_its_topics(hall: Hall) -> None:
    """By which it chooses how long it waits before it reads itself anew."""

    async def story() -> None:
        async with (
            hall.screen(5, "space:3") as ada,
            hall.screen(6, "space:3", "space:4") as ben,
        ):
            assert (await ada.ready())["crowd"] == {"space:3": 1}
            assert (await ben.ready())["crowd"] == {"space:3": 2, "space:4": 1}

    play(story())


def test_a_page_is_caught_up_from_its_position(hall: Hall) -> None:
    async def story() -> None:
        places = [hall.log.say(str(number), space=3 + number % 2) for number in range(20)]
        wait_for(lambda: hall.hub.applied == places[-1])
        async with hall.screen(5, "space:3", "space:4", position=places[9]) as ada:
            *missed, ready = await ada.until("ready")
            assert [words(frame) for frame in missed] == [str(number) for number in range(10, 20)]
            assert all(frame["q"] is None for frame in missed)
            assert ready["ready"]["p"] == str(places[-1])
            assert ready["ready"]["topics"] == {
                "space:3": str(places[18]),
                "space:4": str(places[19]),
            }
            hall.log.say("live")
            assert (await ada.next())["q"] == str(places[18])

    play(story())


def test_of_many_changes_to_one_thing_only_the_last_is_caught_up(hall: Hall) -> None:
    async def story() -> None:
        log = hall.log
        for number in range(50):
            log.say(f"count {number}", target="entry-1", action="replace")
        log.say("new", target="entry-2", action="fresh")
        log.say("edited", target="entry-2", action="replace")
        log.say("edited again", target="entry-2", action="replace")
        log.say("secret slip", target="entry-4", action="fresh")
        last = log.say("slip removed", target="entry-4", action="remove")
        wait_for(lambda: hall.hub.applied == last)
        async with hall.screen(5) as ada:
            *missed, _ = await ada.until("ready")
            # What was inserted is inserted before it is replaced; what was removed never shows.
            assert [words(frame) for frame in missed] == [
                "count 49",
                "new",
                "edited again",
                "slip removed",
            ]

    play(story())


def test_nothing_is_lost_between_page_and_subscription(hall: Hall) -> None:
    """Screens come while deeds flow: each sees every number after its page's, exactly once."""

    async def one(person: int, position: Position) -> None:
        async with hall.screen(person, position=position) as viewer:
            frames = await viewer.until("ready")
            ready = frames.pop()["ready"]
            assert Position.parse(ready["topics"]["space:3"]) >= position
            while not frames or words(frames[-1]) != "1999":
                frames.append(await viewer.next())
            # A page may be ahead of the hub: what it shows already is ignored.
            news = [f for f in frames if Position.parse(f["p"]) > position]
            assert [int(words(frame)) for frame in news] == list(range(position.seq, 2000))

    async def story() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(2000):
                position = hall.log.say(str(number))
                if number % 40 == 20:
                    group.create_task(one(number, position))
                    await asyncio.sleep(0.01)

    play(story())


def test_who_was_away_too_long_reloads() -> None:
    hall = Hall()
    hall.log.begun = Position(0, 10)

    async def story() -> None:
        async with hall.screen(5, position=Position(0, 9)) as ada:
            told, ready = await ada.until("ready")
            assert told == {"reload": "old"}
            assert ready["ready"]["p"] == "0.10"
            # The page is being read anew; until then it is kept up with what comes.
            hall.log.say("news")
            assert words(await ada.next()) == "news"
        async with hall.screen(5, position=Position(0, 10)) as ada:
            assert len(await ada.until("ready")) == 2

    with hall.open():
        play(story())


def test_after_a_restore_everybody_reloads(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            hall.log.name = "second life"
            assert await ada.next() == {"reload": "incarnation"}
        async with hall.screen(6, incarnation="first life") as ben:
            assert (await ben.until("ready"))[0] == {"reload": "incarnation"}
        async with hall.screen(6) as ben:
            assert (await ben.ready())["incarnation"] == "second life"
            hall.log.say("we are back")
            assert words(await ben.next()) == "we are back"

    play(story())


def test_a_deed_that_cannot_be_drawn_does_not_stop_the_stream(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada, hall.screen(6, "space:4") as ben:
            await ada.ready()
            await ben.ready()
            before = hall.log.say("before")
            assert words(await ada.next()) == "before"
            hall.log.say("poison")
            assert await ada.next() == {"reload": "gap"}
            hall.log.say("after")
            assert words(await ada.next()) == "after"
            await ben.silence(0.2)
        # Nor can anybody be caught up across it without reading the page anew.
        async with hall.screen(7, position=before) as zoe:
            assert (await zoe.until("ready"))[0] == {"reload": "old"}

    play(story())


def test_the_hub_says_whether_it_is_well(hall: Hall) -> None:
    async def story() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b" 200 " in await reader.readline()
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
        writer.write(b"GET /else HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b" 404 " in await reader.readline()
        writer.close()

    play(story())


def test_pages_and_screens_share_one_port() -> None:
    def pages(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["PATH_INFO"].encode()]

    hall = Hall(pages=pages)

    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
            writer.write(b"GET /spaces/claims HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b"/spaces/claims" in await reader.read()
            writer.close()
            hall.log.say("at the same time")
            assert words(await ada.next()) == "at the same time"

    with hall.open():
        play(story())


def test_several_hubs_share_one_port_and_tell_the_same() -> None:
    async def story() -> None:
        async with AsyncExitStack() as screens:
            viewers = [
                await screens.enter_async_context(first.screen(person)) for person in range(1, 21)
            ]
            for viewer in viewers:
                await viewer.ready()
            # The kernel spreads connections by chance: 20 on one side is one in half a million.
            assert first.hub.floor and len(first.hub.floor) < 20
            assert second.hub.floor and len(second.hub.floor) < 20
            first.log.say("one")
            first.log.say("two")
            told = [[await viewer.next(), await viewer.next()] for viewer in viewers]
            assert all(frames == told[0] for frames in told)

    first = Hall()
    second = Hall(source=first.log, gate=first.book)
    with first.open(reuse_port=True), second.open(port=first.port, reuse_port=True):
        play(story())


def test_no_ticket_and_no_cookie_reach_the_log(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = hall.ticket(5, session="cookie-of-ada")

    async def story() -> None:
        async with hall.socket("cookie-of-ada") as socket:
            await Viewer(socket).show(ticket)
            await Viewer(socket).ready()
            await Viewer(socket).show(ticket)
            assert await Viewer(socket).closed() == 4001

    play(story())
    # The test's own client logs all it does.
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("websockets.client")]
    assert not [line for line in ours if ticket[:20] in line or "cookie-of-ada" in line]
