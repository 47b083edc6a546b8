"""What higher floors do, in the same transaction, when what people are in the company changes."""

from collections.abc import Callable, Collection

Effect = Callable[[Collection[int]], None]
UnitsEffect = Callable[[], None]

LOOKED_AT = frozenset({"unit", "location", "title", "language"})
"""Columns of a person by which somebody may be found to belong somewhere."""

_effects: list[Effect] = []
_of_units: list[UnitsEffect] = []


def register(effect: Effect, of_units: UnitsEffect) -> None:
    """Call `effect(people)` from now on when some (ids) came or one of `LOOKED_AT` has changed.

    `of_units()` is called when units lie elsewhere. Both run inside the write transaction, after
    the rows say so. Call it once, when the app is ready.
    """
    if effect not in _effects:
        _effects.append(effect)
        _of_units.append(of_units)


def moved(people: Collection[int]) -> None:
    """Let every effect happen for `people` (ids); inside `writing()`."""
    for effect in _effects:
        effect(people)


def units_moved() -> None:
    """Let every effect of units that lie elsewhere happen; inside `writing()`."""
    for effect in _of_units:
        effect()
