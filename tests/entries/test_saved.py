"""Saving for later: a private list that loses what one may no longer see."""

import json
import re

import pytest
from django.test import Client

from hallway.comments.actions import comment
from hallway.entries.actions import Draft, delete, restore, save
from hallway.journal.models import Record
from hallway.spaces.actions import remove
from tests.world import World

pytestmark = pytest.mark.django_db


def listed(browser: Client, address: str = "/saved") -> list[int]:
    page = browser.get(address).content.decode()
    return [int(pk) for pk in re.findall(r'id="entry-(\d+)"', page)]


def mine(browser: Client, address: str) -> list[int]:
    page = browser.get(address).content.decode()
    block = re.search(r'<script id="mine" type="application/json">(.*?)</script>', page)
    assert block
    saved: list[int] = json.loads(block[1])["saved"]
    return saved


def test_the_newest_saved_stands_first_and_only_for_oneself(world: World) -> None:
    old = world.post(world.open, "Old words", by=world.ben)
    new = world.post(world.open, "New words", by=world.ben)
    said = comment(Draft("A comment"), old, by=world.ben)
    ada, cleo = world.browser(world.ada), world.browser(world.cleo)
    for entry in (new, old, said):
        assert ada.post(f"/e/{entry.pk}/save").status_code == 302
    assert listed(ada) == [said.pk, old.pk, new.pk]
    assert listed(cleo) == []
    assert set(mine(ada, "/")) == {new.pk, old.pk}
    assert mine(cleo, "/") == []
    assert ada.post(f"/e/{new.pk}/save").status_code == 302
    assert listed(ada) == [said.pk, old.pk]
    # The card itself says nothing of it, only the menu, which is made for one reader.
    assert 'value="off"' in ada.get(f"/e/{old.pk}/menu").content.decode()
    assert 'value="on"' in cleo.get(f"/e/{old.pk}/menu").content.decode()


def test_what_one_may_not_see_any_more_is_not_listed(world: World) -> None:
    hidden = world.post(world.secret, "Hush", by=world.ben)
    deleted = world.post(world.open, "Soon gone", by=world.ben)
    under = comment(Draft("Under it"), deleted, by=world.ada)
    for entry in (hidden, deleted, under):
        save(entry, True, by=world.ada)
    remove(world.secret, world.ada, by=world.ben)
    delete(deleted, by=world.ben)
    assert listed(world.browser(world.ada)) == []
    restore(deleted, by=world.ben)
    assert listed(world.browser(world.ada)) == [under.pk, deleted.pk]
    assert world.browser(world.ada).post(f"/e/{hidden.pk}/save").status_code == 404


def test_the_same_state_twice_is_one_deed(world: World) -> None:
    post = world.post(world.open, "Words", by=world.ben)
    browser = world.browser(world.ada)
    for _ in range(2):
        answer = browser.post(
            f"/e/{post.pk}/save", {"state": "on"}, headers={"Accept": "text/vnd.turbo-stream.html"}
        )
        assert answer.status_code == 204
    assert Record.objects.filter(verb="entry.saved").count() == 1
    assert listed(browser) == [post.pk]


def test_pages_follow_one_another_without_gap(world: World) -> None:
    posts = [world.post(world.open, f"Words {number}", by=world.ben) for number in range(23)]
    for post in posts:
        save(post, True, by=world.ada)
    browser = world.browser(world.ada)
    page = browser.get("/saved").content.decode()
    older = re.search(r'href="(\?before=\d+)"', page)
    assert older
    shown = [*listed(browser), *listed(browser, f"/saved{older[1]}")]
    assert shown == [post.pk for post in reversed(posts)]
