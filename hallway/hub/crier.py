"""Tells halls their new counts, few for many votes, and how many people are there."""

import logging
import random
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable, Sized
from concurrent.futures import Future
from functools import partial
from typing import Any

from hallway.hub.exchange import Exchange
from hallway.hub.ledger import Ledger
from hallway.townhalls.actions import News

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.25  # that counts are told in one hall
MANY = 5000  # screens of one hall, above which
EVERY_SECONDS_TO_MANY = 0.5
AGAIN_SECONDS = 0.05  # when another hub has just told something, or a crowd is being counted
CROWD = 1000  # votes that wait to be counted; to tell ten thousand screens takes as long as these
CROWD_SECONDS = 1.0  # that news may wait for a crowd to be counted
TROUBLE_SECONDS = 0.5  # when it could not be written
PRESENT_SECONDS = 2.0
OWED_SECONDS = 1.0  # between two looks for what was counted elsewhere and not told

Ask = Callable[[Callable[[], Any], Callable[[Future[Any]], None]], None]


class Crier:
    """What was counted and has not been told, by hall. Lives in the event loop's thread.

    The first news of a hall are told at once, what comes after them together when the time has
    come. So the last counts are always told; if the process dies before, the next one tells them.
    What plain forms have left untold is told as well, in halls that somebody here looks at. While
    many votes wait to be counted, news wait with them: who votes hears sooner of the own vote.
    """

    def __init__(
        self,
        exchange: Exchange,
        loop: AbstractEventLoop,
        ledger: Ledger,
        ask: Ask,
        uncounted: Sized,
    ) -> None:
        self._rooms = exchange.rooms
        self._waiting = exchange.waiting
        self._loop = loop
        self._ledger = ledger
        self._ask = ask
        self._uncounted = uncounted
        self._owed: dict[int, News] = {}
        self._owed_since: dict[int, float] = {}
        self._timers: dict[int, TimerHandle] = {}
        self._told: dict[int, float] = {}
        self._looking: TimerHandle | None = None
        self._seeking: TimerHandle | None = None
        self._counting = False
        self._sought = True
        self._closed = False
        self._present: dict[int, int] = {}

    def begin(self) -> None:
        """Tell what an earlier life owes, then look who is there and what is owed, for good."""

        def begun(future: Future[None]) -> None:
            if future.exception() is not None:
                log.error("what an earlier life owes is not told", exc_info=future.exception())
                if self._closed:
                    return
                self._looking = self._loop.call_later(PRESENT_SECONDS, self.begin)
            else:
                self._look()
                self._seek()

        self._ask(self._ledger.begin, begun)

    def owe(self, hall: int, news: News) -> None:
        """Tell `news` as soon as it is the turn of `hall`; at the end at once."""
        if self._closed:
            self._tell_last(hall, news)
            return
        self._owed.setdefault(hall, News()).add(news)
        if hall not in self._timers:
            self._owed_since[hall] = self._loop.time()
            due = self._told.get(hall, 0.0) + self._pace(hall)
            self._set(hall, max(0.0, due - self._loop.time()))

    def close(self) -> None:
        """Tell what is owed; whoever closes waits for all that has been asked."""
        self._closed = True
        for timer in (self._looking, self._seeking, *self._timers.values()):
            if timer is not None:
                timer.cancel()
        owed, self._owed = self._owed, {}
        for hall, news in owed.items():
            self._tell_last(hall, news)
        self._ask(partial(self._ledger.present, {}), _last)

    def _tell_last(self, hall: int, news: News) -> None:
        self._ask(partial(self._ledger.tell, hall, news, 0.0), _last)

    def _pace(self, hall: int) -> float:
        room = self._rooms.rooms.get(f"hall:{hall}", {})
        return EVERY_SECONDS_TO_MANY if sum(map(len, room.values())) > MANY else EVERY_SECONDS

    def _set(self, hall: int, seconds: float) -> None:
        self._timers[hall] = self._loop.call_later(seconds, self._tell, hall)

    def _tell(self, hall: int) -> None:
        waited = self._loop.time() - self._owed_since[hall]
        if len(self._uncounted) > CROWD and waited < CROWD_SECONDS:
            self._set(hall, AGAIN_SECONDS)
            return
        news = self._owed.pop(hall)
        # A little less than the pace, for the row is dated a moment after its turn.
        pace = 0.8 * self._pace(hall)
        self._ask(partial(self._ledger.tell, hall, news, pace), partial(self._said, hall, news))

    def _said(self, hall: int, news: News, future: Future[bool]) -> None:
        error = future.exception()
        if error is None and future.result():
            self._told[hall] = self._loop.time()
            del self._timers[hall], self._owed_since[hall]
            later = self._owed.pop(hall, None)
            if later is not None:
                self.owe(hall, later)
            return
        if error is not None:
            log.warning("new counts of hall %d could not be told: %s", hall, error)
        if self._closed:
            self._tell_last(hall, news)
            return
        self._owed.setdefault(hall, News()).add(news)
        # By chance, so that of two hubs not always the same one comes too late.
        pause = AGAIN_SECONDS if error is None else TROUBLE_SECONDS
        self._set(hall, pause * random.uniform(0.5, 1.5))  # noqa: S311 - not a secret

    def _look(self) -> None:
        if self._closed:
            return
        self._looking = self._loop.call_later(PRESENT_SECONDS, self._look)
        if len(self._told) > 1000:
            self._told.clear()
        people = self.people()
        # A database that does not answer is not asked the same again and again.
        if self._counting or not (people or self._present):
            return
        self._counting = True
        self._present = people
        self._ask(partial(self._ledger.present, people), self._looked)

    def _looked(self, future: Future[None]) -> None:
        self._counting = False
        error = future.exception()
        if error is not None:
            log.warning("how many are present could not be written: %s", error)
            # Not forgotten, so that it is written as soon as it can be, also when all have left.
            self._present = {0: 0, **self._present}

    def _seek(self) -> None:
        if self._closed:
            return
        self._seeking = self._loop.call_later(OWED_SECONDS, self._seek)
        halls = [int(topic[5:]) for topic in self._rooms.rooms if topic.startswith("hall:")]
        if halls and self._sought:
            self._sought = False
            self._ask(partial(self._ledger.tell_owed, halls), self._found)

    def _found(self, future: Future[None]) -> None:
        self._sought = True
        if future.exception() is not None:
            log.warning("what forms owe could not be told: %s", future.exception())

    def people(self) -> dict[int, int]:
        """How many people are in each hall; several screens of one person count as one."""
        people: dict[str, set[int]] = {}
        for topic, room in self._rooms.rooms.items():
            if topic.startswith("hall:"):
                screens = [screen for group in room.values() for screen in group]
                people[topic] = {each.claims.person for each in screens if each.claims is not None}
        for screen in self._waiting:
            # In no room while the gate is asked once more, and yet there.
            if screen.claims is not None and not screen.fresh:
                for topic in screen.claims.topics:
                    if topic.startswith("hall:"):
                        people.setdefault(topic, set()).add(screen.claims.person)
        return {int(topic[5:]): len(found) for topic, found in people.items()}


def _last(future: Future[Any]) -> None:
    if future.exception() is not None:
        log.error("what was owed at the end could not be told", exc_info=future.exception())
