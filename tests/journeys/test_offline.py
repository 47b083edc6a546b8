"""A phone on a train: reading what was there, writing on, and all of it arriving once."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hallway.core.guarding import as_system
from hallway.entries.models import Entry
from hallway.spaces.actions import join, leave
from tests.journeys.box import send, write
from tests.journeys.conftest import House
from tests.journeys.screens import PHONE, Screens
from tests.journeys.test_writing import card

pytestmark = pytest.mark.browser

CONTROLLED = """() => new Promise((done) => {
  const worker = navigator.serviceWorker;
  if (worker.controller) done();
  else worker.addEventListener("controllerchange", done, { once: true });
})"""
KEPT = """async (wanted) => {
  const until = Date.now() + 20_000;
  while (Boolean(await caches.match("/", { cacheName: "pages" })) !== wanted) {
    if (Date.now() > until) throw new Error(`the page is ${wanted ? "not kept" : "still there"}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}"""


def on_the_train(page: Page) -> None:
    """Wait until the worker holds the home page, then take the connection away."""
    page.evaluate(CONTROLLED)
    page.goto("/")
    page.evaluate(KEPT, True)
    page.context.set_offline(True)


def written(mark: str) -> int:
    """How many entries say `mark`."""
    with as_system("what has arrived"):
        return Entry.objects.filter(text__source__contains=mark).count()


def test_home_is_there_without_net_and_words_wait_for_it(
    house: House, screens: Screens, newcomer: Any
) -> None:
    screens.expect("ERR_INTERNET_DISCONNECTED", "WebSocket connection to", "status of 404")
    seen, mark, remark, late = (secrets.token_hex(4) for _ in range(4))
    nia = newcomer("Nia Obi")
    join(house.world.open, by=nia)
    entry = house.world.post(house.world.open, f"Seen before {seen}", by=house.world.ben)
    page = screens.of(nia, "/", service_workers="allow", viewport=PHONE)
    on_the_train(page)

    page.goto("/")
    expect(page.locator(".kept-note")).to_contain_text("You are offline. This page is from ")
    expect(card(page, seen)).to_be_visible()
    write(page, f"From the train {mark}")
    send(page)
    waiting = page.locator(".waiting")
    expect(waiting).to_contain_text(f"From the train {mark}")
    expect(waiting).to_contain_text("Waits for the connection")
    expect(page.locator("#compose textarea")).to_have_value("")
    page.goto(entry.url)
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="Go home").click()
    expect(waiting).to_contain_text(mark)
    assert written(mark) == 0

    page.context.set_offline(False)
    expect(card(page, mark).locator("reaction-picker")).to_be_visible()
    expect(waiting).to_have_count(0)
    expect(page.locator(".kept-note")).to_have_count(0)
    page.reload()
    expect(card(page, mark)).to_have_count(1)
    assert written(mark) == 1

    # A comment stands in its thread meanwhile.
    page.goto(entry.url)
    page.context.set_offline(True)
    page.get_by_label("Write a comment").fill(f"Also this {remark}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments .waiting")).to_contain_text(remark)
    page.context.set_offline(False)
    expect(page.locator(".comments [data-author]").filter(has_text=remark)).to_have_count(1)
    expect(waiting).to_have_count(0)
    assert written(remark) == 1

    # Where one may not write any more, the words are not lost.
    page.goto("/spaces/open-room")
    write(page, f"Too late {late}")
    page.context.set_offline(True)
    leave(house.world.open, by=nia)
    send(page)
    page.context.set_offline(False)
    page.goto("/")
    expect(waiting.get_by_role("alert")).to_contain_text("not here any more")
    waiting.get_by_role("button", name="Change").click()
    expect(page.locator("#compose textarea")).to_have_value(f"Too late {late}")
    assert written(late) == 0

    # Whoever leaves takes it all along.
    page.locator(".bar-me").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.evaluate(KEPT, False)
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
