"""Ways into a space and out of it, as the people concerned go them."""

import pytest

from hallway.people.models import Person
from hallway.spaces.access import may
from hallway.spaces.actions import (
    NotAllowed,
    approve,
    ask,
    change_space,
    invite,
    join,
    put_in,
    set_role,
)
from tests.spaces.deeds import asked, invited, role, told
from tests.world import World

pytestmark = pytest.mark.django_db


def test_cleo_joins_an_open_space_and_leaves_it(world: World) -> None:
    browser = world.browser(world.cleo)
    with told() as verbs:
        answer = browser.post("/spaces/open-room/join", follow=True)
    assert verbs == ["member.joined"]
    assert "You belong to Open room now." in answer.content.decode()
    with told() as verbs:
        browser.post("/spaces/open-room/join")
    assert verbs == []
    assert "Leave Open room?" in browser.get("/spaces/open-room/leave").content.decode()
    with told() as verbs:
        answer = browser.post("/spaces/open-room/leave")
    assert verbs == ["member.left"]
    assert answer.url == "/spaces/open-room"
    assert role(world.cleo, world.open) is None


def test_cleo_asks_withdraws_asks_again_and_is_let_in(world: World) -> None:
    browser = world.browser(world.cleo)
    with told() as verbs:
        browser.post("/spaces/closed-room/ask", {"message": "I write\nthe policies"})
    assert verbs == ["join.asked"]
    with told() as verbs:
        browser.post("/spaces/closed-room/ask", {"message": "once more"})
    assert verbs == []
    assert "You have asked to join" in browser.get("/spaces/closed-room").content.decode()
    with told() as verbs:
        browser.post("/spaces/closed-room/withdraw")
        browser.post("/spaces/closed-room/withdraw")
    assert verbs == ["join.withdrawn"]
    browser.post("/spaces/closed-room/ask", {"message": "Please"})
    members = world.browser(world.ben).get("/spaces/closed-room/members").content.decode()
    assert "1 person asks to join" in members
    assert "Please" in members
    assert "1 open request" in members
    assert (
        "asks to join"
        not in world.browser(world.ada).get("/spaces/closed-room/members").content.decode()
    )
    with told() as verbs:
        answer = world.browser(world.ben).post(
            "/spaces/closed-room/requests/cleo", {"answer": "approve"}, follow=True
        )
        again = world.browser(world.ben).post(
            "/spaces/closed-room/requests/cleo", {"answer": "approve"}, follow=True
        )
    assert verbs == ["member.joined"]
    assert "Cleo Marchetti belongs to it now." in answer.content.decode()
    assert "had already been settled" in again.content.decode()
    assert may(world.cleo, "read", world.closed)


def test_a_declined_request_is_gone(world: World) -> None:
    ask(world.closed, by=world.cleo)
    with told() as verbs:
        world.browser(world.ben).post("/spaces/closed-room/requests/cleo", {"answer": "decline"})
    assert verbs == ["join.declined"]
    assert not asked(world.cleo, world.closed)
    assert role(world.cleo, world.closed) is None


def test_too_long_a_message_is_kept_and_explained(world: World) -> None:
    answer = world.browser(world.cleo).post("/spaces/closed-room/ask", {"message": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()
    assert not asked(world.cleo, world.closed)


@pytest.mark.parametrize("deed", ["join", "decline"])
def test_the_invited_decides(world: World, deed: str) -> None:
    invite(world.secret, world.cleo, by=world.ben)
    browser = world.browser(world.cleo)
    world.post(world.secret, "Canary of the secret room", by=world.ada)
    front = browser.get("/spaces/secret-room").content.decode()
    assert "You are invited" in front
    assert "Canary" not in front
    assert browser.get("/spaces/secret-room/members").status_code == 404
    with told() as verbs:
        answer = browser.post(f"/spaces/secret-room/{deed}")
    assert verbs == ["member.joined" if deed == "join" else "join.withdrawn"]
    assert answer.url == ("/spaces/secret-room" if deed == "join" else "/spaces/")
    assert not invited(world.cleo, world.secret)
    assert may(world.cleo, "read", world.secret) == (deed == "join")
    assert ("Canary" in browser.get("/spaces/secret-room").content.decode()) == (deed == "join")


def test_a_space_closed_a_moment_ago_is_explained_and_not_joined(world: World) -> None:
    change_space(world.open, by=world.ben, openness="closed")
    with told() as verbs:
        answer = world.browser(world.cleo).post("/spaces/open-room/join", follow=True)
    assert verbs == []
    html = answer.content.decode()
    assert "That is not possible, or no longer" in html
    assert "Ask to join" in html
    assert role(world.cleo, world.open) is None


def test_members_do_not_ask_and_nobody_joins_the_company(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask(world.closed, by=world.ada)
    with pytest.raises(NotAllowed):
        join(world.hall, by=world.cleo)
    assert not put_in(world.hall, world.cleo, by=world.rita)
    assert world.browser(world.cleo).get("/spaces/all-of-company/leave").status_code == 404
    assert role(world.cleo, world.hall) is None


def test_the_last_manager_cannot_leave(world: World) -> None:
    browser = world.browser(world.ben)
    with told() as verbs:
        answer = browser.post("/spaces/secret-room/leave")
    assert answer.status_code == 422
    assert "You are the only manager" in answer.content.decode()
    assert (verbs, role(world.ben, world.secret)) == ([], "manager")
    set_role(world.secret, world.ada, "manager", by=world.ben)
    assert browser.post("/spaces/secret-room/leave").url == "/spaces/"
    assert browser.get("/spaces/secret-room").status_code == 404


def test_a_deactivated_manager_is_no_manager(world: World) -> None:
    set_role(world.secret, world.ada, "manager", by=world.ben)
    Person.objects.filter(pk=world.ada.pk).update(is_active=False)
    answer = world.browser(world.ben).post("/spaces/secret-room/leave")
    assert answer.status_code == 422
    assert role(world.ben, world.secret) == "manager"


def test_who_was_deactivated_a_moment_ago_does_nothing(world: World) -> None:
    ask(world.closed, by=world.cleo)
    Person.objects.filter(pk=world.ben.pk).update(is_active=False)
    with pytest.raises(NotAllowed):  # Ben's request began before
        approve(world.closed, world.cleo, by=world.ben)
    assert role(world.cleo, world.closed) is None
