"""The short way in for pages that want their socket, and that nothing else slips through it."""

import asyncio

from tests.hub.hall import COOKIE, ORIGIN, Hall, wait_for
from tests.playing import play

WANTED = (
    "GET /live HTTP/1.1\r\nHost: x\r\n{}Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    f"Origin: {ORIGIN}\r\nCookie: {COOKIE}=key-5\r\n\r\n"
)


async def answers(hall: Hall, *pieces: str) -> list[str]:
    """The status lines that the pieces are answered with, each sent when all before has arrived.

    Where the hub hangs up without a word, that is "".
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
    found = []
    for piece in pieces:
        writer.write(piece.encode())
        if piece.endswith("\r\n\r\n"):
            async with asyncio.timeout(8):
                head = await _head(reader)
                length = head.lower().partition("content-length: ")[2].partition("\r")[0]
                await reader.readexactly(int(length or 0))
            found.append(head.partition("\r\n")[0])
        else:
            await asyncio.to_thread(wait_for, lambda: len(hall.hub.entrance) == 1)
    writer.close()
    return found


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError as nothing:
        return nothing.partial.decode()


def test_a_page_gets_its_socket_first_or_later_whole_or_in_pieces(hall: Hall) -> None:
    wanted = WANTED.format("")
    health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

    async def story() -> None:
        assert await answers(hall, wanted) == ["HTTP/1.1 101 Switching Protocols"]
        assert (await answers(hall, health, wanted))[1] == "HTTP/1.1 101 Switching Protocols"
        assert await answers(hall, wanted[:30], wanted[30:]) == ["HTTP/1.1 101 Switching Protocols"]

    play(story())


def test_what_belongs_to_another_request_opens_no_socket(hall: Hall) -> None:
    """As where a proxy passes on a header that was made to look like a request."""

    async def story() -> None:
        begun = "GET /elsewhere HTTP/1.1\r\nHost: x\r\nX-Note: "
        (status,) = await answers(hall, begun, WANTED.format(""))
        assert " 101 " not in status
        assert len(hall.hub.floor or "") == 0

    play(story())


def test_with_a_body_or_without_the_wish_there_is_no_socket(hall: Hall) -> None:
    async def story() -> None:
        plain = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n"
        assert await answers(hall, plain) == ["HTTP/1.1 404 Not Found"]
        (status,) = await answers(hall, WANTED.format("Content-Length: 5\r\n"))
        assert " 101 " not in status

    play(story())
