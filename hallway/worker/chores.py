"""What is tidied once a day: old deeds, notifications, sessions and sign-in attempts."""

import time
from collections.abc import Callable, Sequence

from hallway.accounts import trimming as accounts
from hallway.journal import following
from hallway.notifications import actions as notifications

DAY = 24 * 3600.0


CHORES: Sequence[Callable[[], object]] = (
    following.trim,
    notifications.trim,
    accounts.trim,
)


class Chores:
    """Does every chore soon after the start and then once a day; doing one twice is harmless."""

    def __init__(self, chores: Sequence[Callable[[], object]] = CHORES) -> None:
        self._chores = chores
        self._due = time.monotonic()

    def do_what_is_due(self) -> bool:
        """Do all chores if a day has passed; returns whether it had."""
        if time.monotonic() < self._due:
            return False
        for chore in self._chores:
            chore()
        self._due = time.monotonic() + DAY
        return True
