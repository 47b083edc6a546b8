"""Pinned entries: above the stream of their space, three at most, by managers."""

import re

import pytest

from hallway.entries.actions import NotAllowed, TooManyPinned, delete, pin, restore
from hallway.hub.frames import frames_of
from hallway.journal.models import Record
from hallway.journal.position import START
from hallway.journal.reader import committed
from hallway.journal.verbs import Verb
from tests.world import World

pytestmark = pytest.mark.django_db


def shown(world: World, who: str = "ada") -> tuple[list[int], list[int]]:
    """What stands above the stream of the open room, and what stands in it."""
    text = world.browser(world.people[who]).get("/spaces/open-room").content.decode()
    above, _, stream = text.partition("<entry-stream")
    assert f'id="pinned-{world.open.pk}"' in above

    def cards(part: str) -> list[int]:
        return [int(pk) for pk in re.findall(r'<article id="entry-(\d+)"', part)]

    return cards(above), cards(stream)


def test_managers_pin_three_at_most(world: World) -> None:
    posts = [world.post(world.open, f"Post {number}", by=world.ada) for number in range(4)]
    ben = world.browser(world.ben)
    for post in posts[:3]:
        answer = ben.post(f"/e/{post.pk}/pin", {"state": "on"})
        assert (answer.status_code, answer["Location"]) == (302, "/spaces/open-room")
    answer = ben.post(f"/e/{posts[3].pk}/pin", {"state": "on"})
    assert answer.status_code == 422
    assert "Three posts are pinned here already" in answer.content.decode()
    with pytest.raises(TooManyPinned):
        pin(posts[3], True, by=world.ben)
    above, stream = shown(world)
    assert above == [posts[2].pk, posts[1].pk, posts[0].pk]
    assert stream == [posts[3].pk]
    assert ben.post(f"/e/{posts[0].pk}/pin", {"state": "off"}).status_code == 302
    assert pin(posts[3], True, by=world.ben)
    assert not pin(posts[3], True, by=world.ben)
    assert shown(world)[0] == [posts[3].pk, posts[2].pk, posts[1].pk]
    # On other streams they stand where they stood.
    home = world.browser(world.ada).get("/").content.decode()
    assert len(re.findall(r'class="entry-pinned"', home)) == 3


def test_nobody_else_may(world: World) -> None:
    post = world.post(world.open, "Mine", by=world.ada)
    for who in ("ada", "cleo", "gus"):
        assert (
            "/pin"
            not in world.browser(world.people[who]).get(f"/e/{post.pk}/menu").content.decode()
        )
        answer = world.browser(world.people[who]).post(f"/e/{post.pk}/pin", {"state": "on"})
        assert answer.status_code == 404
        with pytest.raises(NotAllowed):
            pin(post, True, by=world.people[who])
    assert shown(world) == ([], [post.pk])


def test_what_is_deleted_comes_back_without_its_pin(world: World) -> None:
    post = world.post(world.open, "Pinned", by=world.ada)
    pin(post, True, by=world.ben)
    delete(post, by=world.ben)
    assert shown(world) == ([], [])
    restore(post, by=world.ben)
    assert shown(world) == ([], [post.pk])


def test_open_screens_hear_of_it(world: World) -> None:
    post = world.post(world.open, "Pinned", by=world.ada)
    pin(post, True, by=world.ben)
    seq = Record.objects.order_by("-seq").values_list("seq", flat=True)[0]
    [deed] = [deed for deed in committed(START, [Verb.ENTRY_PINNED]) if deed.position.seq == seq]
    told = "".join(each.html["en"] for each in frames_of(deed))
    assert 'class="entry-pinned"' in told
    assert f'where="#pinned-{world.open.pk}"' in told
