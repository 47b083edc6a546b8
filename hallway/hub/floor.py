"""The floor: all connections of one process, and the one clock that looks after them."""

import asyncio
import random
from collections.abc import Iterable
from typing import Protocol

from hallway.hub import wire
from hallway.hub.ballots import Ballots
from hallway.hub.exchange import Exchange
from hallway.hub.screens import Screen

PING_SECONDS = 30  # a screen that says nothing from one ping to the next is gone
TICKET_SECONDS = 5.0  # for the first ticket
BEHIND_SECONDS = 5.0  # that a screen may be behind
CLOSING_SECONDS = 5.0  # for a closing screen to take what waits for it
MOST_MESSAGES = 60  # from one screen, in the time between two pings
MOST_SLIPS = 300  # the same, of votes, choices and cheers
MOST_EARLY = 4096  # screens that have shown no ticket yet
TURNS_TO_ASK_AGAIN = 20  # pings; sessions also end by the clock, which no journal row tells


class Connection(Protocol):
    """What the floor needs of a connection."""

    heard: bool
    screen: Screen | None

    @property
    def transport(self) -> asyncio.Transport:
        """The bytes' way out."""

    def end(self, code: int, reason: str = "") -> None:
        """Say why and close."""


class Floor:
    """Counts connections in and out, and once a second looks for those that need something.

    Connections stand in as many slots as there are seconds between pings; each second one slot
    is pinged. So ten thousand screens need one timer.
    """

    def __init__(
        self,
        exchange: Exchange,
        origins: Iterable[str],
        cookie: str,
        ballots: Ballots | None = None,
    ) -> None:
        self.exchange = exchange
        self.ballots = ballots
        self.origins = frozenset(origins)
        self.cookie = cookie
        self.open = True
        self.most_messages = MOST_MESSAGES
        self.most_slips = MOST_SLIPS
        self._slots: list[dict[Connection, None]] = [{} for _ in range(PING_SECONDS)]
        self._places: dict[Connection, int] = {}
        self._second = 0
        self._early: dict[Connection, float] = {}
        self._stalled: dict[Connection, float] = {}
        self._closing: dict[Connection, float] = {}
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(1, self._tick)

    def __len__(self) -> int:
        return len(self._places)

    def arrived(self, line: Connection) -> None:
        """A handshake is complete; a ticket must follow soon."""
        place = self._second % PING_SECONDS
        self._slots[place][line] = None
        self._places[line] = place
        self._early[line] = self._loop.time() + TICKET_SECONDS

    def known(self, line: Connection) -> None:
        """A good ticket has come."""
        self._early.pop(line, None)

    @property
    def has_room(self) -> bool:
        """Whether one more may come in."""
        return self.open and len(self._early) < MOST_EARLY

    def left(self, line: Connection) -> None:
        """A connection is gone, for whatever reason."""
        if line.screen is not None:
            self.exchange.gone(line.screen)
        place = self._places.pop(line, None)
        if place is not None:
            del self._slots[place][line]
        for waiting in (self._early, self._stalled, self._closing):
            waiting.pop(line, None)

    def stalled(self, line: Connection) -> None:
        """A connection takes nothing more for now."""
        self._stalled[line] = self._loop.time() + BEHIND_SECONDS

    def flowing(self, line: Connection) -> None:
        """A connection has taken all that waited."""
        self._stalled.pop(line, None)

    def closing(self, line: Connection) -> None:
        """A connection has been told to end."""
        self._closing[line] = self._loop.time() + CLOSING_SECONDS

    def jitter(self) -> int:
        """Milliseconds a screen should wait before it comes back: longer, the more there are."""
        return random.randint(200, 1000 + len(self._places))  # noqa: S311 - not a secret

    def close(self) -> None:
        """Stop the clock and take nobody in."""
        self.open = False
        self._timer.cancel()

    def _tick(self) -> None:
        self._timer = self._loop.call_later(1, self._tick)
        self._second += 1
        now = self._loop.time()
        for line in _due(self._early, now):
            screen = line.screen
            if screen is not None and screen.claims is None:
                line.end(wire.REFUSED, "no ticket came")
        for line in _due(self._stalled, now):
            line.end(wire.TOO_SLOW, "too slow")
        for line in _due(self._closing, now):
            line.transport.abort()
        for line in list(self._slots[self._second % PING_SECONDS]):
            self._turn(line)
        self.exchange.tidy()
        if self.ballots is not None:
            self.ballots.tidy()

    def _turn(self, line: Connection) -> None:
        screen = line.screen
        if line.transport.is_closing() or screen is None:
            return
        if not line.heard:
            line.transport.abort()
            return
        line.heard = False
        screen.messages = screen.slips = 0
        screen.turns += 1
        if screen.turns % TURNS_TO_ASK_AGAIN == 0:
            self.exchange.ask_again(screen)
        screen.write(wire.PING)
        self.exchange.provide(screen)


def _due(deadlines: dict[Connection, float], now: float) -> list[Connection]:
    """Take out all whose time has come; deadlines of one kind are in the order of their making."""
    due = []
    for line, deadline in deadlines.items():
        if deadline > now:
            break
        due.append(line)
    for line in due:
        del deadlines[line]
    return due
