"""Waiting for the next commit: a hint that something is to be read, never the data itself."""

import time

from django.db import connection

from hallway.journal.writer import CHANNEL

SQLITE_INTERVAL = 0.005  # seconds; asking costs about 5 µs


class Watch:
    """Blocks one thread until another connection has committed.

    On SQLite it asks `PRAGMA data_version`; on PostgreSQL it listens. Hints may be missed or
    come too often; readers always ask the journal. Use and close it in the thread that made it.
    """

    def __init__(self) -> None:
        self._version = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        else:
            self._version = self._data_version()

    def wait(self, timeout: float) -> bool:
        """Return True as soon as something was committed, False after `timeout` seconds."""
        if connection.vendor == "postgresql":
            # All hints that have come are one: otherwise a reader that was busy while a thousand
            # deeds were done would wake a thousand times for nothing.
            return bool(list(connection.connection.notifies(timeout=timeout, stop_after=1)))
        deadline = time.monotonic() + timeout
        while True:
            version = self._data_version()
            if version != self._version:
                self._version = version
                return True
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            time.sleep(min(SQLITE_INTERVAL, remaining))

    def _data_version(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])
