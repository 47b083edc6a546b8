"""The hub, or the whole house, is away: screens say so, and go on by themselves afterwards."""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.house import FrontDoor, Part, free_port
from tests.journeys.screens import Screens, is_live
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Parts:
    """Pages, hub and what stands before them, each on its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        base = {"HALLWAY_BASE_URL": self.address}
        self.pages = Part(["web"], free_port(), folder / "web", base)
        self.hub = Part(["hub"], free_port(), folder / "hub", base)


@pytest.fixture(scope="module")
def parts(founded: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    built = Parts(tmp_path_factory.mktemp("parts"))
    built.pages.start()
    built.hub.start()
    door = FrontDoor(built.port, built.pages.port, built.hub.port)
    yield built
    door.close()
    built.pages.stop()
    built.hub.stop()
    assert not built.pages.troubles() and not built.hub.troubles()


def test_without_the_hub_and_with_it_again(parts: Parts, founded: World, browser: Browser) -> None:
    screens = Screens(browser, parts.address)
    # A browser says itself that nobody answers at the socket's address.
    screens.expect("WebSocket connection to")
    page = screens.of(founded.ben, "/")
    notice = page.locator(".live-notice")
    founded.post(founded.open, "to begin with", by=founded.ada)
    is_live(page)
    page.evaluate("() => { window.stayed = true }")
    expect(page.locator("article.entry")).to_have_count(1)
    expect(notice).to_be_hidden()

    parts.hub.kill()
    expect(notice).to_be_visible(timeout=15_000)
    expect(notice).to_contain_text("Live updates are paused")
    while_away = f"while away {secrets.token_hex(4)}"
    founded.post(founded.open, while_away, by=founded.ada)
    expect(page.locator(".pill")).to_contain_text("1 new post", timeout=20_000)
    page.locator(".pill").click()
    expect(page.locator("article.entry", has_text=while_away)).to_be_visible()

    parts.hub.start()
    # As when a laptop is opened again: there is no reason to wait for the next try.
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(notice).to_be_hidden(timeout=20_000)
    again = f"again {secrets.token_hex(4)}"
    founded.post(founded.open, again, by=founded.ada)
    expect(page.locator(".pill")).to_contain_text("1 new post")
    assert page.evaluate("() => window.stayed === true")
    screens.close()
    assert not screens.unexpected(), "\n".join(screens.unexpected())


def test_with_nobody_there_at_all_and_with_everybody_again(
    parts: Parts, founded: World, browser: Browser
) -> None:
    """On a page with a stream and on one without, during one and the same time alone."""
    screens = Screens(browser, parts.address)
    screens.expect("WebSocket connection to", "net::ERR_", "Failed to fetch")
    home, people = (screens.of(founded.ben, path) for path in ("/", "/people/"))
    for page in (home, people):
        is_live(page)
        page.evaluate("() => { window.stayed = true }")

    parts.hub.kill()
    parts.pages.stop()
    until = time.monotonic() + 15
    for page in (home, people):
        left = 1000 * max(0.1, until - time.monotonic())
        expect(page.locator(".live-notice")).to_contain_text("No connection", timeout=left)
    # Long enough for every kind of waiting to have reached its longest.
    home.wait_for_timeout(18_000)
    for page in (home, people):
        expect(page.locator(".live-notice")).to_contain_text("No connection")
        assert page.evaluate("() => window.stayed === true"), page.url

    parts.pages.start()
    parts.hub.start()
    until = time.monotonic() + 9
    for page in (home, people):
        left = 1000 * max(0.1, until - time.monotonic())
        expect(page.locator(".live-notice")).to_be_hidden(timeout=left)
        assert page.evaluate("() => window.stayed === true"), page.url
    again = f"again {secrets.token_hex(4)}"
    founded.post(founded.open, again, by=founded.ada)
    expect(home.locator(".pill")).to_contain_text("1 new post")
    screens.close()
    assert not screens.unexpected(), "\n".join(screens.unexpected())


def test_a_screen_without_net_says_so_at_once(
    parts: Parts, founded: World, browser: Browser
) -> None:
    screens = Screens(browser, parts.address)
    screens.expect("WebSocket connection to", "net::ERR_", "Failed to fetch")
    page = screens.of(founded.ben, "/")
    notice = page.locator(".live-notice")
    is_live(page)
    page.context.set_offline(True)
    expect(notice).to_contain_text("No connection", timeout=2_000)
    page.context.set_offline(False)
    expect(notice).to_be_hidden(timeout=2_000)
    screens.close()
    assert not screens.unexpected(), "\n".join(screens.unexpected())
