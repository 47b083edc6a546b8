"""Where the last manager leaves the company, the member who has been there longest follows."""

import threading

import pytest
from django.db import connections

from hallway.accounts.actions import deactivate, reactivate
from hallway.core.guarding import as_system
from hallway.journal.models import Record
from hallway.notifications.models import Notification
from hallway.notifications.reader import follower
from hallway.people.actions import add_person
from hallway.people.models import Person
from hallway.spaces.access import may, visible_to
from hallway.spaces.actions import LastManager, create_space, leave, put_in, set_role
from hallway.spaces.models import Space
from tests.spaces.deeds import role, told
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_longest_member_of_a_secret_space_follows(world: World) -> None:
    put_in(world.secret, world.cleo, by=world.ben)
    with told() as verbs:
        deactivate(world.ben, by=world.rita)
    assert verbs.count("member.role") == 3  # the open, the closed and the secret room
    assert role(world.ada, world.secret) == "manager"
    assert role(world.cleo, world.secret) == "member"
    assert may(world.ada, "manage", world.secret)
    assert "edit" in world.browser(world.ada).get(world.secret.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_administrator_learns_and_gains_nothing(world: World) -> None:
    world.post(world.secret, "Canary of the secret room", by=world.ada)
    deactivate(world.ben, by=world.rita)
    assert role(world.rita, world.secret) is None
    assert not visible_to(world.rita).filter(pk=world.secret.pk).exists()
    rita = world.browser(world.rita)
    unknown = rita.get("/spaces/no-such-space")
    for page in ("", "/managers", "/members", "/about", "/edit"):
        assert rita.get(world.secret.url + page).content == unknown.content
    follower().catch_up()
    assert "Secret room" not in rita.get("/notifications/").content.decode()
    assert "Canary" not in rita.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_new_manager_is_told_and_the_deed_has_a_name(world: World) -> None:
    deactivate(world.ben, by=world.rita)
    row = Record.objects.filter(verb="member.role", space_id=world.secret.pk).get()
    assert (row.actor_id, row.person_id) == (world.rita.pk, world.ada.pk)
    assert row.detail == {"role": "manager"}
    follower().catch_up()
    with as_system("a test looks at the rows"):
        told_to = Notification.objects.filter(
            kind=Notification.Kind.MANAGER, space_id=world.secret.pk
        )
        assert [notice.person_id for notice in told_to] == [world.ada.pk]
    assert "Secret room" in world.browser(world.ada).get("/notifications/").content.decode()


def test_guests_and_those_who_left_are_passed_over(world: World) -> None:
    room = create_space("Vault", by=world.ben, openness="secret")
    put_in(room, world.gus, by=world.ben)
    put_in(room, world.dora, by=world.ben)
    with told() as verbs:
        deactivate(world.ben, by=world.rita)
    assert (role(world.gus, room), role(world.dora, room)) == ("member", "member")
    assert verbs.count("member.role") == 3  # not the vault
    reactivate(world.ben, by=world.rita)
    world.ben.refresh_from_db()
    assert may(world.ben, "manage", room)


def test_nothing_changes_while_somebody_else_manages(world: World) -> None:
    for room in (world.open, world.closed, world.secret):
        set_role(room, world.ada, "manager", by=world.ben)
    put_in(world.secret, world.cleo, by=world.ben)
    with told() as verbs:
        deactivate(world.ben, by=world.rita)
    assert "member.role" not in verbs
    assert role(world.cleo, world.secret) == "member"
    with told() as verbs:
        deactivate(world.ada, by=world.rita)
        deactivate(world.ada, by=world.rita)
    assert role(world.cleo, world.secret) == "manager"
    assert verbs.count("member.role") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_go_at_once_one_leaves_a_successor(world: World) -> None:
    """One manager is deactivated while the other leaves: whoever is first, somebody manages."""
    for number in range(6):
        manager = add_person(f"m{number}@company.example", f"Manager {number}")
        other = add_person(f"o{number}@company.example", f"Other {number}")
        room = create_space(f"Room {number}", by=manager, openness="secret")
        for person in (other, world.ada):
            put_in(room, person, by=manager)
        set_role(room, other, "manager", by=manager)
        together(world.rita, manager, room, other)
        managing = [who for who in (other, world.ada) if role(who, room) == "manager"]
        assert managing


def together(administrator: Person, manager: Person, room: Space, other: Person) -> None:
    begin = threading.Barrier(2)

    def first() -> None:
        begin.wait()
        deactivate(manager, by=administrator)
        connections.close_all()

    def second() -> None:
        begin.wait()
        try:
            leave(room, by=other)
        except LastManager:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deed) for deed in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
