"""What waits for somebody's decision, gathered from wherever it arises.

Each kind of thing has a source: what is spaces' own is registered here, others register theirs
when their app is ready, so that nobody below need know of this page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from hallway.entries.reporting import decidable_by
from hallway.people.models import Person
from hallway.spaces import access as spaces

MOST = 50
"""So many of a kind are shown at once, the oldest first; the rest follow when these are decided."""


@dataclass(frozen=True)
class Source:
    """One kind of thing to decide.

    `rows` gives what waits for a person, as somebody who may decide it now, the oldest first, at
    most as many as it is told, with a fixed number of statements. `template` draws one `row` as a
    list item with a form for each answer.
    """

    name: str
    title: str | Promise
    template: str
    rows: Callable[[Person, int], Sequence[Any]]


@dataclass(frozen=True)
class Pile:
    """What waits of one kind."""

    source: Source
    rows: Sequence[Any]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Put `source` onto the page from now on, in the order of their registration."""
    _sources[source.name] = source


def piles_for(viewer: Person) -> list[Pile]:
    """What waits for `viewer`, by kind; kinds of which nothing waits are left out."""
    piles = (Pile(source, source.rows(viewer, MOST)) for source in _sources.values())
    return [pile for pile in piles if pile.rows]


def asked(viewer: Person, most: int) -> Sequence[Any]:
    """Who asks to join a space that `viewer` manages."""
    rows = spaces.requests_to(viewer).filter(person__is_active=True)
    return list(rows.select_related("person__unit", "space").order_by("pk")[:most])


def invited(viewer: Person, most: int) -> Sequence[Any]:
    """The spaces that `viewer` is invited to."""
    rows = spaces.invitations_to(viewer).select_related("by", "space")
    return list(rows.order_by("pk")[:most])


def reported(viewer: Person, most: int) -> Sequence[Any]:
    """What was reported and `viewer` may decide about."""
    return list(decidable_by(viewer).select_related("text", "author", "space__owner")[:most])
