"""The loop: waits for commits, lets all journal readers go on, survives a database that is away."""

import logging
import threading
from collections.abc import Sequence

from django.db import connection

from hallway.journal.following import Follower
from hallway.journal.watching import Watch
from hallway.notifications.reader import follower as notifications
from hallway.worker import courier, housekeeping

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5  # also the longest that stopping takes
JOINED_SECONDS = 10.0  # for what runs beside: a mail server may take its time
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds after the first, second … error in a row


def followers() -> list[Follower]:
    """All readers of the journal that keep a cursor."""
    return [notifications()]


def run(stop: threading.Event, readers: Sequence[Follower] | None = None) -> None:
    """Follow the journal in this thread until `stop` is set.

    Any number may run at once: each cursor's row lock lets one go on and the others wait. In
    threads beside it a courier sends what is to be told outside, and the house is kept.
    """
    readers = followers() if readers is None else readers
    log.info("worker started: %s", ", ".join(reader.name for reader in readers))
    errors = 0
    beside = [courier.run_in_thread(stop), housekeeping.run_in_thread(stop)]
    try:
        while not stop.is_set():
            try:
                watch = Watch()
                while not stop.is_set():
                    advance(readers, stop)
                    errors = 0
                    watch.wait(IDLE_SECONDS)
            except Exception:
                # Most likely the database is away: nothing is lost, the journal waits.
                pause = PAUSES[min(errors, len(PAUSES) - 1)]
                errors += 1
                log.exception("the worker goes on in %s s", pause)
                connection.close()
                stop.wait(pause)
    finally:
        connection.close()
        for thread in beside:
            thread.join(timeout=JOINED_SECONDS)


def advance(readers: Sequence[Follower], stop: threading.Event) -> None:
    """Let every reader go on until nothing waits, a batch each in turn."""
    busy = list(readers)
    while busy and not stop.is_set():
        busy = [reader for reader in busy if reader.advance()]


def run_in_thread(stop: threading.Event) -> threading.Thread:
    """Run the worker beside something else in this process; ends soon after `stop` is set."""
    thread = threading.Thread(target=run, args=[stop], name="worker", daemon=True)
    thread.start()
    return thread
