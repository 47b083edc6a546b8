"""Where the drawing thread reads: the journal, and the hint that there is more."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from hallway.hub.endings import VERBS
from hallway.journal import reader
from hallway.journal.position import Position
from hallway.journal.reader import Deed
from hallway.journal.watching import Watch
from hallway.townhalls import access

PAGE = 50  # deeds read and told at a time
WARM = 200  # sequence numbers, or transactions, that a starting hub looks back


class Source(Protocol):
    """Deeds in order. All but the constructor is called in the drawing thread only."""

    def start(self) -> Position:
        """The place to begin at: everything after it is held by the journal."""

    def incarnation(self) -> str:
        """Which life of the journal this is."""

    def read(self, after: Position) -> Sequence[Deed]:
        """The next deeds after a position, at most a page; empty when there are none."""

    def endings(self, after: Position) -> Sequence[Deed]:
        """All deeds after a position that may end access and whose effect can be seen by now."""

    def halls_in(self, space: int) -> Sequence[int]:
        """The numbers of all town halls there are in a space now."""

    def wait(self, timeout: float) -> bool:
        """Block until there may be more, or `timeout` seconds."""

    def recover(self) -> None:
        """Begin again with a new connection after an error."""

    def close(self) -> None:
        """Let go of what the thread holds."""


class JournalSource:
    """The journal of this installation."""

    def __init__(self) -> None:
        self._watch: Watch | None = None

    def start(self) -> Position:
        """A little before now, so that screens that come back after a restart are caught up.

        The journal may have been trimmed, hence the first row found and not the place asked for.
        """
        now = reader.position()
        if now.xid:
            back = Position(max(0, now.xid - WARM), 0)
        else:
            back = Position(0, max(0, now.seq - WARM))
        first = reader.read(back, 1)
        return min(first[0].position, now) if first else now

    def incarnation(self) -> str:
        return reader.incarnation()

    def read(self, after: Position) -> Sequence[Deed]:
        return reader.read(after, PAGE)

    def endings(self, after: Position) -> Sequence[Deed]:
        return reader.committed(after, VERBS)

    def halls_in(self, space: int) -> Sequence[int]:
        return list(access.numbers_in(space))

    def wait(self, timeout: float) -> bool:
        if self._watch is None:
            # What was committed before the watch began is found by reading, not by waiting.
            self._watch = Watch()
            return True
        return self._watch.wait(timeout)

    def recover(self) -> None:
        self._watch = None
        connection.close()

    def close(self) -> None:
        self.recover()
