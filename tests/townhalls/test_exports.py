"""The questions of a hall as a table and as data: safe, whole, and nameless where they are."""

import csv
import io
import json

import pytest

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.townhalls.actions import ask, follow_up, vote, withdraw
from hallway.townhalls.actions.ask import put
from hallway.townhalls.actions.moderate import decline, merge
from hallway.townhalls.exporting import COLUMNS
from hallway.townhalls.models import Question, TownHall
from tests.world import World

pytestmark = pytest.mark.django_db

SECRET = "c0ffee" * 10 + "c0ff"


@pytest.fixture
def asked(world: World, hall: TownHall) -> dict[str, Question]:
    """Questions of several fates; one is a formula, one has no name."""
    texts = {
        "formula": '=HYPERLINK("https://evil.example";"Click")',
        "named": "Why is the canteen closed on Fridays?",
        "again": "Canteen, closed on Fridays?",
        "no": "Who earns how much here?",
        "gone": "Shall I take this back?",
    }
    found = {name: ask(hall, text, by=world.ada) for name, text in texts.items()}
    with writing(), as_system("as the address without a cookie does it"):
        nameless = Question(hall=hall, text="Are offices closed?", secret=SECRET)
        found["nameless"] = put(nameless, hall)
    vote(found["named"], True, by=world.gus)
    vote(found["nameless"], True, by=world.gus)
    vote(found["nameless"], True, by=world.ada)
    merge(found["again"], found["named"], by=world.ben)
    decline(found["no"], "@everybody: not here.", by=world.ben)
    withdraw(found["gone"], by=world.ada)
    promise = {"due": None, "done": False, "by": world.ben}
    follow_up(found["named"], owner=world.gus, outcome="+1 day", **promise)  # type: ignore[arg-type]
    return found


def table(world: World, hall: TownHall) -> list[dict[str, str]]:
    answer = world.browser(world.ben).get(f"/halls/{hall.pk}/export.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="town-hall-{hall.pk}.csv"' in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_holds_every_question_but_the_withdrawn_in_the_order_of_votes(
    world: World, hall: TownHall, asked: dict[str, Question]
) -> None:
    rows = table(world, hall)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["question"] for row in rows[:2]] == ["Are offices closed?", asked["named"].text]
    assert {row["state"] for row in rows} == {"open", "merged", "declined"}
    assert "Shall I take this back?" not in {row["question"] for row in rows}
    named = next(row for row in rows if row["question"] == asked["named"].text)
    assert (named["votes"], named["similar_merged"]) == ("1", "1")
    assert (named["asked_by"], named["owner"]) == ("Ada Lund", "Gus Brandt")


def test_no_cell_is_a_formula(world: World, hall: TownHall, asked: dict[str, Question]) -> None:
    rows = table(world, hall)
    assert any(row["question"].startswith("'=HYPERLINK") for row in rows)
    assert any(row["outcome"] == "'+1 day" for row in rows)
    assert any(row["reason_declined"].startswith("'@everybody") for row in rows)
    for row in rows:
        assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


def test_who_asked_without_a_name_leaves_no_trace(
    world: World, hall: TownHall, asked: dict[str, Question]
) -> None:
    nameless = asked["nameless"]
    row = next(row for row in table(world, hall) if row["question"] == nameless.text)
    assert (row["asked_by"], row["asked_by_handle"]) == ("", "")
    answer = world.browser(world.ben).get(f"/halls/{hall.pk}/export.json")
    text = answer.content.decode()
    for trace in (SECRET, str(nameless.pk), "since", "edited", "version", "secret", "token"):
        assert trace not in text
    assert not any(name in json.loads(text)["questions"][0] for name in ("id", "key", "since"))


def test_the_data_says_the_same_as_the_table(
    world: World, hall: TownHall, asked: dict[str, Question]
) -> None:
    answer = world.browser(world.ben).get(f"/halls/{hall.pk}/export.json")
    assert answer["Content-Type"] == "application/json"
    document = json.loads(answer.content)
    assert document["town_hall"]["title"] == "Where we go next"
    rows = table(world, hall)
    assert [each["votes"] for each in document["questions"]] == [int(row["votes"]) for row in rows]
    # Data is data: what is a formula elsewhere stands here as it was asked.
    assert any(each["question"].startswith("=HYPERLINK") for each in document["questions"])
