"""The exchange: applies what the journal says to the open screens, strictly in order.

Everything here runs in the event loop's thread, so nothing needs a lock. The drawing thread hands
over batches; the gate is asked in threads of its own (`asking`).

Why a removal is exact. Let a person lose access at position r. The batch that holds r, or one
before it, applies the ending before it writes any frame, and frames after r come in that batch or
later. A screen that had been registered by then either stood in rooms, and was taken out; or was
waiting for the gate, and is marked `recheck`: if the gate was thinking, its answer is thrown away
and it is asked again; if the screen had not been asked about yet, the mark is taken off when it is.
A screen that registers afterwards asks the gate afterwards. In each case the answer used was
read after the hub had read r, which was committed before, so it knows of the removal. Hence no
screen stands in the room when a frame after r is written, unless access was given back. A town
hall's rooms are emptied with those of its space, by the same row (see `endings`).

Endings go ahead of the frames of their batch, because a frame is drawn from the state at drawing
time: one with a position before r may show words that were written after it.
"""

from asyncio import AbstractEventLoop
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hallway.hub import wire
from hallway.hub.admission import Admission, Gate
from hallway.hub.asking import Asking
from hallway.hub.endings import Ending
from hallway.hub.history import Frame, History
from hallway.hub.screens import Rooms, Screen
from hallway.hub.tickets import Claims, Refused, Used, check, mint
from hallway.journal.position import Position

MOST_OF_ONE = 30  # screens of one person; further ones read themselves anew now and then
MOST_AT_ONCE = 64 * 1024  # bytes of a run, in all languages


class TooMany(Exception):
    """The person has as many screens as one may have."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the drawing thread hands over: endings first, then frames, then topics to read anew."""

    position: Position
    endings: Sequence[Ending] = ()
    frames: Sequence[Frame] = ()
    broken: Sequence[str] = ()


