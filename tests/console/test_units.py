"""The tree of units stays a tree, and nothing that somebody belongs to is taken away."""

import pytest

from hallway.audit.models import Row
from hallway.people.actions.units import UnitBelowItself, change_unit
from hallway.people.models import OrgUnit, Person
from hallway.people.units import path_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(world: World) -> dict[str, OrgUnit]:
    """North / Claims / Motor, with Ada in Motor, and South."""
    north = OrgUnit.objects.create(name="North")
    claims = OrgUnit.objects.create(name="Claims", parent=north)
    motor = OrgUnit.objects.create(name="Motor", parent=claims)
    Person.objects.filter(pk=world.ada.pk).update(unit=motor)
    return {
        "north": north,
        "claims": claims,
        "motor": motor,
        "south": OrgUnit.objects.create(name="South"),
    }


def test_a_unit_moves_with_its_people_and_all_below(world: World, tree: dict[str, OrgUnit]) -> None:
    browser, claims = world.browser(world.rita), tree["claims"]
    form = {"name": "Losses", "kind": "department", "parent": tree["south"].pk}
    browser.post(f"/admin/units/{claims.pk}/edit", form)
    motor = OrgUnit.objects.get(pk=tree["motor"].pk)
    assert path_of(motor) == "South / Losses / Motor"
    found = Row.objects.order_by("pk").values_list("deed", "before", "after")
    assert list(found) == [
        ("unit.renamed", "Claims", "Losses"),
        ("unit.moved", "North", "South"),
    ]
    assert "Losses" in browser.get("/admin/audit/").content.decode()


def test_no_unit_comes_to_lie_within_itself(world: World, tree: dict[str, OrgUnit]) -> None:
    north, motor = tree["north"], tree["motor"]
    with pytest.raises(UnitBelowItself):
        change_unit(north, "North", north.kind, motor, by=world.rita)
    form = {"name": "North", "kind": "department", "parent": motor.pk}
    answer = world.browser(world.rita).post(f"/admin/units/{north.pk}/edit", form)
    assert answer.status_code == 422
    north.refresh_from_db()
    assert north.parent is None


def test_a_name_is_there_once_and_the_form_keeps_it(world: World, tree: dict[str, OrgUnit]) -> None:
    browser = world.browser(world.rita)
    answer = browser.post("/admin/units/", {"name": "North", "kind": "team"})
    assert answer.status_code == 422
    assert 'value="North"' in answer.content.decode()
    below = browser.post(f"/admin/units/{tree['south'].pk}", {"name": "North", "kind": "team"})
    assert below.status_code == 302


def test_only_an_empty_unit_is_taken_away(world: World, tree: dict[str, OrgUnit]) -> None:
    browser = world.browser(world.rita)
    for name in ("north", "motor"):
        browser.post(f"/admin/units/{tree[name].pk}/remove")
        assert OrgUnit.objects.filter(pk=tree[name].pk).exists()
    browser.post(f"/admin/units/{tree['south'].pk}/remove")
    assert not OrgUnit.objects.filter(pk=tree["south"].pk).exists()
