"""What opens and what is in reach: sheets with deeds, and one's spaces on a phone."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import expect

from hallway.spaces.actions import create_space, put_in
from tests.journeys.conftest import House
from tests.journeys.screens import DESK, PHONE, Screens, is_live

pytestmark = pytest.mark.browser


def test_a_phone_shows_what_is_new_in_each_of_ones_spaces(house: House, screens: Screens) -> None:
    world = house.world
    room = create_space(f"Room {secrets.token_hex(4)}", by=world.ben)
    put_in(room, world.cleo, by=world.ben)
    world.post(room, "Before she looks", by=world.ben)
    page = screens.of(world.cleo, "/spaces/", viewport=PHONE, has_touch=True, is_mobile=True)
    row = page.locator(f"#your-space-{room.pk}")
    expect(row).to_be_visible()
    expect(page.locator(".left").get_by_role("link", name="Personen")).to_be_hidden()
    expect(row.locator("unread-count")).to_have_text("1 neu")
    is_live(page)
    world.post(room, "While she looks", by=world.ben)
    expect(row.locator("unread-count")).to_have_text("2 neu")
    # Who searches sees at once what was found, and nothing is said twice on a desk.
    page.goto("/spaces/?q=Room")
    expect(row).to_be_hidden()
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    expect(row).to_be_visible()


def test_a_sheet_closes_over_the_deed_that_was_chosen_from_it(
    house: House, screens: Screens, newcomer: Any
) -> None:
    """Else the opposite deed would stand under the finger that taps twice."""
    other = newcomer("Nora Nyberg")
    page = screens.of(house.world.rita, f"/people/{other.handle}")
    sheet = page.locator("main menu-box details")
    for deed in ("deactivate", "reactivate"):
        sheet.locator("summary").click()
        sheet.locator(f"button[formaction$='/{deed}']").click()
        opposite = "reactivate" if deed == "deactivate" else "deactivate"
        expect(sheet.locator(f"button[formaction$='/{opposite}']")).to_have_count(1)
        expect(sheet).not_to_have_attribute("open", "")


def test_the_sheet_of_a_card_has_one_frame(house: House, screens: Screens) -> None:
    world = house.world
    entry = world.post(world.hall, "Something to choose a deed for", by=world.ada)
    page = screens.of(world.ada, entry.url)
    page.locator(f"#entry-{entry.pk} .entry-menu > a").click()
    inner = page.locator(".menu-sheet > nav")
    expect(inner).to_be_visible()
    expect(inner).to_have_css("border-top-width", "0px")
