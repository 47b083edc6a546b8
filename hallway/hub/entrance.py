"""The entrance: how long a connection may take to say what it wants, and to take its answer."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0  # for the line and the headers of a request
STALLED_SECONDS = 60.0  # for the next bytes of an answer to be taken
MOST_WAITING = 4096  # connections whose request has not come; the oldest makes room
SCREEN = b"GET /live HTTP/1.1\r\n"


class Entrance:
    """The connections of one process that have not said yet what they want."""

    def __init__(self) -> None:
        self._deadlines: dict[Caller, asyncio.TimerHandle] = {}

    def __len__(self) -> int:
        return len(self._deadlines)

    def wait(self, caller: "Caller") -> None:
        """Give the caller its time; that it says a little more gives it no more of it."""
        if caller in self._deadlines:
            return
        if len(self._deadlines) >= MOST_WAITING:
            next(iter(self._deadlines)).abort()
        loop = asyncio.get_running_loop()
        self._deadlines[caller] = loop.call_later(REQUEST_SECONDS, caller.abort)

    def came(self, caller: "Caller") -> None:
        """The request is here, or the connection is gone."""
        timer = self._deadlines.pop(caller, None)
        if timer is not None:
            timer.cancel()


class Caller(H11Protocol):
    """uvicorn's HTTP connection, with patience that ends."""

    def __init__(self, entrance: Entrance, **given: Any) -> None:
        super().__init__(**given)
        self._entrance = entrance
        self._stalled: asyncio.TimerHandle | None = None
        self._is_new = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._entrance.wait(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._entrance.came(self)
        self._unstall()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Only what comes first on a connection: later bytes may belong to an earlier request.
        first, self._is_new = self._is_new, False
        if first and _is_screens(data):
            self._let_in(data)
            return
        super().data_received(data)
        # Half a request leaves the parser where it was; uvicorn's own deadline is over by then.
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._entrance.wait(self)
        else:
            self._entrance.came(self)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED_SECONDS, self.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unstall()

    def _let_in(self, data: bytes) -> None:
        """Hand the connection over to a screen's, which reads the request itself.

        After a restart ten thousand come within seconds: there is no time to read it twice.
        """
        self._entrance.came(self)
        self.connections.discard(self)
        line: Any = self.ws_protocol_class
        protocol = line(config=self.config, server_state=self.server_state, app_state={})
        protocol.connection_made(self.transport)
        self.transport.set_protocol(protocol)
        protocol.data_received(data)

    def abort(self) -> None:
        """Cut the connection off."""
        self._entrance.came(self)
        self.transport.abort()

    def _unstall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def _is_screens(data: bytes) -> bool:
    """Whether this is, whole, the request of a page for its socket."""
    if not data.startswith(SCREEN) or b"\r\n\r\n" not in data:
        return False
    return b"\r\nupgrade: websocket\r\n" in data.lower()
