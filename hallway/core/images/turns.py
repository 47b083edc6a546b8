"""Whose pictures are read at this moment: few at once, so that pages have threads left."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings

from hallway.core.images.accepting import (
    MAX_MEGABYTES,
    POST,
    REQUEST_SECONDS,
    ImageRefused,
    Picture,
    Sizes,
)
from hallway.core.images.accepting import accept as accept_within

MOST_AT_ONCE = 2
"""Each child may take half a gigabyte, and a processor of its own."""

_lock = threading.Lock()
_reading: set[int] = set()


class Turn:
    """The time in which one request has its pictures read."""

    def __init__(self, megabytes: int = MAX_MEGABYTES) -> None:
        self._megabytes = megabytes
        self._until = time.monotonic() + REQUEST_SECONDS

    def accept(self, data: bytes | BinaryIO, *, sizes: Sizes = POST) -> Picture:
        """As `accept`, within what is left of the request's seconds. Raises ImageRefused."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ImageRefused("budget")
        try:
            return accept_within(data, sizes=sizes, seconds=left, megabytes=self._megabytes)
        except ImageRefused as refused:
            # One picture alone that takes so long should be smaller; several may be fewer.
            if refused.reason == "time" and left < REQUEST_SECONDS / 2:
                raise ImageRefused("budget") from refused
            raise


@contextmanager
def turn(person: int, megabytes: int = MAX_MEGABYTES) -> Iterator[Turn]:
    """Let the pictures of one request by `person` (an id) be read inside, each at most so large.

    Nobody waits for a turn, since waiting takes a thread from everybody. Raises ImageRefused at
    once when another request of the same person is at it, or so many of others that fewer than
    half of the threads would be left for pages.
    """
    with _lock:
        if person in _reading:
            raise ImageRefused("another")
        if len(_reading) >= most_at_once():
            raise ImageRefused("busy")
        _reading.add(person)
    try:
        yield Turn(megabytes)
    finally:
        with _lock:
            _reading.remove(person)


def most_at_once() -> int:
    """How many requests of this process may have pictures read at a time."""
    return max(1, min(MOST_AT_ONCE, settings.CONFIG.threads // 2))
