"""Writing with the looks that readers will see, with emoji and images, and after an accident."""

import secrets

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.journeys.test_writing import card, picture

pytestmark = pytest.mark.browser


def test_one_sees_what_one_writes(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    page = screens.of(world.ada, "/", rich=True)
    source = page.locator("#compose textarea")
    source.click()
    field = page.locator("#compose").get_by_role("textbox", name="Share something")
    expect(field).to_have_attribute("contenteditable", "true")
    expect(field).to_be_focused()
    page.keyboard.type(f"{mark} is **bold** for @be")
    page.get_by_role("option", name="Ben Okafor").click()
    page.keyboard.type("and :rocke")
    expect(page.get_by_role("option", name="rocket").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("- 2 * 3")
    page.keyboard.press("Enter")
    page.keyboard.type("snake_case")
    expect(source).to_have_value(f"{mark} is **bold** for @ben and 🚀\n\n- 2 * 3\n- snake_case")
    # Tab leads out, the switch shows the source, and what the editor cannot keep stays there.
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()
    page.get_by_role("button", name="Markdown").click()
    expect(source).to_be_visible()
    source.fill(f"{mark}\n\n| a |\n|---|")
    page.get_by_role("button", name="Markdown").click()
    expect(page.locator("toast-note")).to_contain_text("cannot keep everything")
    source.fill(f"Only {mark}")
    page.get_by_role("button", name="Markdown").click()
    expect(field).to_have_text(f"Only {mark}")
    page.locator("#compose input[type=file]").set_input_files(
        [
            {"name": f"{colour}.png", "mimeType": "image/png", "buffer": picture(colour=colour)}
            for colour in ("teal", "navy")
        ]
    )
    for place, words in enumerate(("First", "Second")):
        page.locator(".chosen-alt").nth(place).fill(words)
    page.get_by_role("button", name="Move back").first.click()
    page.get_by_role("button", name="Remove").last.click()
    expect(page.locator(".chosen")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    # Closed by accident, it is all there again, and says so.
    expect(page.locator("[name=upload]:enabled")).to_have_count(2)
    page.reload()
    expect(page.locator(".compose-kept")).to_be_visible()
    expect(page.locator(".chosen-alt").first).to_have_value("Second")
    page.locator("#compose").get_by_role("textbox", name="Share something").click()
    page.keyboard.press("Control+Enter")
    images = card(page, mark).locator(".images img")
    expect(images).to_have_count(2)
    expect(images.first).to_have_attribute("alt", "Second")
    expect(page.locator(".chosen")).to_have_count(0)


def test_ones_own_words_stand_at_once(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    page = screens.of(world.ada, "/", rich=True)
    held: list[Route] = []
    page.route("**/posts", lambda route: held.append(route))
    page.locator("#compose textarea").click()
    field = page.locator("#compose [contenteditable]")
    expect(field).to_be_focused()
    page.keyboard.type(f"At **once** {mark}")
    page.keyboard.press("Control+Enter")
    pending = page.locator(".stream-cards > .pending", has_text=mark)
    expect(pending.locator("strong")).to_have_text("once")
    # It does not arrive: the words are where they were, and can be sent again.
    screens.expect("502")
    held.pop().fulfill(status=502)
    expect(page.locator("#compose .errors")).to_contain_text("did not go through")
    expect(pending).to_have_count(0)
    expect(field).to_have_text(f"At once {mark}")
    page.keyboard.press("Control+Enter")
    expect(pending).to_be_visible()
    held.pop().continue_()
    expect(card(page, mark).locator("strong")).to_have_text("once")
    expect(pending).to_have_count(0)
    expect(card(page, mark)).to_have_count(1)
    page.unroute_all()
    # A comment as well.
    page.goto(str(card(page, mark).locator(".entry-when a").first.get_attribute("href")))
    page.route("**/comments", lambda route: held.append(route))
    # Without its frame, the page that follows the answer brings it.
    page.evaluate("document.querySelector('live-screen').remove()")
    page.locator("#reply textarea").click()
    expect(page.locator("#reply [contenteditable]")).to_be_focused()
    page.keyboard.type("Agreed")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments > .pending")).to_contain_text("Agreed")
    held.pop().continue_()
    expect(page.locator(".said[data-entry]", has_text="Agreed")).to_have_count(1)
    expect(page.locator(".pending")).to_have_count(0)
