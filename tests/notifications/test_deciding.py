"""What waits for a decision stands in one place, for whoever may decide it and for nobody else."""

import pytest

from hallway.people.models import Person
from hallway.spaces import actions as spaces
from tests.world import World

pytestmark = pytest.mark.django_db

PAGE = "/notifications/decide"


def waiting(world: World, person: Person) -> str:
    return world.browser(person).get(PAGE).content.decode()


def test_a_request_is_answered_where_all_that_waits_is(world: World) -> None:
    spaces.ask(world.closed, "May I look?", by=world.cleo)
    page = waiting(world, world.ben)
    assert "May I look?" in page and "Let Cleo Marchetti into Closed room" in page
    assert (
        '<span class="badge">1</span>'
        in world.browser(world.ben).get("/notifications/").content.decode()
    )
    for other in (world.ada, world.cleo, world.gus, world.rita):
        assert "May I look?" not in waiting(world, other)
    world.browser(world.ben).post("/spaces/closed-room/requests/cleo", {"answer": "approve"})
    assert "Nothing waits for you" in waiting(world, world.ben)


def test_an_invitation_waits_for_the_invited(world: World) -> None:
    spaces.invite(world.secret, world.cleo, by=world.ben)
    assert 'formaction="/spaces/secret-room/join"' in waiting(world, world.cleo)
    for other in (world.ada, world.gus, world.rita):
        assert "/spaces/secret-room/join" not in waiting(world, other)


def test_whoever_manages_no_longer_decides_no_longer(world: World) -> None:
    spaces.ask(world.closed, "May I look?", by=world.cleo)
    spaces.set_role(world.closed, world.ada, "manager", by=world.ben)
    assert "May I look?" in waiting(world, world.ada)
    spaces.set_role(world.closed, world.ada, "member", by=world.ben)
    assert "May I look?" not in waiting(world, world.ada)
