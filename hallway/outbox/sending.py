"""Sending what is due: claim some, resolve and hand over each, forget it or put it off."""

import logging
import threading
from datetime import timedelta

from django.db import InterfaceError, OperationalError

from hallway.outbox import actions
from hallway.outbox.kinds import Done, Later, sender_of
from hallway.outbox.models import Outgoing
from hallway.outbox.office import NotTaken, PostOffice

log = logging.getLogger(__name__)

BATCH = 20
MARGIN = timedelta(minutes=1)
"""Nothing is begun so shortly before the lease ends: somebody else may take it then."""


def send_due(office: PostOffice, stop: threading.Event | None = None) -> int:
    """Send a batch of what is due; returns how many rows were taken up.

    A row is forgotten in a transaction of its own as soon as it is handed over. So a worker that
    dies repeats at most the one it was handing over, under the same number, and loses none.
    """
    rows = actions.claim(BATCH)
    for row in rows:
        if (stop is not None and stop.is_set()) or row.due_at - actions.now() < MARGIN:
            actions.put_off(row, actions.now())
            continue
        _send(row, office)
    return len(rows)


def send_all() -> int:
    """Send until nothing is due; returns how many rows were taken up."""
    total = 0
    with PostOffice() as office:
        while sent := send_due(office):
            total += sent
    return total


def _send(row: Outgoing, office: PostOffice) -> None:
    try:
        outcome = sender_of(row.kind)(row, office)
    except NotTaken as error:
        log.warning("%s %s was not sent: %s", row.kind, row.pk, error)
        actions.put_back(row, error)
        return
    except (OperationalError, InterfaceError):
        # The database is in trouble; the lease gives the row back.
        raise
    except Exception as error:
        log.exception("%s %s could not be written", row.kind, row.pk)
        actions.put_back(row, NotTaken(type(error).__name__))
        return
    if isinstance(outcome, Later):
        actions.put_off(row, outcome.at)
    else:
        _finish(row, outcome)


def _finish(row: Outgoing, done: Done) -> None:
    try:
        actions.finish(row, done)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # It is sent. Rather than send it again and again, stop here and have somebody look.
        log.exception("%s %s was sent, but what follows could not be written", row.kind, row.pk)
        actions.put_back(row, NotTaken(f"sent, then {type(error).__name__}", for_good=True))