class Exchange:
    """Holds the screens of one process and tells them what happens."""

    def __init__(
        self, gate: Gate, loop: AbstractEventLoop, start: Position, incarnation: str
    ) -> None:
        self._asking = Asking(gate, loop, self._answer)
        self._used = Used()
        self.rooms = Rooms()
        self.waiting: dict[Screen, None] = {}
        self.begin(start, incarnation)

    def begin(self, start: Position, incarnation: str) -> None:
        """Begin to follow a journal at `start`. Screens of an earlier life of it must reload."""
        self.applied = start
        self.incarnation = incarnation
        self.history = History(start)
        message = wire.reload(wire.RELOAD_INCARNATION)
        for screen in list(self._all()):
            screen.since = start
            screen.write(message)

    def apply(self, batch: Batch) -> None:
        """Apply one batch: end access, tell the frames, keep them for those who are away."""
        for ending in batch.endings:
            self._end(ending)
        # Neighbours of one topic go out in one write. Frames are not gathered further: a screen
        # whose connection breaks must have everything before the newest position it has seen.
        for run in _runs(batch.frames):
            self._tell(run)
            for frame in run:
                self.history.hold(frame)
        for topic in batch.broken:
            self.history.forget(topic, batch.position)
            for screen in self.rooms.showing(topic):
                screen.write(wire.reload(wire.RELOAD_GAP))
        self.applied = max(self.applied, batch.position)

    def present(self, screen: Screen, token: str, since: Position | None = None) -> None:
        """Take a ticket from a screen; the answer comes later. Raises Refused.

        With `since`, it has been told everything up to there; else up to the ticket's position.
        """
        claims = check(token)
        if since is not None:
            claims = replace(claims, position=since)
        if claims.session != screen.session:
            raise Refused("the ticket belongs to another session")
        if screen.claims is not None and screen.claims.person != claims.person:
            raise Refused("the ticket belongs to somebody else")
        if not self._used.first(claims.nonce):
            raise Refused("the ticket has been used")
        # Registered before the gate is asked: see the argument above.
        if screen.claims is None:
            if len(self.rooms.people.get(claims.person, ())) >= MOST_OF_ONE:
                raise TooMany("too many screens are open")
            self.rooms.register(screen, claims.person, claims.session)
        screen.claims = claims
        screen.since = claims.position
        screen.fresh = True
        self._ask(screen)

    def ask_again(self, screen: Screen) -> None:
        """Tell the screen nothing until the gate has said what it may still see."""
        if screen.claims is None:
            return
        if screen.waiting:
            screen.recheck = True
            return
        screen.since = max(screen.since, self.applied)
        self._ask(screen)

    def provide(self, screen: Screen) -> None:
        """Give a screen a new ticket, with which it can return without asking a page for one."""
        if screen.claims is not None and not screen.waiting:
            # All that was applied has been written to it, so it has been told all up to there.
            p = str(max(screen.since, self.applied))
            screen.write(wire.message({"ticket": self._ticket(screen.claims), "p": p}))

    def gone(self, screen: Screen) -> None:
        """Forget a screen whose connection has ended."""
        self._asking.forget(screen)
        self.waiting.pop(screen, None)
        self.rooms.forget(screen)

    def close_all(self) -> None:
        """Close every screen; each comes back and is caught up."""
        for screen in list(self._all()):
            self.gone(screen)
            screen.wire.end(wire.TROUBLE, "try again")

    def tidy(self) -> None:
        """Let go of used tickets and old frames; called every second."""
        self._used.forget_expired()
        self.history.trim()

    def close(self) -> None:
        """Ask the gate nothing more."""
        self._asking.close()

    def _all(self) -> Iterable[Screen]:
        for group in self.rooms.people.values():
            yield from group

    def _tell(self, run: list[Frame]) -> None:
        for language, screens in list(self.rooms.rooms.get(run[0].topic, {}).items()):
            data = b"".join([frame.in_language(language) for frame in run])
            # A copy, since whoever is too slow leaves the room while being written to.
            for screen in list(screens):
                screen.write(data)

    def _end(self, ending: Ending) -> None:
        if ending.session is not None:
            self._shut_all(self.rooms.of_session(ending.session))
        if ending.person is not None:
            self._shut_all(self.rooms.of_person(ending.person))
        if ending.doubted_person is not None:
            for screen in self.rooms.of_person(ending.doubted_person):
                self.ask_again(screen)
        if ending.doubted_topics:
            self._doubt(ending.doubted_topics)
        for what in ending.forgotten:
            self.history.forget(what, ending.position)

    def _doubt(self, topics: frozenset[str]) -> None:
        showing = [screen for topic in topics for screen in self.rooms.showing(topic)]
        for screen in dict.fromkeys([*showing, *self.waiting]):
            if screen.claims is not None and not topics.isdisjoint(screen.claims.topics):
                self.ask_again(screen)

    def _shut_all(self, screens: Iterable[Screen]) -> None:
        for screen in screens:
            self._shut(screen)

    def _shut(self, screen: Screen) -> None:
        self.gone(screen)
        screen.wire.end(wire.ACCESS_ENDED, "access ended")

    def _ticket(self, claims: Claims) -> str:
        return mint(
            claims.person,
            claims.session,
            claims.topics,
            self.applied,
            claims.language,
            claims.incarnation,
        )

    def _ask(self, screen: Screen) -> None:
        self.rooms.leave(screen)
        self.waiting[screen] = None
        screen.waiting = True
        screen.recheck = False
        self._asking.ask(screen)

    def _answer(self, screen: Screen, admission: Admission | None) -> None:
        claims = screen.claims
        if claims is None:
            return
        if screen.recheck:
            self._ask(screen)
            return
        if admission is None:
            self.gone(screen)
            screen.wire.end(wire.TROUBLE, "try again")
            return
        if not admission.alive:
            self._shut(screen)
            return
        screen.waiting = False
        del self.waiting[screen]
        self._admit(screen, claims, claims.topics & admission.topics)

    def _admit(self, screen: Screen, claims: Claims, topics: frozenset[str]) -> None:
        fresh, screen.fresh = screen.fresh, False
        out = [wire.ended(topic) for topic in sorted(claims.topics - topics)]
        if len(topics) < len(claims.topics):
            # What has been told as ended is not told again.
            screen.claims = claims = replace(claims, topics=topics)
        since = screen.since
        if fresh and claims.incarnation != self.incarnation:
            out.append(wire.reload(wire.RELOAD_INCARNATION))
        else:
            missed = self.history.missed(topics, since, claims.language)
            out.append(wire.reload(wire.RELOAD_OLD) if missed is None else missed)
        self.rooms.enter(screen, topics, claims.language)
        screen.since = since = max(since, self.applied)
        if fresh:
            # The page may be ahead of the hub; then the screen ignores what it has already.
            has = {
                topic: str(max(self.history.last(topic) or since, claims.position))
                for topic in sorted(topics)
            }
            # Who is the hundredth to come is told so, and takes more time than the first to read
            # a page anew; those who came before need not be told that there are more by now.
            crowd = {topic: self.rooms.count(topic) for topic in has}
            ready = {
                "p": str(since),
                "incarnation": self.incarnation,
                "topics": has,
                "crowd": crowd,
                "ticket": self._ticket(claims),
            }
            out.append(wire.message({"ready": ready}))
        screen.write(b"".join(out))


def _runs(frames: Iterable[Frame]) -> Iterable[list[Frame]]:
    """Neighbours of the same topic, as many as may be written without asking who keeps up."""
    run: list[Frame] = []
    size = 0
    for frame in frames:
        if run and (frame.topic != run[0].topic or size + frame.size > MOST_AT_ONCE):
            yield run
            run, size = [], 0
        run.append(frame)
        size += frame.size
    if run:
        yield run
