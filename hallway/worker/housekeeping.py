"""What is due at its time is done beside the worker, so that nobody's bell waits for it."""

import logging
import threading

from django.db import connection

from hallway.worker.chores import Chores, Reminding

log = logging.getLogger(__name__)

SECONDS = 0.5
"""Between two looks at the clock; also the pace at which folders are swept."""

PAUSE = 10.0


def run(stop: threading.Event) -> None:
    """Do it in this thread until `stop` is set; any number may run at once."""
    chores, reminding = Chores(), Reminding()
    try:
        while not stop.is_set():
            try:
                reminding.do_what_is_due()
                chores.do_what_is_due()
                stop.wait(SECONDS)
            except Exception:
                # Most likely the database is away: what is due stays due.
                log.exception("housekeeping goes on in %s s", PAUSE)
                connection.close()
                stop.wait(PAUSE)
    finally:
        connection.close()


def run_in_thread(stop: threading.Event) -> threading.Thread:
    """Run beside the worker; ends soon after `stop` is set."""
    thread = threading.Thread(target=run, args=[stop], name="housekeeping", daemon=True)
    thread.start()
    return thread
