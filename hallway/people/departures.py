"""What higher floors do, in the same transaction, when somebody's access ends or begins again."""

from collections.abc import Callable

from django.utils.functional import Promise

from hallway.people.models import Person

Effect = Callable[[Person, Person], None]

_effects: list[Effect] = []
_returns: list[Effect] = []


def register(effect: Effect) -> None:
    """Call `effect(person, by)` from now on whenever `by` takes `person`'s access away.

    Call it once, when the app is ready. The effect runs inside the write transaction, after the
    person's row says that they are gone.
    """
    if effect not in _effects:
        _effects.append(effect)


Objection = Callable[[Person], str | Promise]

_objections: list[Objection] = []


def register_objection(objection: Objection) -> None:
    """Ask `objection(person)` from now on before somebody is let in again; '' means none."""
    if objection not in _objections:
        _objections.append(objection)


def objection(person: Person) -> str | Promise:
    """The first reason, in words for whoever wants it, not to let `person` in again; or ''."""
    return next((reason for each in _objections if (reason := each(person))), "")


def depart(person: Person, *, by: Person) -> None:
    """Let every registered effect happen; inside `writing()`."""
    for effect in _effects:
        effect(person, by)


def register_return(effect: Effect) -> None:
    """Call `effect(person, by)` from now on whenever `by` lets `person` in again, likewise."""
    if effect not in _returns:
        _returns.append(effect)


def come_back(person: Person, *, by: Person) -> None:
    """Let every effect of a return happen; inside `writing()`."""
    for effect in _returns:
        effect(person, by)
