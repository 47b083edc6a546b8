"""Found the made-up company: units, people, portraits, spaces, who belongs and who follows whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from hallway.core.guarding import as_system
from hallway.demo.cast import Role, read_data
from hallway.demo.conversations import Place, actors
from hallway.demo.moments import FOUNDED
from hallway.demo.portraits import portrait
from hallway.people import actions as people_actions
from hallway.people.models import Follow, OrgUnit, Person
from hallway.people.models.person import FIRST_STEPS
from hallway.spaces import actions as space_actions
from hallway.spaces.models import Membership, Space

PASSWORD = "nordlicht-demo"  # noqa: S105 - printed for everybody at the start of the demo
NEWCOMER = "nora.lindqvist@nordlicht.example"

_FOLLOWED = (5, 25)
_HUES = (11, 4, 15, 7, 19, 2, 13, 22, 9, 17, 5, 0, 20, 12, 3, 8, 16, 23, 6, 14)


def found_units() -> dict[str, OrgUnit]:
    """Make the tree of units; returns them by name."""
    units: dict[str, OrgUnit] = {}
    for row in read_data("units")["unit"]:
        units[row["name"]] = OrgUnit.objects.create(
            name=row["name"],
            kind=row.get("kind", OrgUnit.Kind.DEPARTMENT),
            parent=units.get(row.get("parent", "")),
        )
    return units


def add_people(roles: Sequence[Role], units: dict[str, OrgUnit]) -> dict[str, Person]:
    """Let everybody in; returns them by handle.

    The hash of the one password is computed once and given to the three who show something and
    to the scripted colleagues; nobody else can sign in.
    """
    hashed = make_password(PASSWORD)
    signing_in = {role.key for role in roles if role.part} | set(actors())
    people: dict[str, Person] = {}
    for role in roles:
        access: dict[str, Any] = {"password": hashed} if role.key in signing_in else {}
        person = people_actions.add_person(
            role.email,
            role.name,
            handle=role.key,
            title=role.title,
            location=role.city,
            unit=units.get(role.unit),
            manager=people.get(role.manager),
            kind=role.kind,
            language=role.language,
            languages=role.languages,
            is_administrator=role.part == "administrator",
            **access,
        )
        if role.skills or role.about:
            people_actions.change_profile(person, by=person, skills=role.skills, about=role.about)
        people[role.key] = person
    return people


def take_portraits(roles: Iterable[Role], people: dict[str, Person]) -> None:
    """Give everybody with hair a portrait."""
    for role in roles:
        if role.hair:
            picture = portrait(role.key, role.zone, role.hair)
            people_actions.change_photo(people[role.key], picture, by=people[role.key])


def found_spaces(
    places: Sequence[Place], roles: Sequence[Role], people: dict[str, Person]
) -> dict[str, Space]:
    """Make all spaces with their members; returns them by key.

    Into open spaces people go by themselves, into others their founder puts them.
    """
    dice = Random("members of Nordlicht")
    spaces: dict[str, Space] = {}
    for place, hue in zip(places, _HUES, strict=True):
        founder = people[place.core[0]]
        space = _space(place, hue, founder, people)
        spaces[place.key] = space
        for person in _members(place, roles, people, dice):
            role = Membership.Role.MEMBER
            if person.handle in place.announcers:
                role = Membership.Role.MANAGER
            by = person if space.is_open else founder
            space_actions.put_in(space, person, by=by, role=role)
    return spaces


def let_follow(people: Sequence[Person], leading: int, signing_in: set[str], now: datetime) -> None:
    """Let everybody follow five to twenty-five others; the `leading` first ones are liked best.

    The three who show something follow many of them, so that their home is full. The rows are
    written at once and without deeds, like an import: three thousand deeds would take a third of
    the time, and nobody needs the news.
    """
    dice = Random("followers at Nordlicht")
    least, most = _FOLLOWED
    rows: list[Follow] = []
    weights = [9 if place < leading else 1 for place in range(len(people))]
    for person in people:
        count = most if person.handle in signing_in else dice.randint(least, most)
        chosen = {other.pk: other for other in dice.choices(people, weights, k=count * 2)}
        others = [other for other in chosen.values() if other.pk != person.pk]
        rows += [
            Follow(follower=person, followed=other, at=now - dice.random() * FOUNDED)
            for other in others[:count]
        ]
    Follow.objects.bulk_create(rows)


def _space(place: Place, hue: int, founder: Person, people: dict[str, Person]) -> Space:
    if place.key == "company":
        space = space_actions.ensure_company(place.name)
        administrator = next(one for one in people.values() if one.is_administrator)
        space_actions.change_space(
            space, by=administrator, name=place.name, description=place.description
        )
        space_actions.appoint(space, founder, by=administrator)
        return space
    return space_actions.create_space(
        place.name,
        by=founder,
        slug=None if place.openness == Space.Openness.SECRET else place.key,
        description=place.description,
        kind=place.kind,
        openness=place.openness,
        posting=place.posting,
        hue_step=hue,
    )


def _members(
    place: Place, roles: Sequence[Role], people: dict[str, Person], dice: Random
) -> list[Person]:
    if place.key == "company":
        return []
    chosen = dict.fromkeys(place.core)
    for role in roles:
        joins = role.unit in place.units or dice.random() < place.share
        if joins and role.kind == "employee":
            chosen.setdefault(role.key)
    return [people[key] for key in chosen if key != place.core[0]]


def add_newcomer(colleague: Person) -> Person:
    """Somebody who comes today, to the unit of `colleague`, and is led through first steps."""
    return people_actions.add_person(
        NEWCOMER,
        "Nora Lindqvist",
        handle="nora-lindqvist",
        title="Trainee",
        location=colleague.location,
        unit=colleague.unit,
        password=make_password(PASSWORD),
    )


def backdate_founding(moment: datetime) -> None:
    """Move what was founded just now to `moment`."""
    # Everybody has come by now, although few can sign in.
    learnt = " ".join(FIRST_STEPS)
    Person.objects.update(joined_at=moment, last_login=moment, learnt=learnt)
    with as_system("the demo tells a past"):
        Space.objects.update(created_at=moment)
        Membership.objects.update(joined_at=moment)
