"""Votes, choices and cheers that screens send: gathered here, stored in batches, then answered.

Everything here runs in the event loop's thread; the database is asked in one thread of its own,
one batch after the other. A screen is answered when its deed is on disk. If that cannot be, the
batch is tried again, until those who wait have waited long enough and are told so. A deed that
was not answered is sent again by the screen: votes and choices are states, so nothing is counted
twice; the keys of cheers are remembered for a while.
"""

import asyncio
import logging
import time
from asyncio import AbstractEventLoop, TimerHandle
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from hallway.hub import slips, wire
from hallway.hub.crier import Crier
from hallway.hub.exchange import Exchange
from hallway.hub.ledger import Ledger
from hallway.hub.screens import Screen
from hallway.hub.slips import Purses, Slip
from hallway.townhalls.actions import Cheering, Counted, Outcome

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.03  # from the first deed of a batch until it is stored
MOST_AT_ONCE = 500  # deeds of a batch: so many are written well within 50 ms
MOST_WAITING = 40_000  # deeds; further ones are refused at once
MOST_KEYS = 50_000  # of cheers, the oldest forgotten first
PATIENCE_SECONDS = 8.0  # until somebody is told that it goes slowly
PAUSE_SECONDS = 0.25  # between two tries
SLOW = "slow"


class Ballots:
    """What the screens of one process have sent and have not been answered."""

    def __init__(self, exchange: Exchange, loop: AbstractEventLoop, ledger: Ledger) -> None:
        self._exchange = exchange
        self._loop = loop
        self._ledger = ledger
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hub-ballots")
        self._waiting: deque[Slip] = deque()
        self._cheered: OrderedDict[tuple[int, str], Slip | Outcome] = OrderedDict()
        self._most = MOST_AT_ONCE
        self._timer: TimerHandle | None = None
        self._storing = False
        self._open = True
        self._asked = 0
        self._quiet = asyncio.Event()
        self._purses = Purses()
        self._crier = Crier(exchange, loop, ledger, self._ask, self)

    def __len__(self) -> int:
        return len(self._waiting)

    def begin(self) -> None:
        """Begin to count who is there, and tell what an earlier life of this process owes."""
        self._crier.begin()

    def take(self, screen: Screen, message: dict[str, Any]) -> None:
        """Take a message from a screen; the answer comes when it is stored.

        Raises slips.Unreadable. Whether the person may do it is asked again when it is stored.
        """
        key = slips.key_of(message)
        claims = screen.claims
        # While the gate is being asked, the screen stands in no room, but may be about to.
        shown = claims.topics if claims is not None and screen.waiting else screen.topics
        if claims is None or slips.topic_of(message) not in shown:
            _answer(screen, key, Outcome.UNKNOWN)
            return
        deed = slips.deed_of(message, claims.person)
        slip = Slip(screen, key, deed, time.monotonic())
        if len(self._waiting) >= MOST_WAITING or not self._open:
            _answer(screen, key, SLOW)
        elif not isinstance(deed, Cheering) or self._is_new(slip, deed):
            self._waiting.append(slip)
            self._gather()

    def tidy(self) -> None:
        """Answer those who have waited too long; called every second."""
        late = time.monotonic() - PATIENCE_SECONDS
        # Only those that are not being stored: of these nobody knows yet what becomes.
        while self._waiting and self._waiting[0].came < late:
            self._settle(self._waiting.popleft(), SLOW)

    async def close(self) -> None:
        """Store nothing more, and tell what was stored, also what is being stored just now."""
        self._open = False
        if self._timer is not None:
            self._timer.cancel()
        self._crier.close()
        # What was asked may lead to more: a batch that has been stored is still to be told.
        while self._asked:
            self._quiet.clear()
            await self._quiet.wait()
        self._thread.submit(self._ledger.close)
        await asyncio.to_thread(self._thread.shutdown)

    def _is_new(self, slip: Slip, deed: Cheering) -> bool:
        """Whether cheers have not been sent before; if so, whoever asks last is answered."""
        known = self._cheered.get((deed.person, slip.key))
        if isinstance(known, Slip):
            known.screen = slip.screen
            return False
        if known is not None:
            _answer(slip.screen, slip.key, known)
            return False
        count = self._purses.allowed(deed.person, deed.count, slip.came)
        if count == 0:
            _answer(slip.screen, slip.key, Outcome.DONE)
            return False
        slip.deed = Cheering(deed.person, deed.hall, deed.kind, count)
        self._cheered[deed.person, slip.key] = slip
        if len(self._cheered) > MOST_KEYS:
            self._cheered.popitem(last=False)
        return True

    def _gather(self) -> None:
        if self._timer is None and not self._storing:
            self._timer = self._loop.call_later(GATHER_SECONDS, self._store)

    def _store(self) -> None:
        self._timer = None
        if self._storing or not self._waiting or not self._open:
            return
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        self._storing = True
        deeds = [slip.deed for slip in batch]
        self._ask(lambda: self._ledger.count(deeds), partial(self._stored, batch))

    def _stored(self, batch: Sequence[Slip], future: Future[Counted]) -> None:
        self._storing = False
        error = future.exception()
        if error is not None:
            self._try_again(batch, error)
            return
        self._most = min(MOST_AT_ONCE, 2 * self._most)
        counted = future.result()
        for slip, outcome in zip(batch, counted.outcomes, strict=True):
            self._settle(slip, outcome)
        for hall, news in counted.news.items():
            self._crier.owe(hall, news)
        # What came meanwhile has waited long enough.
        self._store()

    def _try_again(self, batch: Sequence[Slip], error: BaseException) -> None:
        log.warning("%d deeds of screens could not be stored: %s", len(batch), error)
        if len(batch) > 1:
            # If one of them is to blame, it will be found alone, and the others pass it by.
            self._waiting.extendleft(reversed(batch))
            self._most = max(1, len(batch) // 2)
        else:
            self._waiting.extend(batch)
        self.tidy()
        if self._open:
            self._timer = self._loop.call_later(PAUSE_SECONDS, self._store)

    def _settle(self, slip: Slip, outcome: str) -> None:
        if isinstance(slip.deed, Cheering):
            key = slip.deed.person, slip.key
            if isinstance(outcome, Outcome):
                self._cheered[key] = outcome
            else:
                self._cheered.pop(key, None)
        _answer(slip.screen, slip.key, outcome)

    def _ask(self, call: Callable[[], Any], then: Callable[[Future[Any]], None]) -> None:
        """Call the ledger in the thread, and then `then` in the loop, with what became of it."""

        def answered(future: Future[Any]) -> None:
            # Cancelled only when the process ends; the loop may be closed by then.
            if not future.cancelled() and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(done, future)

        def done(future: Future[Any]) -> None:
            try:
                then(future)
            finally:
                self._asked -= 1
                if not self._asked:
                    self._quiet.set()

        self._asked += 1
        self._thread.submit(self._careful, call).add_done_callback(answered)

    def _careful(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception:
            self._ledger.recover()
            raise


def _answer(screen: Screen, key: str, outcome: str) -> None:
    screen.write(wire.message({"ack": key, "outcome": str(outcome)}))
