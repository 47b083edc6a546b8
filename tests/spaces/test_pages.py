"""Small things on the pages of a space that save somebody a detour."""

import pytest

from hallway.people.actions import add_person
from hallway.spaces.actions import create_space, put_in
from hallway.stream.menu import my_menu
from tests.world import World

pytestmark = pytest.mark.django_db

FIELD = '<input id="q" type="search"'


def test_a_few_members_need_no_search(world: World) -> None:
    browser = world.browser(world.ben)
    assert FIELD not in browser.get("/spaces/open-room/members").content.decode()
    assert FIELD in browser.get("/spaces/open-room/members?q=ada").content.decode()
    for number in range(8):
        put_in(world.open, add_person(f"p{number}@company.example", f"P {number}"), by=world.ben)
    assert FIELD in browser.get("/spaces/open-room/members").content.decode()


def test_the_last_manager_reads_first_that_another_is_needed(world: World) -> None:
    page = world.browser(world.ben).get("/spaces/open-room/leave").content.decode()
    main = page[page.index('<main id="main"') :]
    assert "You are the only manager." in main
    assert 'href="/spaces/open-room/members"' in main
    assert '<form method="post"' not in main
    member = world.browser(world.ada).get("/spaces/open-room/leave").content.decode()
    assert "You are the only manager." not in member
    assert '<form method="post" class="buttons">' in member


def test_names_are_in_the_order_people_expect_everywhere(world: World) -> None:
    for name in ("Zoo", "Öffentlicher Raum", "Thank you"):
        put_in(create_space(name, by=world.ben), world.ada, by=world.ben)
    expected = ["Closed room", "Öffentlicher Raum", "Open room", "Secret room", "Thank you", "Zoo"]
    assert [space.name for space in my_menu(world.ada)][1:] == expected
    page = world.browser(world.ada).get("/posts").content.decode()
    options = [page.index(f">{name}</option>") for name in expected]
    assert options == sorted(options)


def test_the_colour_is_its_own_button(world: World) -> None:
    page = world.browser(world.ben).get("/spaces/open-room/edit").content.decode()
    assert page.count('<label class="swatch"') == 24
    assert page.count('name="hue_step"') == 24
