"""The directory shows everybody to employees and to guests only whom they share a space with."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hallway.people.actions import add_person, change_profile
from hallway.people.models import OrgUnit, Person
from hallway.people.queries import complete
from tests.world import World

DIRECTORY = reverse("people:directory")


def names_on(html: str) -> list[str]:
    return [part.split("</a>")[0].split(">")[1] for part in html.split('class="row-name"')[1:]]


def listed(world: World, viewer: Person, query: str = "") -> list[str]:
    response = world.browser(viewer).get(f"{DIRECTORY}{query}")
    assert response.status_code == 200
    return names_on(response.content.decode())


def test_employees_see_everybody_who_is_here(world: World) -> None:
    assert listed(world, world.cleo) == [
        "Ada Lund", "Ben Okafor", "Cleo Marchetti", "Gus Brandt", "Rita Sommer",
    ]  # fmt: skip


def test_a_guest_finds_no_unrelated_colleague(world: World) -> None:
    change_profile(world.cleo, by=world.cleo, location="Trieste", skills=["Diving"])
    unit = OrgUnit.objects.create(name="Hidden unit")
    Person.objects.filter(pk=world.cleo.pk).update(unit=unit)
    assert listed(world, world.gus) == ["Ada Lund", "Ben Okafor", "Gus Brandt"]
    for query in ("?q=cleo", "?q=cloe", "?q=c", "?q=marchetti cleo", "?location=Trieste",
                  "?skill=diving", f"?unit={unit.pk}"):  # fmt: skip
        page = world.browser(world.gus).get(f"{DIRECTORY}{query}").content.decode()
        assert "Cleo Marchetti" not in page, query
        assert "Hidden unit" not in page
        assert 'value="Trieste"></option>' not in page
    assert listed(world, world.ada, "?q=cleo") == ["Cleo Marchetti"]
    assert listed(world, world.gus, "?q=ada") == ["Ada Lund"]


def test_filters_go_together(world: World) -> None:
    company = OrgUnit.objects.create(name="Northwind")
    claims = OrgUnit.objects.create(name="Claims", parent=company)
    Person.objects.filter(pk__in=[world.ada.pk, world.ben.pk]).update(unit=claims)
    change_profile(world.ada, by=world.ada, skills=["Diving", "Erste Hilfe"])
    assert listed(world, world.cleo, f"?unit={company.pk}") == ["Ada Lund", "Ben Okafor"]
    assert listed(world, world.cleo, f"?unit={claims.pk}&location=Oslo") == ["Ada Lund"]
    assert listed(world, world.cleo, "?skill=erste+hilfe") == ["Ada Lund"]
    assert listed(world, world.cleo, "?skill=DIVING&q=ada") == ["Ada Lund"]
    assert listed(world, world.cleo, "?skill=diving&q=ben") == []


@pytest.mark.parametrize(
    "query",
    [
        "?unit=x",
        "?unit=99999",
        "?unit=9" + "9" * 40,
        "?after=!!",
        "?after=WzEsMiwzLDRd",
        "?after=bnVsbA",
        "?after=WzAsIlx1ZDgwMCIsICJhIiwgMV0",
        f"?q={'a' * 500}",
        "?location=%00",
    ],
)
def test_nonsense_is_answered(world: World, query: str) -> None:
    assert world.browser(world.cleo).get(f"{DIRECTORY}{query}").status_code == 200


def test_nobody_found_says_what_to_do(world: World) -> None:
    page = world.browser(world.rita).get(f"{DIRECTORY}?q=Xanthippus").content.decode()
    assert "Nobody found" in page
    assert "another spelling" in page


def test_pages_hold_everybody_once(world: World) -> None:
    for number in range(70):
        add_person(f"m{number}@company.example", f"Marta {chr(97 + number % 26)}{number}")
    for start in ("", "?q=mar"):
        seen: list[str] = []
        query = start
        while query is not None:
            response = world.browser(world.cleo).get(f"{DIRECTORY}{query}")
            seen += names_on(response.content.decode())
            query = response.context["older_url"] or None
        everybody = sorted(seen)
        assert len(seen) == len(set(seen))
        assert len([name for name in everybody if name.startswith("Marta")]) == 70


@pytest.mark.parametrize("query", ["", "?q=marta"])
def test_thirty_rows_take_the_queries_of_one(world: World, query: str) -> None:
    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            rows = listed(world, world.cleo, query)
        return len(captured), len(rows)

    browser = world.browser(world.cleo)
    add_person("m@company.example", "Marta One")
    browser.get(DIRECTORY)
    few, _ = queries()
    for number in range(24):
        add_person(f"m{number}@company.example", f"Marta {number}")
    many, rows = queries()
    assert rows >= 25
    assert many == few


def test_completion_offers_only_whom_one_may_name(world: World) -> None:
    def offered(viewer: Person, words: str) -> list[str]:
        response = world.browser(viewer).get(f"/people/complete?q={words}")
        assert response.headers["Content-Type"] == "application/json"
        return [offer["handle"] for offer in json.loads(response.content)]

    assert offered(world.ada, "cle") == ["cleo"]
    assert offered(world.gus, "cle") == []
    assert offered(world.ada, "dora") == []
    readers = Person.objects.filter(pk__in=[world.ben.pk, world.gus.pk])
    assert [each["handle"] for each in complete(world.ada, "b", readers)] == ["ben", "gus"]
    assert complete(world.ada, "cleo", readers) == []
    assert set(complete(world.ada, "ben")[0]) == {
        "handle", "name", "title", "hue_step", "initials", "photo_url",
    }  # fmt: skip


def test_before_a_letter_is_typed_completion_offers_whom_one_follows(world: World) -> None:
    world.browser(world.ada).post(reverse("people:follow", args=["cleo"]))
    assert [each["handle"] for each in complete(world.ada, "")] == ["cleo"]
    assert complete(world.ada, "", Person.objects.filter(pk=world.ben.pk)) == []
