"""Style sheets, scripts and icons: their addresses carry a digest, and they may be built anew."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

FORMS = ("", ".br", ".gz")
"""A file as it is and compressed, as the build lays it down."""

Look = tuple[str, *tuple[tuple[int, int] | None, ...]]


class Built(StaticFilesStorage):
    """Static files as they lie in the package; a new build gets new addresses."""

    def url(self, name: str | None) -> str:
        """The address of `name` with `?` and the digest, so that browsers may keep it."""
        return _address(super().url(name), name or "")


class Served(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Answers with these files; what was built anew since the start is looked at again.

    WhiteNoise alone keeps sizes from the start, so a longer file would be cut off in browsers
    between a build and the restart after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._known: dict[str, Look] = {}
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        url = request.path_info
        if known := self._known.get(url):
            path, *_ = known
            if _look(path) not in (known, None):
                self.add_file_to_dictionary(url, path)
        return super().__call__(request)  # type: ignore[no-any-return]

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        """Remember also how the file and its compressed forms look."""
        # Before it is read: a file that changes meanwhile is read again at the next request.
        if look := _look(path):
            self._known[url] = look
        super().add_file_to_dictionary(url, path, stat_cache)


def _look(path: str) -> Look | None:
    seen = [_seen(f"{path}{form}") for form in FORMS]
    # Without itself: between two steps of a build.
    return (path, *seen) if seen[0] else None


def _seen(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


@cache
def _address(url: str, name: str) -> str:
    path = find(name)
    if path is None:
        return url
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]
    return f"{url}?{digest}"
