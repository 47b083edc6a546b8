"""Addresses of style sheets, scripts and icons: each carries a digest of its bytes."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage


class Built(StaticFilesStorage):
    """Static files as they lie in the package; a new build gets new addresses."""

    def url(self, name: str | None) -> str:
        """The address of `name` with `?` and the digest, so that browsers may keep it."""
        return _address(super().url(name), name or "")


@cache
def _address(url: str, name: str) -> str:
    path = find(name)
    if path is None:
        return url
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]
    return f"{url}?{digest}"
