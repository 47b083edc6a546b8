"""Giving out handles to many people without asking the database for each."""

import re

from hallway.people.actions.join import handle_from, untaken
from hallway.people.models import RESERVED_HANDLES, Person

_NUMBERED = re.compile(r"(.+)-(\d{1,9})")


class Handles:
    """All handles there are, read once, and the highest number given to each name."""

    def __init__(self) -> None:
        self._taken = set(RESERVED_HANDLES)
        self._highest: dict[str, int] = {}
        for handle in Person.objects.values_list("handle", flat=True).iterator(chunk_size=2_000):
            self._take(handle)

    def wanted(self, handle: str) -> bool:
        """Give out exactly `handle`; False if somebody has it."""
        if handle in self._taken:
            return False
        self._take(handle)
        return True

    def made_from(self, name: str) -> str:
        """Give out a handle made from `name`."""
        base = handle_from(name)
        handle = untaken(base, self._taken, self._highest.get(base, 1) + 1)
        self._take(handle)
        return handle

    def free(self, handle: str) -> None:
        """Take back a handle nobody has any more."""
        self._taken.discard(handle)

    def _take(self, handle: str) -> None:
        self._taken.add(handle)
        if numbered := _NUMBERED.fullmatch(handle):
            base, number = numbered[1], int(numbered[2])
            # A far-off number somebody chose must not become where counting goes on.
            if number == self._highest.get(base, 1) + 1:
                self._highest[base] = number
