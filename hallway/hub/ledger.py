"""Where the hub writes what it was sent and what it counted: the tables of town halls."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from hallway.townhalls.actions import (
    Counted,
    Deed,
    News,
    count,
    tell_all,
    tell_in_turn,
    tell_owed,
)
from hallway.townhalls.actions.presence import begin_counting, count_present, on_air_of

MOST_HUBS = 64  # of one machine


class Ledger(Protocol):
    """All is called in one thread, one call after the other, and may raise what a database does."""

    def begin(self) -> None:
        """Make up for what an earlier life of this process left untold."""

    def count(self, deeds: Sequence[Deed]) -> Counted:
        """Store deeds in one transaction; when it returns they are on disk."""

    def tell(self, hall: int, news: News, seconds: float) -> bool:
        """Tell new counts unless somebody did within the last `seconds`; returns whether it did."""

    def tell_owed(self, halls: Iterable[int]) -> None:
        """Tell what plain forms have left untold in these halls."""

    def present(self, people: Mapping[int, int]) -> None:
        """Note how many people this hub holds in each hall, all halls it holds any in."""

    def recover(self) -> None:
        """Begin again with a new connection after an error."""

    def close(self) -> None:
        """Let go of everything."""


class DatabaseLedger:
    """The database of this installation."""

    def __init__(self) -> None:
        self._place = Place()
        self._told: dict[int, int | None] = {}

    def begin(self) -> None:
        begin_counting(self._place.name)
        tell_all()

    def count(self, deeds: Sequence[Deed]) -> Counted:
        return count(deeds)

    def tell(self, hall: int, news: News, seconds: float) -> bool:
        return tell_in_turn(hall, news, seconds)

    def tell_owed(self, halls: Iterable[int]) -> None:
        tell_owed(halls)

    def present(self, people: Mapping[int, int]) -> None:
        halls = on_air_of({*people, *self._told})
        # Those of halls that have ended are forgotten; the end took their rows away.
        self._told = {hall: self._told.get(hall) for hall in halls}
        for hall in sorted(halls):
            number = people.get(hall, 0)
            self._told[hall] = count_present(hall, self._place.name, number, self._told[hall])
            if not number:
                del self._told[hall]

    def recover(self) -> None:
        connection.close()

    def close(self) -> None:
        self.recover()
        self._place.leave()


class Place:
    """A name for this hub that none of those running has, and that the next one takes over.

    So what a killed hub had counted is replaced as soon as it runs again. Held by a lock on a
    file, which the system lets go of when the process ends, however it ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        held = (folder or settings.CONFIG.data) / "hubs"
        held.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(MOST_HUBS):
            self._file = os.open(held / str(number), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.name = f"{socket.gethostname()[:28]}-{number}"
                return
            os.close(self._file)
        raise RuntimeError(f"more than {MOST_HUBS} hubs run on this machine")

    def leave(self) -> None:
        """Let the next one have it."""
        os.close(self._file)
