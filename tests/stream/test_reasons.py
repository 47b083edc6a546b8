"""Why am I seeing this: one true sentence for each way onto the home page."""

import re

import pytest
from django.test import Client

from hallway.people.actions import follow
from hallway.spaces.actions import wall_of
from tests.world import World

pytestmark = pytest.mark.django_db


def why(browser: Client, pk: int) -> str:
    page = browser.get(f"/e/{pk}/why").content.decode()
    found = re.search(r'<p class="menu-note"[^>]*>(.*?)</p>', page)
    assert found
    return found[1]


def test_each_way_has_its_sentence(world: World) -> None:
    rita = world.browser(world.rita)
    hall = world.post(world.hall, "For all", by=world.ben)
    room = world.post(world.open, "For claims", by=world.ben)
    own = world.post(world.hall, "By Rita", by=world.rita)
    wall = world.post(wall_of(world.ben), "On a wall", by=world.ben)
    assert why(rita, own.pk) == "You wrote this."
    everybody = "It is in All of Company, which is for everybody"
    assert why(rita, hall.pk) == f"{everybody} in the company."
    assert why(rita, room.pk).startswith("Everybody may read Open room.")
    assert why(rita, wall.pk).startswith("Everybody may read the wall of Ben Okafor.")
    follow(world.ben, by=world.rita)
    assert why(rita, hall.pk) == f"{everybody}, and you follow Ben Okafor."
    assert why(rita, room.pk) == "You follow Ben Okafor."
    ada = world.browser(world.ada)
    assert why(ada, room.pk) == "You are in Open room."
    follow(world.ben, by=world.ada)
    assert why(ada, room.pk) == "You are in Open room, and you follow Ben Okafor."
    assert world.browser(world.gus).get(f"/e/{room.pk}/why").status_code == 404


def test_the_menu_asks_in_place(world: World) -> None:
    post = world.post(world.hall, "For all", by=world.ben)
    browser = world.browser(world.ada)
    frame = f'<turbo-frame id="why-{post.pk}">'
    assert frame in browser.get(f"/e/{post.pk}/menu").content.decode()
    assert frame in browser.get(f"/e/{post.pk}/why").content.decode()
