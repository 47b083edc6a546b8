"""Who gets in: origins, tickets, sessions, sizes."""

import asyncio
import time

import pytest
from websockets.exceptions import InvalidStatus

from hallway.accounts.models import session_hash
from hallway.hub import exchange, floor, tickets
from hallway.journal.position import Position
from tests.hub.hall import ORIGIN, Hall, Viewer, words
from tests.playing import play


@pytest.mark.parametrize(
    ("origin", "path", "status"),
    [
        ("https://evil.example.com", "/live", 403),
        (ORIGIN + ".evil.example.com", "/live", 403),
        ("null", "/live", 403),
        (None, "/live", 403),
        (ORIGIN, "/live/", 404),
        (ORIGIN, "/elsewhere", 404),
    ],
)
def test_only_pages_of_this_installation_may_connect(
    hall: Hall, origin: str | None, path: str, status: int
) -> None:
    async def story() -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with hall.socket("key-5", origin=origin, path=path):
                pass
        assert refused.value.response.status_code == status

    play(story())


def test_a_good_ticket_opens_a_screen(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, "space:3", "person:5") as ada:
            ready = await ada.ready()
            assert ready["incarnation"] == "first life"
            assert set(ready["topics"]) == {"space:3", "person:5"}
            hall.log.say("hello")
            assert words(await ada.next()) == "hello"

    play(story())


def test_who_brings_no_ticket_is_sent_away(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "TICKET_SECONDS", 0.5)

    async def story() -> None:
        async with hall.socket("key-5") as socket:
            assert await Viewer(socket).closed() == 4001

    play(story())


