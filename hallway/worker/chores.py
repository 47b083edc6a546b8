"""What is done at its time: tidying once a day, reminding of what begins, closing what is over."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import connection

from hallway.accounts import trimming as accounts
from hallway.audit import trimming as audit
from hallway.core import limits
from hallway.entries.actions import reading
from hallway.entries.actions.send_ahead import give_up_old
from hallway.guests.actions import end_what_is_over, warn_of_ends
from hallway.journal import following
from hallway.notifications import actions as notifications
from hallway.outbox import actions as outbox
from hallway.outside.actions import enroll, enroll_newcomers, owe_digests
from hallway.owndata.actions import download as owndata
from hallway.owndata.actions.erase import erase_what_is_due
from hallway.scheduled.actions import publish_due
from hallway.townhalls.actions.closing import close_what_is_over
from hallway.townhalls.actions.remind import remind_of_what_begins
from hallway.worker.sweeping import sweep

log = logging.getLogger(__name__)

DAY = 24 * 3600.0
LOOKED_AFTER = 20.0
"""Seconds between two looks whether something begins or is over."""

CHORES: Sequence[Callable[[], object]] = (
    following.trim,
    notifications.trim,
    reading.trim,
    accounts.trim,
    limits.trim,
    outbox.trim,
    audit.trim,
    give_up_old,
    enroll,
    owndata.trim,
)


LOOKS: Sequence[Callable[[], object]] = (
    remind_of_what_begins,
    publish_due,
    close_what_is_over,
    end_what_is_over,
    warn_of_ends,
    enroll_newcomers,
    owe_digests,
    erase_what_is_due,
    owndata.make_aside,
)


class Chores:
    """Does every chore soon after the start and then once a day; doing one twice is harmless.

    The files are swept a folder at a time, so that what begins or is over is looked for meanwhile.
    """

    def __init__(self, chores: Sequence[Callable[[], object]] = CHORES) -> None:
        self._chores = chores
        self._due = time.monotonic()
        self._sweeping: Iterator[int] = iter(())

    def do_what_is_due(self) -> bool:
        """Do all chores if a day has passed, and go on sweeping; returns whether it had."""
        next(self._sweeping, None)
        if time.monotonic() < self._due:
            return False
        _do(self._chores)
        self._sweeping = sweep()
        self._due = time.monotonic() + DAY
        return True


class Reminding:
    """Looks every few seconds for what begins or is over; doing either twice is harmless."""

    def __init__(self, looks: Sequence[Callable[[], object]] = LOOKS) -> None:
        self._looks = looks
        self._due = time.monotonic()

    def do_what_is_due(self) -> bool:
        """Look if it is time to; returns whether it was."""
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + LOOKED_AFTER
        _do(self._looks)
        return True


def _do(tasks: Iterable[Callable[[], object]]) -> None:
    """Do each, also after one that failed; raises the first error when all have had their turn."""
    errors: list[Exception] = []
    for task in tasks:
        try:
            task()
        except Exception as error:
            log.exception("%s failed", getattr(task, "__name__", task))
            errors.append(error)
            # It may be the connection that is broken; the next one begins with a new one.
            connection.close()
    if errors:
        raise errors[0]
