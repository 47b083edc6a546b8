"""Screens that do not keep up are let go, and hold nobody else back."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hallway.hub import floor, protocol
from tests.hub.hall import Hall, Viewer, wait_for, words
from tests.playing import play


@asynccontextmanager
async def sleeper(hall: Hall, person: int) -> AsyncIterator[Viewer]:
    """A screen with small buffers that reads nothing after `ready`."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    raw.connect(("127.0.0.1", hall.port))
    raw.setblocking(False)
    async with hall.socket(f"key-{person}", sock=raw, max_queue=1, close_timeout=0.5) as connection:
        viewer = Viewer(connection)
        await viewer.show(hall.ticket(person))
        await viewer.ready()
        yield viewer


def test_who_does_not_read_is_closed_and_the_others_are_not(hall: Hall) -> None:
    async def story() -> None:
        async with sleeper(hall, 5) as slow, hall.screen(6) as quick:
            await quick.ready()
            for number in range(60):
                hall.log.say(f"{number} " + "x" * 20_000)
                assert words(await quick.next()).startswith(f"{number} ")
            assert hall.hub.floor is not None
            assert await slow.closed() == 4002
            hall.log.say("and on")
            assert words(await quick.next()) == "and on"

    play(story())


def test_no_more_than_the_limit_waits_for_a_screen(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 0
    counted = protocol.Line._write_counted

    def measured(self: protocol.Line, data: bytes) -> None:
        nonlocal most
        counted(self, data)
        most = max(most, self.transport.get_write_buffer_size())

    monkeypatch.setattr(protocol.Line, "_write_counted", measured)

    async def story() -> None:
        async with sleeper(hall, 5):
            last = None
            for number in range(100):
                last = hall.log.say(f"{number} " + "x" * 20_000)
            await asyncio.to_thread(wait_for, lambda: hall.hub.applied == last)
            assert 100_000 < most <= protocol.MOST_WAITING + 200

    play(story())


def test_who_is_behind_for_too_long_is_closed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "BEHIND_SECONDS", 0.5)

    async def story() -> None:
        async with sleeper(hall, 5) as slow:
            for number in range(15):
                hall.log.say(f"{number} " + "x" * 20_000)
            assert hall.hub.floor is not None
            wait_for(lambda: not hall.hub.exchange.rooms.rooms)  # type: ignore[union-attr]
            assert await slow.closed() == 4002

    play(story())


def test_who_never_reads_again_is_cut_off(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "CLOSING_SECONDS", 0.5)

    async def story() -> None:
        async with sleeper(hall, 5):
            for number in range(60):
                hall.log.say(f"{number} " + "x" * 20_000)
            assert hall.hub.floor is not None
            await asyncio.to_thread(wait_for, lambda: len(hall.hub.floor) == 0)

    play(story())
