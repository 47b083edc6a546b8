"""How fast one person may go on: per kind of deed a bucket that fills again by itself.

A bucket is one number, the moment at which it will be full: each deed moves that moment on by
the seconds until there is one more, and is refused when the moment would lie too far ahead.
"""

import math
import threading
import time
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils.translation import ngettext

from hallway.core.models import Allowance
from hallway.core.writing import writing


class Limit(NamedTuple):
    """So many deeds `at_once`, and one more every so many `seconds`."""

    at_once: int
    seconds: float


LIMITS = {
    "write": Limit(20, 3),  # posts, comments, edits, and words to the managers of a space
    "react": Limit(60, 1),
    "follow": Limit(60, 2),
    "join": Limit(40, 5),
    "invite": Limit(60, 5),
    "found": Limit(20, 300),
    "download": Limit(3, 8 * 3600),  # of all of one's own data
    "picture": Limit(40, 5),
    "ask": Limit(6, 15),  # questions in town halls, and changes of their words
    "vote": Limit(120, 0.5),
    "cheer": Limit(100, 0.25),
    "search": Limit(100, 0.2),
    "tokens": Limit(12, 20),  # to ask without a name; given once, but answers get lost
}
"""Nobody meets these in a day's work; programs that flood do."""

OF_EACH_PROCESS = {"search", "tokens"}
"""What is counted in memory: reading, which is no write, and what must leave no time behind."""

_MOST_KEPT = 10_000
_GRANT = """
INSERT INTO core_allowance (person, deed, full_at) VALUES (%s, %s, %s)
ON CONFLICT (person, deed) DO UPDATE
SET full_at = %s + CASE WHEN core_allowance.full_at > %s THEN core_allowance.full_at ELSE %s END
WHERE core_allowance.full_at <= %s
RETURNING full_at
"""

_lock = threading.Lock()
_full_at: dict[tuple[int, str], int] = {}


class TooFast(Exception):
    """The person has to wait `seconds`; `sentence` tells them so."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = max(1, math.ceil(seconds))

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What the person reads, in the language of the moment."""
        if self.seconds > 90:
            minutes = math.ceil(self.seconds / 60)
            return ngettext(
                "That was a lot at once. Try again in %(count)d minute.",
                "That was a lot at once. Try again in %(count)d minutes.",
                minutes,
            ) % {"count": minutes}
        return ngettext(
            "That was a lot at once. Try again in %(count)d second.",
            "That was a lot at once. Try again in %(count)d seconds.",
            self.seconds,
        ) % {"count": self.seconds}


def spend(person: int, deed: str, times: int = 1) -> None:
    """Note that `person` (an id) does `deed`, a name in LIMITS, so many `times`.

    Inside a write transaction it joins that, so a deed that fails is not counted.
    Raises TooFast, and then counts nothing.
    """
    if not settings.CONFIG.limits:
        return
    limit = LIMITS[deed]
    step = round(limit.seconds * 1000)
    now = int(time.time() * 1000)
    latest = now + (limit.at_once - times) * step
    take = _take_here if deed in OF_EACH_PROCESS else _take
    full_at = take(person, deed, now, times * step, latest)
    if full_at is not None:
        raise TooFast((full_at - latest) / 1000)


def told(page: HttpResponse, error: Exception) -> HttpResponse:
    """Return `page`, which says what `error` says; with TooFast it also tells programs to wait."""
    if isinstance(error, TooFast):
        page.status_code = 429
        page.headers["Retry-After"] = str(error.seconds)
    return page


def trim() -> int:
    """Delete the buckets that are full again; returns how many. To be called once a day."""
    with writing():
        return Allowance.objects.filter(full_at__lt=int(time.time() * 1000)).delete()[0]


def _take(person: int, deed: str, now: int, cost: int, latest: int) -> int | None:
    """Take from the bucket all processes share; when it is too empty, return when it is full."""
    # One statement, so that of two at once the second sees what the first took.
    with writing(), connection.cursor() as cursor:
        cursor.execute(_GRANT, [person, deed, now + cost, cost, now, now, latest])
        if cursor.fetchone():
            return None
    return Allowance.objects.values_list("full_at", flat=True).get(person=person, deed=deed)


def _take_here(person: int, deed: str, now: int, cost: int, latest: int) -> int | None:
    with _lock:
        held = _full_at.get((person, deed), 0)
        if held > latest:
            return held
        if len(_full_at) > _MOST_KEPT:
            for key in [key for key, full_at in _full_at.items() if full_at < now]:
                del _full_at[key]
        _full_at[person, deed] = max(held, now) + cost
    return None
