"""The public numbers are enough to check the questions without a name, and a lie shows in them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hallway.townhalls.actions import ask, end, open_doors
from hallway.townhalls.checking import NotReadable, check
from hallway.townhalls.models import TownHall
from tests.townhalls.tokens import Wallet
from tests.world import World

Data = dict[str, Any]


@pytest.fixture
def public(world: World, hall: TownHall) -> Data:
    """After the end: Ada asked twice without her name, Gus once, Ben with his."""
    for person, times in ((world.ada, 2), (world.gus, 1)):
        wallet = Wallet(hall.pk)
        wallet.fill(world.browser(person))
        for number in range(times):
            assert wallet.ask(f"Question {number} of somebody?", number).status_code == 200
    ask(hall, "And this is mine?", by=world.ben)
    open_doors(hall, by=world.ben)
    end(hall, by=world.ben)
    data: Data = world.browser(world.gus).get(f"/halls/{hall.pk}/anonymity.json").json()
    return data


def test_what_is_true_is_right(public: Data) -> None:
    found = check(public)
    assert found.problems == ()
    assert (found.people, found.given, found.spent, found.questions) == (2, 6, 3, 3)
    assert found.small
    assert public["key_destroyed"]


def test_nothing_in_it_names_a_person(world: World, public: Data) -> None:
    text = json.dumps(public)
    assert not any(person.name in text or person.email in text for person in world.people.values())
    assert set(public["spent"][0]) == {"token", "signature", "question"}


def twice(data: Data) -> None:
    data["spent"].append(dict(data["spent"][0], question=None))


def forged(data: Data) -> None:
    data["spent"][0]["signature"] = data["spent"][1]["signature"]


def another_token(data: Data) -> None:
    data["spent"][0]["token"] = "00" * 32


def unpaid(data: Data) -> None:
    data["questions"].append(17)


def hidden(data: Data) -> None:
    data["questions"].pop()


def paid_twice(data: Data) -> None:
    data["spent"][0]["question"] = data["spent"][1]["question"]


def too_many(data: Data) -> None:
    data["people_with_tokens"] = 0


def alive(data: Data) -> None:
    data["key_destroyed"] = False


def other_words(data: Data) -> None:
    data["context"] = "something else"


LIES = [twice, forged, another_token, unpaid, hidden, paid_twice, too_many, alive, other_words]


@pytest.mark.parametrize("lie", LIES)
def test_every_lie_shows(public: Data, lie: Callable[[Data], None]) -> None:
    lie(public)
    assert check(public).problems


@pytest.mark.parametrize("data", [None, [], {}, {"format": "hallway-anonymity/2"}, "text", 7])
def test_what_is_something_else_cannot_be_checked(data: Any) -> None:
    with pytest.raises(NotReadable):
        check(data)


def test_the_command_needs_the_file_alone(public: Data, tmp_path: Path) -> None:
    """No database: it is told of one that does not exist."""
    good, bad, none = (tmp_path / name for name in ("good.json", "bad.json", "none.json"))
    good.write_text(json.dumps(public))
    forged(public)
    bad.write_text(json.dumps(public))
    for file, status, words in (
        (good, 0, "All signatures and counts are right."),
        (bad, 1, "WRONG: a bad signature"),
        (none, 2, "No such file"),
        (Path(__file__), 2, "it is no JSON"),
    ):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from hallway.cli import main; sys.exit(main())",
                "verify-anonymity",
                str(file),
            ],
            env={
                "PATH": "/usr/bin:/bin",
                "HALLWAY_DATA": str(tmp_path / "data"),
                "HALLWAY_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, words in done.stdout + done.stderr) == (status, True), done
