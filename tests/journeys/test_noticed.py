"""What somebody looks at: the bell, one's photo before it is sent, a space one is taken out of."""

import io
import secrets

import pytest
from PIL import Image
from playwright.sync_api import expect

from hallway.people.actions import add_person
from hallway.spaces.actions import create_space, put_in, remove
from tests.journeys.conftest import House
from tests.journeys.screens import PHONE, Screens, is_live

pytestmark = pytest.mark.browser


def test_opening_the_list_silences_the_bell_on_every_screen(house: House, screens: Screens) -> None:
    world, mark = house.world, secrets.token_hex(4)
    eve = add_person(f"{mark}@company.example", "Eve Adeyemi", handle=f"eve-{mark}")
    desk = screens.of(eve, "/")
    is_live(desk)
    world.post(world.hall, f"Welcome @eve-{mark}", by=world.ada)
    expect(desk.locator("#bell")).to_have_attribute("aria-label", "Notifications: 1 new")
    other = screens.of(eve, "/notifications/")
    for page in (desk, other):
        expect(page.locator("#bell")).to_have_attribute("aria-label", "Notifications: 0 new")
    expect(other.locator(".row-new")).to_have_count(1)
    # What arrives under somebody's eyes has been seen as well.
    is_live(other)
    world.post(world.hall, f"And again @eve-{mark}", by=world.ben)
    expect(other.locator(".row-new")).to_have_count(2)
    expect(desk.locator("#bell")).to_have_attribute("aria-label", "Notifications: 0 new")
    phone = screens.of(eve, "/", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(phone.locator("#bell")).to_be_hidden()
    expect(phone.locator("#bottom-bell")).to_be_visible()


def test_a_photo_is_shown_before_it_is_sent(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/people/me/edit")
    field = page.get_by_label("Choose a photo")
    box = page.locator("photo-field", has=field)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(picture, "PNG")
    field.set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    expect(box.locator("canvas")).to_be_visible()
    expect(box.get_by_role("status")).to_have_text("me.png")
    assert box.locator("canvas").evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(96, 96, 1, 1).data]"
    ) == [200, 30, 30, 255]
    field.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    ring = box.locator(".button").evaluate("it => getComputedStyle(it).outlineStyle")
    assert ring == "solid"


def test_who_is_taken_out_of_a_space_under_their_eyes_is_told(
    house: House, screens: Screens
) -> None:
    world = house.world
    words = "You no longer belong to this space."
    room = create_space(f"Room {secrets.token_hex(4)}", by=world.ben, openness="closed")
    put_in(room, world.ada, by=world.ben)
    inside, elsewhere = screens.of(world.ada, room.url), screens.of(world.ada, "/people/")
    for page in (inside, elsewhere):
        is_live(page)
    remove(room, world.ada, by=world.ben)
    expect(inside.locator("#toasts")).to_contain_text(words)
    expect(inside.get_by_role("heading", name="Only members can read here")).to_be_visible()
    expect(inside.locator("#toasts")).to_contain_text(words)
    expect(elsewhere.locator("#your-spaces-list")).not_to_contain_text(room.name)
    expect(elsewhere.locator("#toasts")).not_to_contain_text(words)
