"""One open socket of a simulated person: handshake, ticket, frames, acknowledgements."""

import asyncio
import json
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, cast

from hallway.simulation import wire

Position = tuple[int, int]


class Frame(NamedTuple):
    """What the hub told a topic; as in `frontend/src/frames.ts`. `counts`: whether of numbers."""

    topic: str
    position: Position
    previous: Position | None
    html: str
    counts: bool = False


class Owner(Protocol):
    """Whoever sits in front of the screen."""

    def hear(self, frame: Frame) -> None:
        """Take a frame."""

    def told(self, message: dict[str, Any]) -> None:
        """Take anything else that the hub says."""

    def lost(self, screen: "Screen", why: str) -> None:
        """The socket is gone, for the reason given."""


class Progress:
    """How far a page has come in each topic: the same rules as in `frontend/src/frames.ts`."""

    __slots__ = ("_in_order", "_seen", "_start", "reached")

    def __init__(self, start: str) -> None:
        self._start = self.reached = place(start)
        self._seen: dict[str, Position] = {}
        self._in_order = False

    @property
    def topics(self) -> list[str]:
        """What the page follows."""
        return list(self._seen)

    def begin(self) -> None:
        """A ticket is being presented; until `ready`, topics may come one after the other."""
        self._in_order = False

    def take(self, frame: Frame) -> str:
        """`news`, `seen`, or `gap` when something before it never arrived."""
        seen = self._seen.get(frame.topic, self._start)
        if frame.position <= seen:
            return "seen"
        if frame.previous is not None and frame.previous > seen:
            return "gap"
        self._seen[frame.topic] = frame.position
        if self._in_order and frame.position > self.reached:
            self.reached = frame.position
        return "news"

    def told_up_to(self, position: Position) -> None:
        """Nothing up to this position is still to come."""
        if self._in_order and position > self.reached:
            self.reached = position

    def catch_up(self, reached: str, topics: dict[str, str]) -> None:
        """The hub has told all that was missed."""
        for topic, position in topics.items():
            self._seen[topic] = max(self._seen.get(topic, self._start), place(position))
        self.reached = max(self.reached, place(reached))
        self._in_order = True


class Screen(asyncio.Protocol):
    """The connection; `ticket` is presented as soon as the server answers the greeting."""

    __slots__ = ("_greeting", "_owner", "_rest", "_shaken", "_ticket", "_why", "transport")

    def __init__(self, owner: Owner, greeting: bytes, ticket: bytes) -> None:
        self._owner = owner
        self._greeting = greeting
        self._ticket = ticket
        self._rest = b""
        self._shaken = False
        self._why = "the connection broke"
        self.transport: asyncio.Transport = cast(asyncio.Transport, None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._greeting)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._owner.lost(self, self._why)

    def data_received(self, data: bytes) -> None:
        if not self._shaken:
            data = self._shake(self._rest + data)
        elif self._rest:
            data = self._rest + data
        found, self._rest = wire.frames(data) if self._shaken else ([], data)
        for opcode, payload in found:
            if opcode == wire.TEXT:
                self._hear(payload)
            elif opcode == wire.PING:
                self.transport.write(wire.masked(payload, 0xA))
            elif opcode == wire.CLOSE:
                code = int.from_bytes(payload[:2], "big")
                self._why = f"{code} {payload[2:].decode('utf-8', 'replace')}".strip()
                self.transport.close()

    def say(self, payload: bytes) -> None:
        """Send a message."""
        self.transport.write(wire.masked(payload))

    def leave(self) -> None:
        """Close the page."""
        self.transport.write(wire.CLOSING)
        self.transport.close()

    def cut(self) -> None:
        """Lose the connection, without a word."""
        self.transport.abort()

    def _shake(self, data: bytes) -> bytes:
        try:
            rest = wire.shaken(data)
        except wire.Refused as refusal:
            self._why = str(refusal)
            self.transport.abort()
            return b""
        if rest is None:
            return data
        self._shaken = True
        self.say(self._ticket)
        self._greeting = self._ticket = b""
        return rest

    def _hear(self, payload: bytes) -> None:
        if payload.startswith(b'{"t":'):
            self._owner.hear(frame_of(payload))
        else:
            self._owner.told(json.loads(payload))


@lru_cache(maxsize=256)
def frame_of(payload: bytes) -> Frame:
    """Read a frame; ten thousand screens hear the same bytes."""
    value = json.loads(payload)
    previous, html = value["q"], value["s"]
    return Frame(
        value["t"],
        place(value["p"]),
        None if previous is None else place(previous),
        html,
        'action="tally" data-of="question"' in html,
    )


def place(text: str) -> Position:
    """A position of the journal, comparable."""
    xid, _, seq = text.partition(".")
    return int(xid), int(seq)
