"""Two deeds at the same moment end as if one had come after the other."""

import copy
import random
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.people.actions import add_person
from hallway.spaces.access import managers_of
from hallway.spaces.actions import (
    LastManager,
    NotAllowed,
    approve,
    ask,
    change_space,
    create_space,
    decline,
    decline_invitation,
    invite,
    join,
    leave,
    put_in,
    remove,
    set_role,
    withdraw,
)
from hallway.spaces.models import Space
from tests.spaces.deeds import asked, invited, role, told
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[], Any]

HESITATION = 0.15  # seconds in which the second deed comes as far as it can


def outcome(deed: Deed) -> Any:
    """What a deed returns, or the class of what it raises."""
    try:
        return deed()
    except (LastManager, NotAllowed) as refused:
        return type(refused)
    finally:
        connections.close_all()


def run(*deeds: Deed) -> list[Any]:
    """Run each deed in a thread of its own; returns what became of them, in their order."""
    results: list[Any] = [None] * len(deeds)

    def step(at: int) -> None:
        results[at] = outcome(deeds[at])

    threads = [threading.Thread(target=step, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def race(first: Deed, second: Deed) -> list[Any]:
    """Begin `second` when `first` has done everything but commit."""
    done = threading.Event()

    def hesitating() -> Any:
        try:
            with writing():
                result = first()
                done.set()
                time.sleep(HESITATION)
            return result
        finally:
            done.set()

    def following() -> Any:
        connection.ensure_connection()  # so that no time is lost later
        done.wait(30)
        return second()

    return run(hesitating, following)


def test_two_managers_leave_and_one_has_to_stay(world: World) -> None:
    set_role(world.open, world.ada, "manager", by=world.ben)
    with told() as verbs:
        results = race(
            lambda: leave(world.open, by=world.ben), lambda: leave(world.open, by=world.ada)
        )
    assert results == [True, LastManager]
    assert verbs == ["member.left"]
    assert role(world.ada, world.open) == "manager"


def test_one_manager_leaves_while_the_other_steps_down(world: World) -> None:
    set_role(world.open, world.ada, "manager", by=world.ben)
    results = race(
        lambda: set_role(world.open, world.ada, "member", by=world.ada),
        lambda: leave(world.open, by=world.ben),
    )
    assert results == [True, LastManager]


def test_managers_remove_each_other_and_one_is_left(world: World) -> None:
    set_role(world.open, world.ada, "manager", by=world.ben)
    results = race(
        lambda: remove(world.open, world.ada, by=world.ben),
        lambda: remove(world.open, world.ben, by=world.ada),
    )
    assert results == [True, NotAllowed]
    assert role(world.ben, world.open) == "manager"


def test_a_request_is_answered_once(world: World) -> None:
    set_role(world.closed, world.ada, "manager", by=world.ben)
    for first, second, member in (
        (approve, approve, "member"),
        (approve, decline, "member"),
        (decline, approve, None),
    ):
        ask(world.closed, by=world.cleo)
        with told() as verbs:
            results = race(
                lambda deed=first: deed(world.closed, world.cleo, by=world.ben),
                lambda deed=second: deed(world.closed, world.cleo, by=world.ada),
            )
        assert results == [True, False]
        assert len(verbs) == 1
        assert role(world.cleo, world.closed) == member
        if member:
            leave(world.closed, by=world.cleo)


def test_withdrawn_means_not_let_in(world: World) -> None:
    ask(world.closed, by=world.cleo)
    results = race(
        lambda: withdraw(world.closed, by=world.cleo),
        lambda: approve(world.closed, world.cleo, by=world.ben),
    )
    assert results == [True, False]
    assert role(world.cleo, world.closed) is None


def test_let_in_means_no_open_request(world: World) -> None:
    ask(world.closed, by=world.cleo)
    results = race(
        lambda: approve(world.closed, world.cleo, by=world.ben),
        lambda: ask(world.closed, "and again", by=world.cleo),
    )
    assert results == [True, NotAllowed]
    assert not asked(world.cleo, world.closed)


@pytest.mark.parametrize("openness", ["closed", "secret"])
def test_nobody_slips_in_while_a_space_is_closed(world: World, openness: str) -> None:
    results = race(
        lambda: change_space(world.open, by=world.ben, openness=openness),
        lambda: join(Space(pk=world.open.pk), by=world.cleo),
    )
    assert results == [True, NotAllowed]
    assert role(world.cleo, world.open) is None


def test_no_request_is_left_behind_in_a_space_that_was_hidden(world: World) -> None:
    results = race(
        lambda: change_space(world.closed, by=world.ben, openness="secret"),
        lambda: ask(Space(pk=world.closed.pk), by=world.cleo),
    )
    assert results == [True, NotAllowed]
    assert not asked(world.cleo, world.closed)


def test_no_invitation_of_a_member_survives_the_closing(world: World) -> None:
    results = race(
        lambda: change_space(world.open, by=world.ben, openness="closed"),
        lambda: invite(Space(pk=world.open.pk), world.cleo, by=world.ada),
    )
    assert results == [True, NotAllowed]
    assert not invited(world.cleo, world.open)


def test_a_manager_who_steps_down_lets_nobody_in_any_more(world: World) -> None:
    set_role(world.closed, world.ada, "manager", by=world.ben)
    ask(world.closed, by=world.cleo)
    results = race(
        lambda: set_role(world.closed, world.ada, "member", by=world.ben),
        lambda: approve(world.closed, world.cleo, by=world.ada),
    )
    assert results == [True, NotAllowed]
    assert role(world.cleo, world.closed) is None


def test_two_taps_join_once(world: World) -> None:
    with told() as verbs:
        results = race(
            lambda: join(world.open, by=world.cleo), lambda: join(world.open, by=world.cleo)
        )
    assert results == [True, False]
    assert verbs == ["member.joined"]


def test_two_spaces_of_one_name_get_two_addresses(world: World) -> None:
    made = race(
        lambda: create_space("Same name", by=world.cleo).slug,
        lambda: create_space("Same name", by=world.ada).slug,
    )
    assert sorted(made) == ["same-name", "same-name-2"]


def found(browser: Client, name: str, key: str = "") -> tuple[int, str]:
    """Send the form of a new space; returns the status and where it leads."""
    form = {"kind": "team", "openness": "open", "posting": "members", "hue_step": "3"}
    answer = browser.post("/spaces/new", {**form, "name": name, "key": key})
    return answer.status_code, answer.headers.get("Location", "")


def test_the_form_of_a_new_space_sent_twice_at_once_founds_one(world: World) -> None:
    browsers = [copy.copy(world.browser(world.cleo)) for _ in range(2)]
    key = str(uuid.uuid4())
    with told() as verbs:
        answers = race(*[lambda each=each: found(each, "Rowing", key) for each in browsers])
    assert answers == [(302, "/spaces/rowing")] * 2
    assert verbs == ["space.created", "member.joined"]


def test_two_forms_with_one_name_at_once_found_one(world: World) -> None:
    browsers = [world.browser(world.cleo), world.browser(world.ada)]
    with told() as verbs:
        answers = race(
            *[lambda each=each: found(each, "Rowing", str(uuid.uuid4())) for each in browsers]
        )
    assert answers == [(302, "/spaces/rowing"), (422, "")]
    assert verbs == ["space.created", "member.joined"]


def test_whatever_comes_together_ends_in_order(world: World) -> None:
    """Asking, inviting, answering, leaving at random: no state that no order of them leads to."""
    dice = random.Random(2026)
    set_role(world.closed, world.ada, "manager", by=world.ben)
    space, cleo = world.closed, world.cleo
    deeds: list[Deed] = [
        lambda: ask(space, by=cleo),
        lambda: withdraw(space, by=cleo),
        lambda: approve(space, cleo, by=world.ben),
        lambda: decline(space, cleo, by=world.ada),
        lambda: invite(space, cleo, by=world.ben),
        lambda: decline_invitation(space, by=cleo),
        lambda: join(space, by=cleo),
        lambda: leave(space, by=cleo),
        lambda: remove(space, cleo, by=world.ada),
        lambda: leave(space, by=world.ada),
        lambda: leave(space, by=world.ben),
    ]
    for _ in range(12):
        run(*dice.sample(deeds, 4))
        if role(cleo, space):
            assert not asked(cleo, space)
            assert not invited(cleo, space)
        with as_system("a test looks at the rows"):
            left = set(managers_of(space).values_list("person_id", flat=True))
        assert left
        for manager in {world.ada, world.ben}:
            if manager.pk not in left:
                put_in(space, manager, by=manager, role="manager")


def test_joining_together_lets_everybody_in(world: World) -> None:
    people = [add_person(f"j{n}@company.example", f"Joiner {n}") for n in range(6)]
    assert run(*[lambda who=who: join(world.open, by=who) for who in people]) == [True] * 6