def test_an_expired_ticket_is_refused(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = hall.ticket(5)
    monkeypatch.setattr(tickets, "LIFETIME", -1)

    async def story() -> None:
        async with hall.socket("key-5") as socket:
            await Viewer(socket).show(ticket)
            assert await Viewer(socket).closed() == 4001

    play(story())


def test_a_ticket_works_once(hall: Hall) -> None:
    ticket = hall.ticket(5)

    async def story() -> None:
        async with hall.socket("key-5") as first, hall.socket("key-5") as second:
            await Viewer(first).show(ticket)
            await Viewer(first).ready()
            await Viewer(second).show(ticket)
            assert await Viewer(second).closed() == 4001
            await Viewer(first).show(ticket)
            assert await Viewer(first).closed() == 4001

    play(story())


def test_a_ticket_works_in_its_own_session_only(hall: Hall) -> None:
    async def story() -> None:
        async with hall.socket("key-6") as mallory:
            await Viewer(mallory).show(hall.ticket(5))
            assert await Viewer(mallory).closed() == 4001

    play(story())


def test_without_a_session_no_socket_opens(hall: Hall) -> None:
    """And the refusal is as well guarded as a page."""

    async def story() -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with hall.socket(""):
                pass
        assert refused.value.response.status_code == 401
        assert refused.value.response.headers["X-Content-Type-Options"] == "nosniff"
        assert len(hall.hub.floor or "") == 0

    play(story())


def test_sockets_that_show_no_ticket_do_not_pile_up(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has shown one makes room for the next; with a made-up session none can be shown."""
    monkeypatch.setattr(floor, "MOST_EARLY", 2)

    async def story() -> None:
        async with hall.socket("made-up"), hall.socket("made-up"):
            with pytest.raises(InvalidStatus) as refused:
                async with hall.socket("key-5"):
                    pass
            assert refused.value.response.status_code == 503
        async with hall.screen(5) as first, hall.screen(5) as second, hall.screen(5) as third:
            for viewer in (first, second, third):
                await viewer.ready()

    play(story())


def test_one_person_has_so_many_screens(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_OF_ONE", 2)

    async def story() -> None:
        async with hall.screen(5) as first, hall.screen(5) as second:
            await first.ready()
            await second.ready()
            async with hall.screen(5) as third, hall.screen(6) as other:
                assert await third.closed() == 1008
                await other.ready()
            await second.show(hall.ticket(5))
            await second.ready()
        async with hall.screen(5) as again:
            await again.ready()

    play(story())


def test_a_socket_stays_with_its_person(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5, session="shared") as viewer:
            await viewer.ready()
            await viewer.show(hall.ticket(6, session="shared"))
            assert await viewer.closed() == 4001

    play(story())


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "a:b:c",
        tickets.sealed([5, session_hash("key-5"), {}, "0.1", "en", "", "n", time.time()])[:-1],
        tickets.sealed([5, session_hash("key-5"), {}, "x", "en", "", "n", time.time()]),
        tickets.sealed([5, session_hash("key-5"), {}, "0.1", "en", "", "n", time.time() - 61]),
        tickets.sealed(["no ticket"]),
        tickets.sealed({"no": "list"}),  # type: ignore[arg-type]
    ],
    # They hold the time: as names of tests they would differ between two processes.
    ids=["nothing", "a letter", "three parts", "cut", "no position", "old", "short", "no list"],
)
def test_what_is_no_ticket_is_refused(hall: Hall, forged: str) -> None:
    async def story() -> None:
        async with hall.socket("key-5") as socket:
            await Viewer(socket).show(forged)
            assert await Viewer(socket).closed() == 4001

    play(story())


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("x" * 4097, 1009),
        ("x" * 100_000, 1009),
        (b"\x00\x01", 1003),
        ("no json", 1007),
        ("[" * 4000, 1007),
        ('{"a":' * 800, 1007),
        ("[1]", 1008),
        ('{"ticket": 5}', 1008),
    ],
)
def test_strange_messages_end_the_connection(hall: Hall, message: str | bytes, code: int) -> None:
    async def story() -> None:
        async with hall.socket("key-5") as socket:
            await socket.send(message)
            assert await Viewer(socket).closed() == code

    play(story())


def test_a_message_is_refused_by_its_announced_length(hall: Hall) -> None:
    """The header alone, announcing 2^40 bytes, is enough: nothing is waited for or kept."""

    async def story() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
        writer.write(
            f"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {ORIGIN}\r\nCookie: session=key-5\r\n\r\n".encode()
        )
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        writer.write(b"\x81\xff" + (1 << 40).to_bytes(8, "big"))
        assert (await asyncio.wait_for(reader.read(), 5))[2:4] == (1009).to_bytes(2, "big")
        writer.close()

    play(story())


def test_a_flood_of_messages_ends_the_connection(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada:
            for _ in range(floor.MOST_MESSAGES):
                await ada.show(hall.ticket(5))
            assert await ada.closed() == 1008

    play(story())


def test_a_message_in_pieces_is_put_together(hall: Hall) -> None:
    async def story() -> None:
        async with hall.socket("key-5") as socket:
            ticket = hall.ticket(5)
            await socket.send(['{"ticket":', f'"{ticket}"', "}"])
            assert (await Viewer(socket).ready())["p"] == "0.0"

    play(story())


def test_pings_of_a_client_are_answered(hall: Hall) -> None:
    async def story() -> None:
        async with hall.screen(5) as ada:
            await ada.ready()
            await asyncio.wait_for(await ada.socket.ping(), 5)

    play(story())


def test_tickets_of_nine_hundred_topics_fit_a_message() -> None:
    topics = [f"space:{number * 7919 % 1_000_003 + 1}" for number in range(450)]
    topics += [f"author:{number * 104_729 % 120_000 + 1}" for number in range(450)]
    token = tickets.mint(5, "a" * 32, topics, Position(123_456_789, 987_654), "de", "b" * 36)
    assert tickets.check(token).topics == set(topics)
    assert len(token) + len('{"ticket":""}') < 4096


@pytest.mark.parametrize(
    "topic", ["space:", "space:x", "space:0", "space:-1", "space:²", "spaces:1", "all", ""]
)
def test_what_is_no_topic_gets_no_ticket(topic: str) -> None:
    with pytest.raises(ValueError, match="topic"):
        tickets.mint(5, "s", [topic], Position(0, 0), "en")
