"""A cache in this process's own memory that hands out what was put in, without copying it."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

T = TypeVar("T")

_shelves: dict[str, tuple[OrderedDict[str, Any], threading.Lock]] = {}


def fresh(cache: BaseCache, key: str, seconds: float, make: Callable[[], T]) -> T:
    """What `make` gave under this key at most `seconds` ago in this process, or gives now."""
    now = time.monotonic()
    made, value = cache.get(key, (now - seconds - 1, None))
    if now - made > seconds:
        value = make()
        cache.set(key, (now, value))
    found: T = value
    return found


class Shelf(BaseCache):
    """Keeps the last used `MAX_ENTRIES` values; for immutable ones, such as drawn cards.

    Django's own memory cache pickles every value in and out, which costs more than drawing the
    page around them. There is no expiry: keys name the version of what they hold, or `fresh` looks
    at its age.

    Django makes a cache object for every thread, or for every request where each runs in a context
    of its own; those of one `LOCATION` share what they hold.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._values, self._lock = _shelves.setdefault(name, (OrderedDict(), threading.Lock()))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key]).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        found = {}
        with self._lock:
            for key in keys:
                if key in self._values:
                    found[key] = self._values[key]
                    self._values.move_to_end(key)
        return found

    def add(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        with self._lock:
            if key in self._values:
                return False
            self._put(key, value)
        return True

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        with self._lock:
            self._put(key, value)

    def delete(self, key: str, version: int | None = None) -> bool:
        with self._lock:
            return self._values.pop(key, self) is not self

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def _put(self, key: str, value: Any) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._max_entries:
            self._values.popitem(last=False)
