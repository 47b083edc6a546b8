"""The tree of units stays a tree, and nothing that somebody belongs to is taken away."""

import pytest
from django.core.exceptions import PermissionDenied

from hallway.audit.models import Row
from hallway.people.actions.units import UnitBelowItself, change_unit, name_head
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


def test_the_company_names_who_leads_a_unit(world: World, tree: dict[str, OrgUnit]) -> None:
    claims, office = tree["claims"], world.browser(world.rita)
    form = {"name": "Claims", "kind": "department", "parent": tree["north"].pk}
    edit = f"/admin/units/{claims.pk}/edit"
    Person.objects.filter(pk=world.cleo.pk).update(unit=tree["motor"], manager=world.ada)
    page, worked_out = f"/people/units/{claims.pk}", "Worked out from"
    browser = world.browser(world.ben)
    assert worked_out in browser.get(page).content.decode()
    for wrong in ("@nobody", "@dora"):
        answer = office.post(edit, form | {"head": wrong})
        assert answer.status_code == 422 and f'value="{wrong}"' in answer.content.decode()
    office.post(edit, form | {"head": "@cleo"})
    text = browser.get(page).content.decode()
    assert "/people/cleo" in text and worked_out not in text
    # Gus knows the unit by Ada, and does not know Cleo.
    known = world.browser(world.gus).get(page)
    assert known.status_code == 200 and "/people/cleo" not in known.content.decode()
    assert f'Head of <a class="link" href="{page}"' in (
        browser.get("/people/cleo/team").content.decode()
    )
    assert 'value="@cleo"' in office.get(edit).content.decode()
    office.post(edit, form | {"head": "Ben Okafor"})
    Person.objects.filter(pk=world.ben.pk).update(is_active=False)
    # Whoever has left leads nobody, and does not stand in the way of the form.
    assert worked_out in world.browser(world.ada).get(page).content.decode()
    office.post(edit, form)
    assert OrgUnit.objects.get(pk=claims.pk).head is None
    named = Row.objects.order_by("pk").values_list("deed", "person_id")
    assert list(named) == [
        ("unit.head_named", world.cleo.pk),
        ("unit.head_ended", world.cleo.pk),
        ("unit.head_named", world.ben.pk),
        ("unit.head_ended", world.ben.pk),
    ]
    with pytest.raises(PermissionDenied):
        name_head(claims, world.ada, by=world.ada)
