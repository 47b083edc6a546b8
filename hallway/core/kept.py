"""What a storage tells of the files in it: many at once, since a question for each is dear."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol


class Kept(NamedTuple):
    """A file in a storage; `size` in bytes."""

    name: str
    size: int
    modified: datetime


class Listing(Protocol):
    """A storage that can be gone through; both of ours are."""

    def folders(self) -> Iterator[list[Kept]]:
        """Yield what is there in the order of names, one top folder at a time."""
        ...
