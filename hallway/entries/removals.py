"""What kinds of entries do, in the same transaction, when one of theirs is deleted."""

from collections.abc import Callable

from hallway.entries.models import Entry
from hallway.people.models import Person

Hold = Callable[[Entry], None]
Effect = Callable[[Entry, Person], None]

_effects: dict[str, tuple[Hold, Effect]] = {}


def register(kind: str, hold: Hold, effect: Effect) -> None:
    """Call both from now on whenever an entry of `kind` is deleted, inside the write transaction.

    `hold(entry)` comes before the entry is locked, so that a kind whose own deeds lock its rows
    before the entry does so here too, and nobody waits in a circle. `effect(entry, by)` comes
    after the row says that it is deleted. Call it once, when the app is ready.
    """
    _effects[kind] = (hold, effect)


def hold(entry: Entry) -> None:
    """Let the kind of `entry` lock what hangs on it; inside `writing()`, before anything else."""
    if entry.kind in _effects:
        _effects[entry.kind][0](entry)


def remove(entry: Entry, *, by: Person) -> None:
    """Let the registered effect happen; inside `writing()`."""
    if entry.kind in _effects:
        _effects[entry.kind][1](entry, by)
