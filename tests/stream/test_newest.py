"""The stream statement gives exactly what the access rule and the sources say, however asked."""

import random

import pytest

from hallway.core.guarding import as_system
from hallway.entries import access
from hallway.entries.actions import delete
from hallway.entries.models import Entry
from hallway.people.actions import follow
from hallway.people.models import Follow, Person
from hallway.spaces import access as spaces
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space
from hallway.stream.newest import END, newest
from tests.world import World

pytestmark = pytest.mark.django_db


def expected(viewer: Person, following_only: bool) -> list[int]:
    """The same answer the slow way: all that is listed, filtered one by one."""
    followed = set(Follow.objects.filter(follower=viewer).values_list("followed_id", flat=True))
    mine = set(spaces.my_spaces(viewer).values_list("pk", flat=True))
    with as_system("a test compares with everything there is"):
        mine |= set(Space.objects.filter(owner=viewer).values_list("pk", flat=True))
    rows = access.listed_to(viewer).order_by("-listed")
    return [
        entry.pk
        for entry in rows
        if entry.author_id in followed or (not following_only and entry.space_id in mine)
    ]


def busy(world: World, seed: int) -> None:
    """Sixty posts anywhere, some deleted, and people who follow each other."""
    dice = random.Random(seed)
    writers = [world.ada, world.ben, world.cleo, world.rita]
    rooms = [*world.spaces.values(), wall_of(world.ada), wall_of(world.cleo)]
    for number in range(60):
        writer = dice.choice(writers)
        entry = world.post(dice.choice(rooms), f"Post {number}", by=writer)
        if dice.random() < 0.2 and access.may(writer, "delete", entry):
            delete(entry, by=writer)
    for person in (*writers, world.gus):
        for other in dice.sample(writers, 2):
            follow(other, by=person)


@pytest.mark.parametrize("following_only", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_page_is_what_the_rule_says(world: World, seed: int, following_only: bool) -> None:
    busy(world, seed)
    for viewer in (world.ada, world.ben, world.cleo, world.gus, world.rita):
        wanted = expected(viewer, following_only)
        seen: list[int] = []
        before = END
        while page := newest(viewer, limit=7, before=before, following_only=following_only):
            seen += [place.id for place in page]
            before = page[-1].listed
        assert seen == wanted


def test_a_hot_space_does_not_hide_a_quiet_one(world: World) -> None:
    quiet = world.post(world.closed, "Rarely said", by=world.ada)
    for number in range(30):
        world.post(world.open, f"Chatter {number}", by=world.ben)
    ids = [place.id for place in newest(world.ada, limit=31)]
    assert len(ids) == 31
    assert ids[-1] == quiet.pk


def test_somebody_who_left_sees_nothing(world: World) -> None:
    world.post(world.secret, "Only for members", by=world.ben)
    with as_system("a test looks at everything"):
        assert Entry.objects.count() == 1
    assert access.visible_to(world.dora).count() == 0
    assert access.visible_to(None).count() == 0
