"""One WebSocket connection: the handshake, small messages in, shared bytes out.

Given to uvicorn as its `ws` class. uvicorn makes one for each upgrade request and hands over the
transport and the request; from then on the connection has no task, no future and no timer of its
own. Incoming bytes are parsed by the sans-IO protocol of the `websockets` library.
"""

import asyncio
import json
import logging
import socket
from typing import Any, cast

from django.http import parse_cookie
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import Protocol as Parser
from websockets.protocol import Side
from websockets.server import ServerProtocol

from hallway.accounts.models import session_hash
from hallway.hub import wire
from hallway.hub.answers import HEADERS
from hallway.hub.ballots import Ballots
from hallway.hub.exchange import TooMany
from hallway.hub.floor import Floor
from hallway.hub.framing import length_of, whole_text
from hallway.hub.screens import Screen
from hallway.hub.slips import Unreadable
from hallway.hub.tickets import Refused
from hallway.journal.position import Position

PATH = "/live"
LONGEST_MESSAGE = 4096  # bytes; refused by its header, before anything is read
MOST_WAITING = 256 * 1024  # bytes that may wait for a slow screen
KERNEL_BUFFER = 64 * 1024  # the kernel doubles it; otherwise it would take up to 4 MiB for each

quiet = logging.getLogger("hallway.hub.parser")
quiet.setLevel(logging.WARNING)  # the parser would log every connection, with its headers


