"""What is new in conversations, on two screens of one person at once."""

import secrets

import pytest
from playwright.sync_api import expect

from hallway.comments.actions import comment
from hallway.entries.actions import Draft
from tests.journeys.conftest import House
from tests.journeys.screens import PHONE, Screens, is_live

pytestmark = pytest.mark.browser


def test_what_is_read_on_one_screen_is_read_on_the_other(house: House, screens: Screens) -> None:
    world, mark = house.world, secrets.token_hex(4)
    post = world.post(world.open, f"Lunch {mark}?", by=world.ada)
    old = comment(Draft("Yes"), post, by=world.ben)
    desk = screens.of(world.ada, "/")
    new = desk.locator(f'new-comments[entry="{post.pk}"]')
    expect(new).to_have_text("1 new comment")
    is_live(desk)
    phone = screens.of(world.ada, post.url, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(phone.locator(f"#place-{old.pk} .new-line")).to_have_text("New")
    expect(new).to_be_empty()
    # What comes while it is in sight is read; what comes after it was left is not.
    is_live(phone)
    seen = comment(Draft("At noon"), post, by=world.ben)
    expect(phone.locator(f"#place-{seen.pk}")).to_be_visible()
    expect(new).to_be_empty()
    phone.goto("/people/")
    for words in ("Or at one", "Or never"):
        comment(Draft(words), post, by=world.ben)
    expect(new).to_have_text("2 new comments")
    new.get_by_role("link").click()
    expect(desk.locator(".new-line")).to_have_count(1)
    desk.go_back()
    expect(desk.locator(f'new-comments[entry="{post.pk}"]')).to_be_empty()


def test_everything_is_marked_as_read_on_every_screen(house: House, screens: Screens) -> None:
    world = house.world
    post = world.post(world.closed, "Lunch?", by=world.ada)
    comment(Draft("Yes"), post, by=world.ben)
    world.post(world.closed, "Something else", by=world.ben)
    desk, other = (screens.of(world.ada, path) for path in ("/", "/people/ada"))
    count = f'unread-count[space="{world.closed.pk}"]'
    for page in (desk, other):
        expect(page.locator(count)).not_to_be_empty()
        expect(page.locator(f'new-comments[entry="{post.pk}"]')).not_to_be_empty()
        is_live(page)
    desk.get_by_role("button", name="Mark everything as read").click()
    for page in (desk, other):
        expect(page.locator(count)).to_be_empty()
        expect(page.locator(f'new-comments[entry="{post.pk}"]')).to_be_empty()
