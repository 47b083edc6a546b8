"""The drawing thread: reads the journal, draws what each deed changes, hands it to the exchange."""

import logging
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from hallway.hub.endings import ending_of
from hallway.hub.exchange import Batch, Exchange
from hallway.hub.history import Frame, Part
from hallway.hub.source import Source
from hallway.journal.position import Position
from hallway.journal.reader import Deed

log = logging.getLogger(__name__)

PAUSES = (0.05, 0.2)  # seconds between the three attempts to draw a deed
BATCHES_AHEAD = 4  # that may wait for the loop; the journal is patient, memory is not
IDLE_SECONDS = 0.5
LOOK_SECONDS = 2.0  # between looks whether the journal is still the same one
MOST_TOPICS = 100_000


class Drawn(Protocol):
    """One change to one thing on the screens of one topic."""

    @property
    def topic(self) -> str:
        """Who is told."""

    @property
    def target(self) -> str:
        """What is changed; a later change of the same target supersedes this one."""

    @property
    def html(self) -> Mapping[str, str]:
        """A Turbo Stream in each language."""


Draw = Callable[[Deed], Sequence[Drawn]]


class Reading:
    """Follows the journal in a thread of its own and never stops for a deed it cannot draw.

    Before what was drawn is handed over, all endings committed by then are read, however far the
    thread is behind, and go with it: whatever was committed before or while drawing may be visible
    in what was drawn, so those who lost access meanwhile must be gone before it is told.
    """

    def __init__(
        self, exchange: Exchange, loop: AbstractEventLoop, source: Source, draw: Draw
    ) -> None:
        self._exchange = exchange
        self._loop = loop
        self._source = source
        self._draw = draw
        self._after = exchange.applied
        self._announced: set[Position] = set()  # endings handed over ahead of their turn
        self._incarnation = exchange.incarnation
        self._previous: dict[str, Position] = {}
        self._room = threading.Semaphore(BATCHES_AHEAD)
        self._stop = threading.Event()
        self._looked = time.monotonic()
        self._read = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="hub-drawing", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the batch at hand and wait for the thread."""
        self._stop.set()
        self._thread.join(timeout=5)

    def is_well(self) -> bool:
        """Whether the journal has been read lately."""
        return self._thread.is_alive() and time.monotonic() - self._read < 15

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except _AnotherLife:
                log.warning("the journal has a new incarnation; all screens reload")
            except Exception:
                # Most likely the database is away: nothing is lost, the journal waits.
                log.exception("reading the journal failed after %s; trying again", self._after)
                self._recover()
                self._stop.wait(1)
        self._source.close()

    def _follow(self) -> None:
        page = self._next(self._after)
        while not self._stop.is_set():
            self._look_for_another_life()
            if not page:
                self._source.wait(IDLE_SECONDS)
                page = self._next(self._after)
                continue
            frames, broken = self._drawn(page)
            self._hand_over(page, frames, broken)
            self._after = page[-1].position
            page = self._next(self._after)

    def _next(self, after: Position) -> Sequence[Deed]:
        page = self._source.read(after)
        self._read = time.monotonic()
        return page

    def _hand_over(
        self,
        page: Sequence[Deed],
        frames: list[Frame],
        broken: list[str],
    ) -> None:
        done = page[-1].position
        ahead = self._source.endings(done)
        news = [deed for deed in (*page, *ahead) if deed.position not in self._announced]
        found = [ending_of(deed, self._source.halls_in) for deed in news]
        endings = [ending for ending in found if ending is not None]
        batch = Batch(done, endings, frames, broken)
        while not self._room.acquire(timeout=0.5):
            if self._stop.is_set():
                return
        self._loop.call_soon_threadsafe(self._apply, batch)
        self._announced = {deed.position for deed in ahead}

    def _apply(self, batch: Batch) -> None:
        try:
            self._exchange.apply(batch)
        except Exception:
            # An ending may not have been applied, so nobody may stay.
            log.exception("a batch at %s failed; closing all screens", batch.position)
            self._exchange.close_all()
        finally:
            self._room.release()

    def _drawn(self, page: Sequence[Deed]) -> tuple[list[Frame], list[str]]:
        frames: list[Frame] = []
        broken: list[str] = []
        for deed in page:
            drawn = self._attempt(deed)
            if drawn is None:
                broken += _topics_near(deed)
            else:
                frames += drawn
        if len(self._previous) > MOST_TOPICS:
            self._previous.clear()
        return frames, broken

    def _attempt(self, deed: Deed) -> list[Frame] | None:
        for pause in (*PAUSES, None):
            try:
                frames = self._frames(deed)
            except Exception:
                if pause is None:
                    log.exception("%s %s cannot be drawn; left out", deed.position, deed.verb)
                    return None
                log.warning("drawing %s %s failed", deed.position, deed.verb, exc_info=True)
                self._recover()
                self._stop.wait(pause)
            else:
                for frame in frames:
                    self._previous[frame.topic] = frame.position
                return frames
        return None

    def _frames(self, deed: Deed) -> list[Frame]:
        topics: dict[str, list[Part]] = {}
        for drawn in self._draw(deed):
            topics.setdefault(drawn.topic, []).append(Part(drawn.target, drawn.html))
        return [
            Frame(topic, deed.position, self._previous.get(topic), tuple(parts)).encode()
            for topic, parts in topics.items()
        ]

    def _look_for_another_life(self) -> None:
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        incarnation = self._source.incarnation()
        if incarnation == self._incarnation:
            return
        self._incarnation = incarnation
        start = self._source.start()
        self._after = start
        self._announced.clear()
        self._previous.clear()
        self._loop.call_soon_threadsafe(self._exchange.begin, start, incarnation)
        raise _AnotherLife

    def _recover(self) -> None:
        try:
            self._source.recover()
        except Exception:
            log.exception("closing the connection failed")


class _AnotherLife(Exception):
    """Leaves the page at hand, which belongs to the past."""


def _topics_near(deed: Deed) -> list[str]:
    """The topics a deed most likely concerns, from its row alone."""
    near = {"space": deed.space_id, "person": deed.person_id, "author": deed.actor_id}
    if deed.verb.startswith("hall."):
        near |= {"hall": deed.entry_id, "desk": deed.entry_id}
    return [f"{kind}:{number}" for kind, number in near.items() if number]
