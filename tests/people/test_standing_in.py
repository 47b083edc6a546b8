"""Ada looks at her own page as others see it, through the rule that holds for them."""

import pytest

from hallway.people.models import Person
from hallway.spaces.actions import leave, put_in
from tests.world import World

pytestmark = pytest.mark.django_db


def page(world: World, role: str, who: str = "ada", of: str = "ada") -> str:
    browser = world.browser(world.people[who])
    return browser.get(f"/people/{of}?as={role}").content.decode()


def test_ada_sees_herself_as_others_do(world: World) -> None:
    put_in(world.open, world.ada, by=world.ben)
    put_in(world.secret, world.ada, by=world.ben)
    Person.objects.filter(pk=world.ada.pk).update(manager=world.cleo)
    world.post(world.open, "Said in the open", by=world.ada)
    world.post(world.secret, "Said in secret", by=world.ada)
    own = page(world, "")
    assert "Said in the open" in own
    assert "Said in secret" in own
    for role in ("colleague", "manager"):
        seen = page(world, role)
        assert "Said in the open" in seen, role
        assert "Said in secret" not in seen, role
        assert "compose-box" not in seen
    assert "as Cleo Marchetti does, your manager" in page(world, "manager")
    put_in(world.secret, world.cleo, by=world.ben)
    assert "Said in secret" in page(world, "manager")


def test_what_ada_may_not_read_herself_is_not_shown_either(world: World) -> None:
    put_in(world.secret, world.ada, by=world.ben)
    put_in(world.secret, world.cleo, by=world.ben)
    Person.objects.filter(pk=world.ada.pk).update(manager=world.cleo)
    world.post(world.secret, "Said in secret", by=world.ada)
    assert "Said in secret" in page(world, "manager")
    leave(world.secret, by=world.ada)
    assert "Said in secret" not in page(world, "manager")


def test_a_guest_sees_her_only_in_a_common_space(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(about="I know about claims.")
    leave(world.closed, by=world.gus)
    unseen = page(world, "guest")
    assert "No guest sees you" in unseen
    assert "I know about claims." not in unseen
    put_in(world.closed, world.ada, by=world.ben)
    put_in(world.closed, world.gus, by=world.ben)
    assert "as Gus Brandt does" in page(world, "guest")
    assert "I know about claims." in page(world, "guest")


def test_it_is_for_oneself_only(world: World) -> None:
    assert "You see your page" not in page(world, "manager", of="ben")
    assert "You see your page" not in page(world, "nonsense")
    for role in ("colleague", "manager", "guest"):
        assert "You see your page" not in page(world, role, who="gus", of="gus")
