"""What one person sent over the socket and is waiting to hear about: each wish until its answer.

A wish that was not answered when the connection broke is sent again over the next one, with the
same key, as `frontend/src/hall-line.ts` does.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from hallway.simulation.measures import Tally
from hallway.simulation.screen import Screen

ACK_SECONDS = 30.0  # for the hub to answer


@dataclass(slots=True)
class Wish:
    """One message; `screen` is where it was sent last, `times` how often."""

    payload: bytes
    sent: float
    answer: "asyncio.Future[str]"
    screen: Screen | None = None
    times: int = 0

    def say(self, screen: Screen) -> None:
        """Send it."""
        self.screen = screen
        self.times += 1
        screen.say(self.payload)


class Wishes:
    """All wishes of one person that have not been answered. `dice` makes their keys."""

    def __init__(self, tally: Tally, dice: Random) -> None:
        self._tally = tally
        self._dice = dice
        self._waiting: dict[str, Wish] = {}

    async def send(
        self, message: dict[str, Any], name: str, screen: Screen | None
    ) -> tuple[str, bool]:
        """Send a wish and wait for its answer; '' if none came. `name` is what it is counted as.

        Without a screen it waits for the next one. Also says whether it was sent again: then an
        answer other than "done" tells of the last time, and an earlier one may have been stored.
        """
        key = str(UUID(int=self._dice.getrandbits(128), version=4))
        payload = json.dumps({**message, "key": key}).encode()
        wish = Wish(payload, time.monotonic(), asyncio.get_running_loop().create_future())
        self._waiting[key] = wish
        if screen is not None:
            wish.say(screen)
        try:
            async with asyncio.timeout(ACK_SECONDS):
                outcome = await wish.answer
        except TimeoutError:
            self._tally.errors[f"a {name} was not acknowledged"] += 1
            self._tally.counts["wishes not acknowledged"] += 1
            return "", True
        finally:
            del self._waiting[key]
        self._tally.time(name, time.monotonic() - wish.sent)
        self._tally.counts[f"{name} {outcome}"] += 1
        return outcome, wish.times > 1

    def answered(self, key: str, outcome: str) -> None:
        """Take an acknowledgement; one that comes twice is the same."""
        wish = self._waiting.get(key)
        if wish is not None and not wish.answer.done():
            wish.answer.set_result(outcome)

    def repeat(self, screen: Screen) -> None:
        """Send over a new screen what was not answered over the one before."""
        for wish in self._waiting.values():
            if wish.screen is not screen and not wish.answer.done():
                wish.say(screen)
