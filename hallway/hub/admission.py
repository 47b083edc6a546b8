"""What the hub asks before it tells a screen anything: whether this person may see that now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hallway.hub.tickets import Claims


@dataclass(frozen=True, slots=True)
class Admission:
    """The topics that may be seen, out of those claimed, and whether person and session live."""

    topics: frozenset[str]
    alive: bool


class Gate(Protocol):
    """Whoever answers it. Called in a thread, several at a time, and may read the database."""

    def admit(self, claims: Sequence[Claims]) -> Sequence[Admission]:
        """Answer for each of many, in their order, from what is committed now.

        Never from a snapshot, cache or replica older than the call: the exactness of removals
        rests on this.
        """

    def close(self) -> None:
        """Let go of connections. Called once, when nothing is being asked any more."""
