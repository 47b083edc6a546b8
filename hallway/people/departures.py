"""What higher floors do, in the same transaction, when somebody's access is taken away."""

from collections.abc import Callable

from hallway.people.models import Person

Effect = Callable[[Person, Person], None]

_effects: list[Effect] = []


def register(effect: Effect) -> None:
    """Call `effect(person, by)` from now on whenever `by` takes `person`'s access away.

    Call it once, when the app is ready. The effect runs inside the write transaction, after the
    person's row says that they are gone.
    """
    if effect not in _effects:
        _effects.append(effect)


def depart(person: Person, *, by: Person) -> None:
    """Let every registered effect happen; inside `writing()`."""
    for effect in _effects:
        effect(person, by)
