"""What managers and administrators do about the places of others."""

import pytest

from hallway.people.models import Person
from hallway.spaces.access import may
from hallway.spaces.actions import (
    NotAllowed,
    appoint,
    change_space,
    create_space,
    dismiss,
    invite,
    put_in,
    set_role,
)
from tests.spaces.deeds import invited, role, told
from tests.world import World

pytestmark = pytest.mark.django_db


def test_ben_searches_and_invites_a_colleague_and_a_guest(world: World) -> None:
    browser = world.browser(world.ben)
    found = browser.get("/spaces/secret-room/invite?q=gus").content.decode()
    assert 'formaction="/spaces/secret-room/invitations/gus"' in found
    with told() as verbs:
        browser.post("/spaces/secret-room/invitations/cleo")
        browser.post("/spaces/secret-room/invitations/cleo")
        browser.post("/spaces/secret-room/invitations/gus")
    assert verbs == ["join.invited", "join.invited"]
    assert "Invited" in browser.get("/spaces/secret-room/invite?q=cleo").content.decode()
    with told() as verbs:
        browser.post("/spaces/secret-room/invitations/gus/withdraw")
    assert verbs == ["join.withdrawn"]
    assert world.browser(world.gus).get("/spaces/secret-room").status_code == 404


def test_members_of_an_open_space_invite_employees_but_no_guests(world: World) -> None:
    browser = world.browser(world.ada)
    assert "Gus" not in browser.get("/spaces/open-room/invite?q=gus").content.decode()
    browser.post("/spaces/open-room/invitations/cleo")
    assert invited(world.cleo, world.open)
    with told() as verbs:
        assert browser.post("/spaces/open-room/invitations/gus").status_code == 404
    assert verbs == []
    assert browser.get("/spaces/closed-room/invite").status_code == 404


def test_a_guest_invites_nobody_and_manages_nothing(world: World) -> None:
    put_in(world.open, world.gus, by=world.ben)
    assert world.browser(world.gus).get("/spaces/open-room/invite").status_code == 404
    answer = world.browser(world.ben).post(
        "/spaces/open-room/members/gus/role", {"role": "manager"}
    )
    assert answer.status_code == 404
    assert role(world.gus, world.open) == "member"
    with pytest.raises(NotAllowed):
        put_in(world.closed, world.gus, by=world.ben, role="manager")


def test_deactivated_people_are_not_invited(world: World) -> None:
    assert (
        "Dora"
        not in world.browser(world.ben).get("/spaces/open-room/invite?q=dora").content.decode()
    )
    assert world.browser(world.ben).post("/spaces/open-room/invitations/dora").status_code == 404


def test_ben_makes_ada_a_manager_and_she_removes_him(world: World) -> None:
    with told() as verbs:
        world.browser(world.ben).post("/spaces/secret-room/members/ada/role", {"role": "manager"})
    assert verbs == ["member.role"]
    with told() as verbs:
        world.browser(world.ada).post("/spaces/secret-room/members/ben/remove")
    assert verbs == ["member.removed"]
    assert world.browser(world.ben).get("/spaces/secret-room").status_code == 404
    with told() as verbs:
        answer = world.browser(world.ada).post(
            "/spaces/secret-room/members/ada/role", {"role": "member"}, follow=True
        )
    assert verbs == []
    assert "A space needs a manager" in answer.content.decode()
    assert role(world.ada, world.secret) == "manager"


def test_members_are_found_by_name_within_the_space(world: World) -> None:
    browser = world.browser(world.ada)
    assert "Ben Okafor" in browser.get("/spaces/closed-room/members?q=okafor").content.decode()
    html = browser.get("/spaces/closed-room/members?q=marchetti").content.decode()
    assert "Nobody here has a name like this." in html
    assert "Dora Vogel" not in browser.get("/spaces/closed-room/members").content.decode()


def test_an_administrator_appoints_managers_of_company_and_subsidiary(world: World) -> None:
    north = create_space("North", by=world.ben, kind="subsidiary", openness="closed")
    world.post(north, "Canary of the north", by=world.ben)
    rita = world.browser(world.rita)
    page = rita.get("/spaces/north/managers?q=cleo").content.decode()
    assert "Ben Okafor" in page
    with told() as verbs:
        rita.post("/spaces/north/managers/cleo", {"role": "manager"})
    assert verbs == ["member.joined"]
    assert role(world.cleo, north) == "manager"
    with told() as verbs:
        rita.post("/spaces/north/managers/ben", {"role": "member"})
    assert (verbs, role(world.ben, north)) == (["member.role"], "member")
    assert "Canary" not in rita.get("/spaces/north").content.decode()
    assert rita.get("/spaces/north/edit").status_code == 404
    with pytest.raises(NotAllowed):
        appoint(north, world.rita, by=world.rita)


def test_company_managers_come_and_go_without_leaving_a_row(world: World) -> None:
    assert appoint(world.hall, world.cleo, by=world.rita)
    assert may(world.cleo, "manage", world.hall)
    assert not appoint(world.hall, world.cleo, by=world.rita)
    assert dismiss(world.hall, world.cleo, by=world.rita)
    assert role(world.cleo, world.hall) is None
    assert may(world.cleo, "read", world.hall)


def test_an_administrator_appoints_where_the_last_manager_left_the_company(world: World) -> None:
    rita = world.browser(world.rita)
    assert rita.get("/spaces/closed-room/managers").status_code == 404
    Person.objects.filter(pk=world.ben.pk).update(is_active=False)
    assert rita.get("/spaces/closed-room/managers").status_code == 200
    rita.post("/spaces/closed-room/managers/ada", {"role": "manager"})
    assert role(world.ada, world.closed) == "manager"
    assert rita.get("/spaces/closed-room/managers").status_code == 404
    assert rita.get("/spaces/secret-room/managers").status_code == 404


def test_closing_a_space_ends_invitations_of_those_who_do_not_manage_it(world: World) -> None:
    invite(world.open, world.cleo, by=world.ada)
    invite(world.open, world.rita, by=world.ben)
    change_space(world.open, by=world.ben, openness="secret")
    assert not may(world.cleo, "join", world.open)
    assert may(world.rita, "join", world.open)


def test_a_manager_no_longer_in_office_changes_nothing(world: World) -> None:
    set_role(world.open, world.ada, "manager", by=world.ben)
    set_role(world.open, world.ben, "member", by=world.ada)
    with told() as verbs, pytest.raises(NotAllowed):
        change_space(world.open, by=world.ben, openness="closed")
    assert verbs == []
