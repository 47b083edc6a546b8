"""The courier: hands over what is to be told outside, beside the worker, for servers are slow."""

import logging
import threading

from django.db import connection

from hallway.outbox.office import PostOffice
from hallway.outbox.sending import send_due

log = logging.getLogger(__name__)

SECONDS = 1.0
"""Between two looks whether something is due."""

PAUSE = 10.0


def run(stop: threading.Event) -> None:
    """Send what is due in this thread until `stop` is set; any number may run at once."""
    try:
        while not stop.is_set():
            try:
                with PostOffice() as office:
                    _work(office, stop)
            except Exception:
                # Most likely the database is away: nothing is lost, the outbox waits.
                log.exception("the courier goes on in %s s", PAUSE)
                connection.close()
                stop.wait(PAUSE)
    finally:
        connection.close()


def run_in_thread(stop: threading.Event) -> threading.Thread:
    """Run beside the worker; ends soon after `stop` is set."""
    thread = threading.Thread(target=run, args=[stop], name="courier", daemon=True)
    thread.start()
    return thread


def _work(office: PostOffice, stop: threading.Event) -> None:
    while not stop.is_set():
        if not send_due(office, stop):
            # Nobody keeps a mail server waiting who has nothing to say.
            office.close()
            stop.wait(SECONDS)
