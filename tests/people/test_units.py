"""A page for each unit: where it lies, what is in it, who leads it, its people."""

import re
import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.people.actions import add_person
from hallway.people.models import OrgUnit, Person
from hallway.people.tree import KEPT_SECONDS
from tests.people.test_chart import manage
from tests.world import World


@pytest.fixture
def units(world: World) -> dict[str, OrgUnit]:
    """Northwind with claims (Ada, Ben, Dora), in it marine claims (Cleo), and an empty unit."""
    top = OrgUnit.objects.create(name="Northwind", kind=OrgUnit.Kind.SUBSIDIARY)
    claims = OrgUnit.objects.create(name="Claims", parent=top)
    marine = OrgUnit.objects.create(name="Marine claims", parent=claims, kind=OrgUnit.Kind.TEAM)
    empty = OrgUnit.objects.create(name="Archive", parent=top)
    Person.objects.filter(handle__in=["ada", "ben", "dora"]).update(unit=claims)
    Person.objects.filter(handle="cleo").update(unit=marine)
    return {"top": top, "claims": claims, "marine": marine, "empty": empty}


def page(world: World, viewer: Person, unit: OrgUnit, query: str = "") -> str:
    response = world.browser(viewer).get(f"/people/units/{unit.pk}{query}")
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_unit_says_where_it_lies_and_who_is_in_it(
    world: World, units: dict[str, OrgUnit]
) -> None:
    claims = page(world, world.rita, units["claims"])
    assert claims.startswith("> ") or "People Northwind Claims" in claims
    assert "Department · 3 people" in claims
    assert "Marine claims Team 1 person" in claims
    for name in ("Ada Lund", "Ben Okafor", "Cleo Marchetti"):
        assert name in claims
    assert "Dora" not in claims and "Rita" not in claims
    top = page(world, world.rita, units["top"])
    assert "Archive Department 0 people Claims Department 3 people" in top
    assert "Nobody is in this unit" in page(world, world.rita, units["empty"])


def test_profile_and_directory_lead_to_the_unit(world: World, units: dict[str, OrgUnit]) -> None:
    address = f'href="/people/units/{units["claims"].pk}"'
    browser = world.browser(world.rita)
    assert address in browser.get(world.ada.url).content.decode()
    assert address in browser.get(f"/people/?unit={units['claims'].pk}").content.decode()
    assert address not in browser.get("/people/").content.decode()


def test_the_head_reports_to_nobody_in_the_unit_and_most_report_to_them(
    world: World, units: dict[str, OrgUnit]
) -> None:
    assert "Head" not in page(world, world.rita, units["top"]).replace("Head of claims", "")
    caches["cards"].clear()
    # Ada has more reports than Ben, but reports to him herself; Rita is in no unit.
    manage(ada="ben", ben="rita", cleo="ada")
    crowd = [add_person(f"c{n}@company.example", f"Clerk {n}", unit=units["claims"],
                        manager=world.ada) for n in range(3)]  # fmt: skip
    head = page(world, world.rita, units["claims"]).partition(" Head ")[2]
    assert head.startswith("BO Ben Okafor")
    # One who manages a single person and reports to nobody either.
    Person.objects.filter(pk=crowd[0].pk).update(manager=None)
    Person.objects.filter(pk=crowd[1].pk).update(manager=crowd[0])
    Person.objects.filter(pk=crowd[2].pk).update(manager=world.ben)
    caches["cards"].clear()
    assert "BO Ben Okafor" in page(world, world.rita, units["claims"]).partition(" Head ")[2][:30]


def test_in_a_circle_nobody_is_the_head_but_whom_a_table_calls_their_own_manager_may_be(
    world: World, units: dict[str, OrgUnit]
) -> None:
    manage(ada="ben", ben="ada")
    assert " Head " not in page(world, world.rita, units["claims"]).replace("Head of", "")
    caches["cards"].clear()
    manage(ben="ben")
    assert "Ben Okafor" in page(world, world.rita, units["claims"]).partition(" Head ")[2][:30]


def test_a_guest_knows_the_units_of_those_they_know(
    world: World, units: dict[str, OrgUnit]
) -> None:
    manage(ada="cleo", ben="cleo")
    Person.objects.filter(handle="cleo").update(unit=units["claims"])
    claims = page(world, world.gus, units["claims"])
    assert "Ada Lund" in claims and "2 people" in claims
    assert "Cleo" not in claims and "Marine" not in claims
    assert "Archive" not in page(world, world.gus, units["top"])
    browser = world.browser(world.gus)
    for name in ("marine", "empty"):
        assert browser.get(f"/people/units/{units[name].pk}").status_code == 404
    # What an employee was shown is not kept for a guest.
    assert "3 people" in page(world, world.rita, units["claims"])
    assert "2 people" in page(world, world.gus, units["claims"])


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 19, "9" * 40])
def test_an_unknown_unit_does_not_exist(
    world: World, units: dict[str, OrgUnit], number: str
) -> None:
    for viewer in (world.rita, world.gus):
        assert world.browser(viewer).get(f"/people/units/{number}").status_code == 404


def test_a_new_unit_has_its_page_at_once(world: World, units: dict[str, OrgUnit]) -> None:
    page(world, world.rita, units["top"])
    new = OrgUnit.objects.create(name="Brand new", parent=units["top"])
    assert "Brand new" in page(world, world.rita, new)


def test_after_a_minute_counts_and_heads_are_new(
    world: World, units: dict[str, OrgUnit], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 people" in page(world, world.rita, units["claims"])
    choices = world.browser(world.rita).get("/people/").content.decode()
    assert "Brand new" not in choices
    OrgUnit.objects.create(name="Brand new")
    manage(ada="ben")
    Person.objects.filter(handle="rita").update(unit=units["claims"])
    assert "3 people" in page(world, world.rita, units["claims"])
    later = time.monotonic() + KEPT_SECONDS + 1
    monkeypatch.setattr("hallway.core.shelf.time.monotonic", lambda: later)
    after = page(world, world.rita, units["claims"])
    assert "4 people" in after and "BO Ben Okafor" in after.partition(" Head ")[2][:30]
    assert "Brand new" in world.browser(world.rita).get("/people/").content.decode()


def test_units_in_a_circle_end(world: World, units: dict[str, OrgUnit]) -> None:
    OrgUnit.objects.filter(pk=units["top"].pk).update(parent=units["marine"])
    for unit in units.values():
        page(world, world.rita, unit)
        page(world, world.rita, unit, "?after=nonsense")


@pytest.mark.parametrize("who", ["rita", "gus"])
def test_thirty_people_and_units_take_the_queries_of_one(
    world: World, units: dict[str, OrgUnit], who: str
) -> None:
    manage(ada="ben")

    def queries() -> int:
        page(world, world.people[who], units["claims"])
        caches["cards"].clear()
        with CaptureQueriesContext(connection) as captured:
            page(world, world.people[who], units["claims"])
        return len(captured)

    few = queries()
    for number in range(35):
        unit = OrgUnit.objects.create(name=f"Team {number}", parent=units["claims"])
        for place in (unit, units["claims"]):
            add_person(f"{number}-{place.pk}@company.example", f"Clerk {number}", unit=place,
                       manager=world.ben)  # fmt: skip
    assert queries() == few