class Line(asyncio.Protocol):
    """The connection of one screen."""

    __slots__ = (
        "_connections",
        "_floor",
        "_parser",
        "_parsing",
        "_pieces",
        "heard",
        "screen",
        "transport",
    )

    def __init__(self, floor: Floor, connections: set[Any]) -> None:
        self._floor = floor
        self._connections = connections
        self._pieces: list[bytes] = []
        # Bytes that the parser may still hold of a frame; so many or fewer.
        self._parsing = 0
        self.heard = True
        # First for the handshake, then, if it is needed at all, for frames.
        self._parser: Parser | None = ServerProtocol(
            extensions=None, max_size=LONGEST_MESSAGE, logger=quiet
        )
        self.screen: Screen | None = None
        self.transport: asyncio.Transport = cast(asyncio.Transport, None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._connections.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._connections.discard(self)
        self._floor.left(self)
        if self.screen is not None:
            # Whoever still owes it an answer keeps it a little longer.
            self.screen.write = _drop
        self.screen = None

    def data_received(self, data: bytes) -> None:
        self.heard = True
        if self.screen is not None and not self._parsing and not self._pieces:
            message = whole_text(data, LONGEST_MESSAGE)
            if message is not None:
                if not self.transport.is_closing():
                    self._message(message)
                return
        if self._parser is None:
            self._parser = Parser(Side.SERVER, max_size=LONGEST_MESSAGE, logger=quiet)
        self._parse(self._parser, data)

    def _parse(self, parser: Parser, data: bytes) -> None:
        self._parsing += len(data)
        parser.receive_data(data)
        for event in parser.events_received():
            if self.transport.is_closing():
                return
            if isinstance(event, Request):
                self._shake_hands(cast(ServerProtocol, parser), event)
                return
            if isinstance(event, Frame):
                self._parsing -= length_of(event)
                self._receive(event)
        self._flush(parser)

    def eof_received(self) -> bool:
        return False  # the transport closes itself

    def pause_writing(self) -> None:
        """The kernel takes no more: from now on every write is counted (rule of slow screens)."""
        if self.screen is not None:
            self.screen.write = self._write_counted
            self._floor.stalled(self)

    def resume_writing(self) -> None:
        if self.screen is not None and not self.transport.is_closing():
            self.screen.write = self.transport.write
        self._floor.flowing(self)

    def shutdown(self) -> None:
        """Called by uvicorn when the process ends: come back, but not all at once."""
        self.end(wire.RESTARTING, f"retry in {self._floor.jitter()} ms")

    def end(self, code: int, reason: str = "") -> None:
        """Say why and close. What waits is still sent; the floor cuts off whoever does not read."""
        if not self.transport.is_closing():
            self.transport.write(wire.close(code, reason))
            self._close()

    def _close(self) -> None:
        if self.screen is not None:
            self._floor.exchange.gone(self.screen)
            self.screen.write = _drop
        self.transport.close()
        self._floor.closing(self)

    def _shake_hands(self, parser: ServerProtocol, request: Request) -> None:
        refusal = self._refusal(request)
        response = parser.accept(request) if refusal is None else parser.reject(refusal, "")
        if refusal is not None:
            for name, value in HEADERS.items():
                if name not in response.headers:
                    response.headers[name] = value
        parser.send_response(response)
        self._flush(parser)
        if response.status_code != 101:
            self._close()
            return
        session = session_hash(self._key(request))
        # The parser goes with its handshake: ten thousand requests need not be remembered.
        self._parsing, self._parser = 0, None
        # With no high water the transport writes at once, and says so as soon as it cannot.
        self.transport.set_write_buffer_limits(high=0)
        sock = self.transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        self.screen = Screen(self, self.transport.write, session)
        self._floor.arrived(self)

    def _refusal(self, request: Request) -> int | None:
        if request.path.partition("?")[0] != PATH:
            return 404
        origins = request.headers.get_all("Origin")
        if len(origins) != 1 or origins[0] not in self._floor.origins:
            return 403
        if len(request.headers.get_all("Cookie")) > 1:
            return 400
        if not self._key(request):
            return 401
        return None if self._floor.has_room else 503

    def _key(self, request: Request) -> str:
        """The key of the session; pages of nobody open no socket."""
        return parse_cookie(request.headers.get("Cookie", "")).get(self._floor.cookie, "")

    def _receive(self, frame: Frame) -> None:
        if frame.opcode is Opcode.TEXT or frame.opcode is Opcode.CONT:
            self._pieces.append(bytes(frame.data))
            if frame.fin:
                pieces, self._pieces = self._pieces, []
                self._message(b"".join(pieces))
        elif frame.opcode is Opcode.BINARY:
            self.end(1003, "text only")

    def _message(self, data: bytes) -> None:
        screen = self.screen
        if screen is None:
            return
        try:
            message = json.loads(data.decode())
        except (ValueError, RecursionError):
            self.end(wire.UNREADABLE, "not JSON")
            return
        if not isinstance(message, dict):
            self.end(wire.POLICY, "a ticket is expected")
        elif "hall" in message and screen.claims is not None and self._floor.ballots is not None:
            self._take_slip(screen, self._floor.ballots, message)
        else:
            self._take_ticket(screen, message.get("ticket"), message.get("since"))

    def _take_slip(self, screen: Screen, ballots: Ballots, message: dict[str, Any]) -> None:
        screen.slips += 1
        if screen.slips > self._floor.most_slips:
            self.end(wire.POLICY, "too many messages")
            return
        try:
            ballots.take(screen, message)
        except Unreadable as refusal:
            self.end(wire.POLICY, f"not understood: {refusal}")

    def _take_ticket(self, screen: Screen, token: object, since: object) -> None:
        screen.messages += 1
        if screen.messages > self._floor.most_messages:
            self.end(wire.POLICY, "too many messages")
            return
        if not isinstance(token, str) or not isinstance(since, str | None):
            self.end(wire.POLICY, "a ticket is expected")
            return
        try:
            reached = None if since is None else Position.parse(since)
            self._floor.exchange.present(screen, token, reached)
        except (TooMany, ValueError) as refusal:
            self.end(wire.POLICY, str(refusal))
        except Refused as refusal:
            self.end(wire.REFUSED, str(refusal))
        else:
            self._floor.known(self)

    def _flush(self, parser: Parser) -> None:
        """Send what the parser wants to say: pongs, and the close frame at the end."""
        for data in parser.data_to_send():
            if data:
                self.transport.write(data)
            else:
                self._close()

    def _write_counted(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() + len(data) > MOST_WAITING:
            self.end(wire.TOO_SLOW, "too slow")
        else:
            self.transport.write(data)


def _drop(data: bytes) -> None:
    """Where a closed screen's frames go."""
