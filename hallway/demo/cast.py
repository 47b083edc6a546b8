"""The people of the made-up company: those with a part to play, and everybody else by dice."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hallway.people.actions.join import handle_from

DATA = Path(__file__).parent / "data"
DOMAIN = "nordlicht.example"

ZONES = {
    "Porto": "Europe/Lisbon",
    "Braga": "Europe/Lisbon",
    "Lisboa": "Europe/Lisbon",
    "Accra": "Africa/Accra",
    "Kumasi": "Africa/Accra",
    "Takoradi": "Africa/Accra",
    "Osaka": "Asia/Tokyo",
    "Tokyo": "Asia/Tokyo",
    "Kyoto": "Asia/Tokyo",
}
"""Where it is not the time of Hamburg."""


@dataclass(frozen=True)
class Role:
    """One person of the company, as they will stand in the database.

    `manager` is the handle of somebody earlier in the list; `part` says what the three people
    show who can sign in (employee, communicator, administrator); `hair` is how a portrait shows
    them.
    """

    key: str
    name: str
    title: str
    city: str
    unit: str = ""
    manager: str = ""
    kind: str = "employee"
    language: str = "en"
    languages: str = ""
    skills: list[str] = field(default_factory=list)
    about: str = ""
    part: str = ""
    hair: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with: the handle with a dot, at the company's domain."""
        return f"{self.key.replace('-', '.')}@{DOMAIN}"

    @property
    def zone(self) -> str:
        """The time zone in which they work."""
        return ZONES.get(self.city, "Europe/Berlin")


@cache
def read_data(name: str) -> dict[str, Any]:
    """The contents of one file of the folder `data`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def leading_roles() -> list[Role]:
    """Those with a part to play, each after their manager."""
    waiting = [Role(**row) for row in read_data("people")["person"]]
    placed: dict[str, Role] = {}
    while waiting:
        ready = [role for role in waiting if not role.manager or role.manager in placed]
        placed |= {role.key: role for role in ready}
        waiting = [role for role in waiting if role.key not in placed]
    return list(placed.values())


def whole_company(people: int) -> list[Role]:
    """Everybody: the leading roles and as many others as make `people` together; always the same.

    Each comes after their manager.
    """
    dice = Random("people of Nordlicht")
    roles = leading_roles()
    taken = {role.key for role in roles}
    for unit in _units_by_share(people - len(roles), dice):
        roles.append(_somebody(unit, roles, taken, dice))
    return roles


def _units_by_share(count: int, dice: Random) -> Iterator[dict[str, Any]]:
    units = [unit for unit in read_data("units")["unit"] if "share" in unit]
    shares = [unit["share"] for unit in units]
    yield from dice.choices(units, shares, k=max(count, 0))


def _somebody(unit: dict[str, Any], roles: list[Role], taken: set[str], dice: Random) -> Role:
    names = read_data("names")
    countries = unit["countries"]
    country = names[dice.choices(countries, [names[code]["share"] for code in countries])[0]]
    name, key = _name(country, taken, dice)
    taken.add(key)
    return Role(
        key=key,
        name=name,
        title=dice.choice(unit["titles"]),
        city=dice.choice(country["cities"]),
        unit=unit["name"],
        manager=_manager(unit, roles, dice),
        language=country["language"],
        languages=country["languages"],
        skills=dice.sample(unit["skills"], dice.randint(0, min(3, len(unit["skills"])))),
        hair=dice.choice(("", "", "", "", "bob", "curls", "short")),
    )


def _name(country: dict[str, Any], taken: set[str], dice: Random) -> tuple[str, str]:
    native = [(name, key) for name, key in country.get("native", []) if key not in taken]
    if native and dice.random() < 0.4:
        return native[0]
    while True:
        name = f"{dice.choice(country['first'])} {dice.choice(country['last'])}"
        key = handle_from(name)
        if key not in taken:
            return name, key


def _manager(unit: dict[str, Any], roles: list[Role], dice: Random) -> str:
    """The head of the unit for the first six, then one of those who have no team of seven yet."""
    team = [role for role in roles if role.unit == unit["name"] and role.key != unit["head"]]
    if len(team) < 6:
        return str(unit["head"])
    leads = [role.key for role in team[:6]]
    reports = {lead: sum(role.manager == lead for role in roles) for lead in leads}
    free = [lead for lead, count in reports.items() if count < 7]
    return dice.choice(free or leads)
