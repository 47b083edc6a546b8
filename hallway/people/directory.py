"""The directory: everybody the viewer may see, narrowed by name, unit, location and skill."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Q, QuerySet

from hallway.core.collation import fold
from hallway.core.shelf import fresh
from hallway.people import access, units
from hallway.people.following import followed_of
from hallway.people.models import Person
from hallway.people.searching import Place, find

PAGE = 30
MOST_PLACES = 200
KEPT_SECONDS = 60
LISTED = -1


@dataclass(frozen=True)
class Wanted:
    """What the visitor asked for, or whose reports a chart wants; everything may be empty."""

    words: str = ""
    unit: int | None = None
    location: str = ""
    skill: str = ""
    manager: int | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.unit or self.location or self.skill)


@dataclass(frozen=True)
class Page:
    """People in order, which of them the viewer follows, and where the next page begins or ''."""

    people: Sequence[Person]
    followed: frozenset[int]
    after: str


@dataclass(frozen=True)
class Choices:
    """What can be chosen to narrow the list: unit paths by id, and locations."""

    units: dict[int, str]
    locations: list[str]


def directory(viewer: Person, wanted: Wanted, after: str = "") -> Page:
    """A page of at most thirty; with words the best first, else in the order of names.

    `after` is the `after` of the page before; anything else begins at the top.
    """
    among = _narrowed(access.visible_to(viewer).filter(is_active=True), wanted)
    place = _read(after)
    if wanted.words:
        searched = place if place is not None and place.tier != LISTED else None
        found = find(among, wanted.words, limit=PAGE + 1, after=searched)
        people = [each.person for each in found]
        last = found[PAGE - 1].place if len(found) > PAGE else None
    else:
        people = _listed(among, place)
        end = people[PAGE - 1] if len(people) > PAGE else None
        last = Place(LISTED, "", end.sort_name, end.pk) if end else None
    people = people[:PAGE]
    return Page(people, followed_of(viewer, people), _written(last) if last else "")


def choices(viewer: Person) -> Choices:
    """What the viewer may narrow by. Guests are offered only what people they see have.

    All employees see the same, so theirs is kept for a minute in this process.
    """
    if viewer.is_guest:
        return _choices(access.visible_to(viewer), everything=False)
    everybody = access.visible_to(viewer)
    return fresh(
        caches["cards"],
        "people.choices",
        KEPT_SECONDS,
        lambda: _choices(everybody, everything=True),
    )


def _choices(people: QuerySet[Person], *, everything: bool) -> Choices:
    places = people.exclude(location="").order_by("location").values_list("location", flat=True)
    return Choices(
        units.paths() if everything else units.paths_among(people),
        list(places.distinct()[:MOST_PLACES]),
    )


def _narrowed(among: QuerySet[Person], wanted: Wanted) -> QuerySet[Person]:
    if wanted.unit is not None:
        among = among.filter(unit_id__in=units.within(wanted.unit))
    if wanted.manager is not None:
        among = among.filter(manager_id=wanted.manager).exclude(pk=wanted.manager)
    if wanted.location:
        among = among.filter(location=wanted.location)
    if wanted.skill:
        among = among.filter(skills__key=fold(wanted.skill)[:80])
    return among


def _listed(among: QuerySet[Person], place: Place | None) -> list[Person]:
    if place is not None:
        among = among.filter(sort_name__gte=place.sort_name).filter(
            Q(sort_name__gt=place.sort_name) | Q(pk__gt=place.person)
        )
    return list(among.select_related("unit").order_by("sort_name", "pk")[: PAGE + 1])


def _written(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(text: str) -> Place | None:
    if not text or len(text) > 1_000:
        return None
    try:
        read = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        tier, word, sort_name, person = read
        f"{word}{sort_name}".encode()  # half a character is none
    except (binascii.Error, ValueError, TypeError):
        return None
    numbers = type(tier) is int and type(person) is int and abs(person) < 2**63
    words = isinstance(word, str) and isinstance(sort_name, str)
    if not (numbers and words) or "\x00" in word + sort_name:
        return None
    return Place(tier, word, sort_name, person)
