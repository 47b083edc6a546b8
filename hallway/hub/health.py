"""How this Hallway is: whether it takes writes, how late the worker is, and the room on disk."""

import asyncio
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone

from hallway.core.writing import writing
from hallway.journal import following

FRESH_SECONDS = 10.0  # that one look serves all who ask
PATIENCE_SECONDS = 5.0  # that somebody who asks waits for a new look
LITTLE = 0.1  # of the disk
LONG_BEHIND = 60  # seconds; notifications are late then


@dataclass(frozen=True, slots=True)
class Health:
    """What one look found."""

    writes: bool
    behind: int | None  # seconds since the oldest deed the worker has not read; None: unknown
    free: float  # share of the disk

    @property
    def status(self) -> int:
        """The HTTP status that a load balancer goes by."""
        return 200 if self.writes else 503

    def __str__(self) -> str:
        lines = ["ok" if self.writes else "the database takes no writes"]
        if self.behind is not None:
            late = ", late" if self.behind > LONG_BEHIND else ""
            lines.append(f"worker: {self.behind} s behind{late}")
        lines.append(f"disk: {self.free:.0%} free{', low' if self.free < LITTLE else ''}")
        return "\n".join(lines) + "\n"


def look() -> Health:
    """Look now: one small write, one short read."""
    return Health(_takes_writes(), _behind(), share_free())


def look_alone() -> Health:
    """As `look`, in a thread that keeps no connection."""
    try:
        return look()
    finally:
        connection.close()


def share_free() -> float:
    """The share of the disk with the data folder that is free."""
    usage = shutil.disk_usage(settings.CONFIG.data)
    return usage.free / usage.total


def _takes_writes() -> bool:
    try:
        with writing():
            # Over at once, so that the next look writes again; False says that nothing was written.
            return cache.add("hallway.health", 1, 0)
    except (DatabaseError, OSError):
        return False


def _behind() -> int | None:
    try:
        waiting = following.oldest_waiting()
    except DatabaseError:
        return None
    return max(0, int((timezone.now() - waiting).total_seconds())) if waiting else 0


class Looks:
    """For threads: looks at most every ten seconds; who comes meanwhile is told the last find."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: tuple[float, Health] | None = None

    def get(self) -> Health:
        """What the last look found, after a new one if that is due."""
        known = self._found
        if known and (time.monotonic() < known[0] or self._lock.locked()):
            return known[1]
        with self._lock:
            found = look()
            self._found = time.monotonic() + FRESH_SECONDS, found
            return found


class Watch:
    """Looks at most every ten seconds, once for all who ask meanwhile."""

    def __init__(self, look: Callable[[], Health] = look_alone) -> None:
        self._look = look
        self._looking: asyncio.Task[Health] | None = None
        self._due = 0.0

    async def health(self) -> Health | None:
        """What the last look found; None if it takes too long, which is no good sign."""
        task = self._looking
        if task is None or (task.done() and time.monotonic() > self._due):
            self._due = time.monotonic() + FRESH_SECONDS
            task = self._looking = asyncio.create_task(asyncio.to_thread(self._look))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await asyncio.shield(task)
        except TimeoutError:
            return None
