"""The body of a request, gathered in the event loop: no thread waits for whoever sends slowly."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any

KEPT = 64 * 1024  # bytes in memory; what is longer goes to disk
IDLE_SECONDS = 15.0  # between two pieces
SECONDS = 60.0  # for any body, and for a long one as long as this many bytes a second take:
SLOWEST = 32 * 1024
LINGER_SECONDS = 20.0  # that the rest is thrown away before the answer, so that it is read
MOST_ARRIVING = 256  # bodies of unknown people at once; the oldest makes room

Receive = Callable[[], Awaitable[Any]]


class TooLarge(Exception):
    """More bytes came than were allowed; the rest has been thrown away."""


class TooSlow(Exception):
    """The body did not arrive in time."""


class Gone(Exception):
    """The client hung up before the end."""


class Arrivals:
    """Gathers bodies, and knows how many of unknown people are on their way."""

    def __init__(self) -> None:
        self._arriving: dict[asyncio.Timeout, None] = {}

    def __len__(self) -> int:
        return len(self._arriving)

    async def gather(self, receive: Receive, most: int, *, known: bool) -> tuple[IO[bytes], int]:
        """Return the whole body, at its beginning, and its length; `known` people are not counted.

        Raises TooLarge beyond `most` bytes, TooSlow, or Gone.
        """
        message = await self._first(receive)
        file: IO[bytes] = SpooledTemporaryFile(max_size=KEPT)  # noqa: SIM115 - given away
        try:
            size = await self._fill(file, message, receive, most, known=known)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file, size

    async def _first(self, receive: Receive) -> Any:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                return await receive()
        except TimeoutError:
            raise TooSlow from None

    async def _fill(
        self, file: IO[bytes], message: Any, receive: Receive, most: int, *, known: bool
    ) -> int:
        loop = asyncio.get_running_loop()
        began, size = loop.time(), 0
        overall = asyncio.timeout(SECONDS)
        try:
            async with overall:
                if message.get("more_body") and not known:
                    self._count(overall)
                while True:
                    if message["type"] != "http.request":
                        raise Gone
                    piece = message.get("body", b"")
                    size += len(piece)
                    if size > most:
                        break
                    if size > KEPT:
                        # Not here: a disk that is busy would hold up every screen.
                        await asyncio.to_thread(file.write, piece)
                        overall.reschedule(began + SECONDS + size / SLOWEST)
                    else:
                        file.write(piece)
                    if not message.get("more_body"):
                        return size
                    async with asyncio.timeout(IDLE_SECONDS):
                        message = await receive()
        except TimeoutError:
            raise TooSlow from None
        finally:
            self._arriving.pop(overall, None)
        await throw_away(receive)
        raise TooLarge

    def _count(self, deadline: asyncio.Timeout) -> None:
        if len(self._arriving) >= MOST_ARRIVING:
            oldest = next(iter(self._arriving))
            del self._arriving[oldest]
            oldest.reschedule(asyncio.get_running_loop().time())
        self._arriving[deadline] = None


async def throw_away(receive: Receive) -> None:
    """Take what still comes for a while and keep nothing.

    Browsers read the answer after they have sent everything; if the connection is closed before,
    they say that it broke.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while (await receive()).get("more_body"):
                pass
