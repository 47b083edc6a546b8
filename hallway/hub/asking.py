"""Asking the gate about many screens with one question, since that costs little more than one.

A few who come are asked about within moments; when a crowd comes, after a restart, it is worth to
wait a little longer for more of it. Everything here runs in the event loop's thread; the gate
thinks in threads of its own.
"""

import logging
from asyncio import AbstractEventLoop, TimerHandle
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from hallway.hub.admission import Admission, Gate
from hallway.hub.screens import Screen
from hallway.hub.tickets import Claims

log = logging.getLogger(__name__)

THREADS = 2
GATHER_SECONDS = 0.03  # from the first screen of a question until it is asked
CROWD = 20  # screens in one question, from which on more are expected
CROWD_SECONDS = 0.2  # the same for a crowd
MOST_AT_ONCE = 200  # screens in one question; it is asked as soon as there are so many

Asked = tuple[Screen, int]
"""A screen, and which time it is that something is asked about it."""


class Asking:
    """The questions of one process. `answer` is told what the gate says, None if it failed."""

    def __init__(
        self,
        gate: Gate,
        loop: AbstractEventLoop,
        answer: Callable[[Screen, Admission | None], None],
    ) -> None:
        self._gate = gate
        self._loop = loop
        self._answer = answer
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hub-gate")
        self._queue: deque[Asked] = deque()
        self._timer: TimerHandle | None = None
        self._pause = GATHER_SECONDS
        self._open = 0
        self._closed = False

    def ask(self, screen: Screen) -> None:
        """Ask what the screen may show; an earlier question about it needs no answer any more."""
        screen.asking += 1
        self._queue.append((screen, screen.asking))
        if len(self._queue) >= MOST_AT_ONCE:
            self._go_on()
        elif self._timer is None:
            self._timer = self._loop.call_later(self._pause, self._go_on)

    def forget(self, screen: Screen) -> None:
        """No answer is needed any more."""
        screen.asking += 1

    def close(self) -> None:
        """Ask nothing more."""
        self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._gate.close()

    def _go_on(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._queue and self._open < THREADS and not self._closed:
            asked: list[Asked] = []
            claims: list[Claims] = []
            while self._queue and len(asked) < MOST_AT_ONCE:
                screen, number = self._queue.popleft()
                if number == screen.asking and screen.claims is not None:
                    # Whatever has ended by now is known to an answer that is read from now on.
                    screen.recheck = False
                    asked.append((screen, number))
                    claims.append(screen.claims)
            if asked:
                self._pause = GATHER_SECONDS if len(asked) < CROWD else CROWD_SECONDS
                self._question(asked, claims)

    def _question(self, asked: Sequence[Asked], claims: Sequence[Claims]) -> None:
        def answered(future: Future[Sequence[Admission]]) -> None:
            # Cancelled only when the process ends; the loop may be closed by then.
            if not future.cancelled() and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._answered, asked, future)

        self._open += 1
        self._threads.submit(self._gate.admit, claims).add_done_callback(answered)

    def _answered(self, asked: Sequence[Asked], future: Future[Sequence[Admission]]) -> None:
        self._open -= 1
        if self._timer is None:
            # Some may wait because all threads were thinking.
            self._go_on()
        error = future.exception()
        if error is not None:
            log.error("the gate failed for %d screens", len(asked), exc_info=error)
        admissions: Sequence[Admission | None] = (
            [None] * len(asked) if error is not None else future.result()
        )
        for (screen, number), admission in zip(asked, admissions, strict=True):
            # Otherwise it is gone, or a newer ticket has come.
            if number == screen.asking:
                self._answer(screen, admission)
