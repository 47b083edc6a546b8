"""Beside home: people one may know, and why."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.people.actions import add_person, change_profile, follow
from hallway.people.alike import BESIDE_BY_NAME, alike
from hallway.people.models import OrgUnit, Person
from hallway.spaces.actions import create_space, put_in
from hallway.spaces.models import Membership
from hallway.stream.acquaintances import KEPT, acquaintances
from tests.world import World


def known(viewer: Person, limit: int = 50) -> dict[str, tuple[str, ...]]:
    """Who is suggested, and why, in order; worked out anew."""
    viewer.refresh_from_db()
    caches["acquaintances"].clear()
    return {each.person.handle: each.reasons for each in acquaintances(viewer, limit)}


def test_the_reasons_are_said(world: World) -> None:
    unit = OrgUnit.objects.create(name="Claims")
    Person.objects.filter(handle__in=["cleo", "rita"]).update(unit=unit)
    change_profile(world.cleo, by=world.cleo, skills=["Diving", "Norwegian"])
    change_profile(world.rita, by=world.rita, skills=["norwegian", "DIVING"])
    change_profile(world.ada, by=world.ada, skills=["Diving"])
    follow(world.ben, by=world.cleo)
    follow(world.ben, by=world.ada)
    assert known(world.cleo) == {
        "rita": ("Same unit", "2 shared skills"),
        "ada": ("You both follow 1 person", "1 shared skill"),
    }
    assert known(world.ada) == {
        "cleo": ("You both follow 1 person", "1 shared skill"),
        "rita": ("1 shared skill",),
    }
    assert known(world.ben) == {"ada": ("3 shared spaces",)}
    html = world.browser(world.cleo).get("/beside").content.decode()
    card = html.partition("Vielleicht kennst du")[2].partition("</section>")[0]
    assert re.findall(r'row-name" href="/people/(\w+)"', card) == ["rita", "ada"]
    assert "Gleicher Bereich" in card and 'formaction="/people/rita/follow"' in card
    assert "2 gemeinsame Fähigkeiten" in card


def test_nobody_who_is_followed_has_left_is_a_guest_or_oneself(world: World) -> None:
    # Gus shares the closed space with Ada, Dora all three; Ben is the only one left to know.
    assert set(known(world.ada)) == {"ben"}
    follow(world.ben, by=world.ada)
    assert known(world.ada) == {}


def test_what_is_kept_is_asked_for_the_rule_each_time(world: World) -> None:
    put_in(world.open, world.cleo, by=world.ben)
    assert set(known(world.ada)) == {"ben", "cleo"}

    def kept() -> set[str]:
        with CaptureQueriesContext(connection) as captured:
            found = acquaintances(world.ada, 4)
        assert len(captured) == 1
        return {each.person.handle for each in found}

    assert kept() == {"ben", "cleo"}
    follow(world.ben, by=world.ada)
    assert kept() == {"cleo"}
    Person.objects.filter(pk=world.cleo.pk).update(is_active=False)
    assert kept() == set()


def test_guests_are_shown_nobody(world: World) -> None:
    change_profile(world.gus, by=world.gus, skills=["Diving"])
    change_profile(world.ada, by=world.ada, skills=["Diving"])
    assert known(world.gus) == {}
    assert "People you may know" not in world.browser(world.gus).get("/beside").content.decode()


def test_the_hall_of_the_company_is_no_acquaintance(world: World) -> None:
    for person in (world.cleo, world.rita):
        put_in(world.hall, person, by=world.rita, role=Membership.Role.MANAGER)
    with as_system("the row must be there to be passed over"):
        assert Membership.objects.filter(space=world.hall).count() == 2
    assert known(world.cleo) == {}


def test_where_acquaintances_are_few_the_newest_fill_the_room(world: World) -> None:
    world.browser(world.cleo)
    page = world.browser(world.rita).get("/beside").content.decode()
    assert "People you may know" not in page
    assert "New colleagues" in page and "Cleo Marchetti" in page
    unit = OrgUnit.objects.create(name="Claims")
    Person.objects.filter(handle__in=["cleo", "rita"]).update(unit=unit)
    caches["acquaintances"].clear()
    page = world.browser(world.rita).get("/beside").content.decode()
    assert "People you may know" in page and page.count("Cleo Marchetti</a>") == 1
    follow(world.cleo, by=world.rita)
    assert "Cleo Marchetti" not in world.browser(world.rita).get("/beside").content.decode()


def test_more_in_common_comes_first(world: World) -> None:
    rooms = [create_space(f"Room {n}", by=world.rita, openness="open") for n in range(3)]
    for room in rooms:
        put_in(room, world.cleo, by=world.rita)
    put_in(rooms[0], world.ada, by=world.rita)
    assert list(known(world.rita)) == ["cleo", "ada"]
    assert list(known(world.rita, limit=1)) == ["cleo"]


@pytest.mark.parametrize("place", ["first", "last"])
def test_in_a_large_unit_the_neighbours_by_name_are_looked_at(world: World, place: str) -> None:
    unit = OrgUnit.objects.create(name="Large")
    for number in range(BESIDE_BY_NAME * 2):
        add_person(f"n{number}@company.example", f"Name {number:03}", unit=unit)
    name = "Aaron" if place == "first" else "Zoe"
    viewer = add_person("viewer@company.example", name, unit=unit)
    handles = list(known(viewer, limit=999))
    assert len(handles) == KEPT
    assert len(alike(viewer)) == BESIDE_BY_NAME
    assert ("name-000" in handles) == (place == "first")


def test_a_crowd_takes_the_queries_of_two(world: World) -> None:
    unit = OrgUnit.objects.create(name="Claims")
    Person.objects.filter(handle__in=["ben", "cleo", "ada"]).update(unit=unit)
    for person in (world.ben, world.cleo):
        change_profile(person, by=person, skills=["Diving"])
        follow(world.rita, by=person)

    def queries() -> int:
        world.ben.refresh_from_db()
        caches["acquaintances"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert acquaintances(world.ben, 4)
        return len(captured)

    few = queries()
    for number in range(40):
        one = add_person(f"n{number}@company.example", f"Name {number}", unit=unit)
        change_profile(one, by=one, skills=["Diving", f"Skill {number}"])
        follow(world.rita, by=one)
        follow(one, by=world.ben) if number % 2 else follow(world.cleo, by=one)
        put_in(world.open, one, by=world.ben)
        room = create_space(f"Room {number}", by=one, openness="open")
        put_in(room, world.ben, by=one)
    assert queries() == few
