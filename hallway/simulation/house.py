"""What marks an instance as made for simulations, and holds the sessions of its people.

The mark is a file in the data folder, written when the company in it is made up, and nowhere
else. Without it there are no sessions to play with, and the name of the journal's life in it must
be the one that the instance tells: so no other Hallway can be played against.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

MARK = "simulation.json"
# Django's settings make the key as soon as they are read, before anybody can look around.
MADE_BY_SETTINGS = {"secret-key"}


class NotForSimulation(Exception):
    """This instance is not marked for simulation; the text says why it is left alone."""


@dataclass(frozen=True)
class House:
    """A made-up company: its hall, its people as (number, session key), and who hosts.

    `incarnation` names the life of its journal, `cookie` the cookie of a session.
    """

    hall: int
    incarnation: str
    cookie: str
    host: tuple[int, str]
    people: list[tuple[int, str]]


def write_mark(folder: Path, house: House) -> None:
    """Mark the folder; only the user of Hallway can read the sessions in it."""
    descriptor = os.open(folder / MARK, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(house), file)


def read_mark(path: Path) -> House:
    """Read the mark: that of a data folder, or a copy of it. Raises NotForSimulation."""
    file = path / MARK if path.is_dir() else path
    try:
        kept = json.loads(file.read_text("utf-8"))
        return House(
            hall=int(kept["hall"]),
            incarnation=str(kept["incarnation"]),
            cookie=str(kept["cookie"]),
            host=_person(kept["host"]),
            people=[_person(each) for each in kept["people"]],
        )
    except FileNotFoundError as error:
        raise NotForSimulation(
            f"There is no {MARK} in {path}, so this is no instance for simulations. Make one with"
            " `hallway simulate company`, or `make simulate`."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotForSimulation(f"{file} is not the mark of an instance for simulations.") from error


def require_new(folder: Path) -> None:
    """Raise NotForSimulation unless nothing but its own key is in the folder."""
    if folder.exists() and {path.name for path in folder.iterdir()} - MADE_BY_SETTINGS:
        raise NotForSimulation(
            f"{folder} holds something already. A company for simulations is made up in a new"
            " folder only."
        )


def share_of(people: list[tuple[int, str]], share: tuple[int, int]) -> list[tuple[int, str]]:
    """The people that simulator `share[0]` of `share[1]` plays."""
    return people[share[0] - 1 :: share[1]]


def _person(value: list[object]) -> tuple[int, str]:
    number, key = value
    return int(str(number)), str(key)
