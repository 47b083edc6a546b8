"""Several screens at once: what one person does appears on the others without being asked for."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from hallway.comments.actions import comment
from hallway.entries.actions import Draft, react
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live, said

pytestmark = pytest.mark.browser


def publish(page: Page, words: str, where: str = "Open room") -> None:
    page.get_by_label("Share something").click()
    page.get_by_label("Share something").fill(words)
    page.get_by_label("Where to post").select_option(label=where)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("article.entry", has_text=words)).to_be_visible()


def stays(page: Page) -> None:
    """Mark the page, so that a reload would be noticed."""
    page.evaluate("() => { window.stayed = true }")


def has_stayed(page: Page) -> None:
    assert page.evaluate("() => window.stayed === true"), "the page was loaded anew"


def test_a_new_post_waits_in_the_pill(house: House, screens: Screens) -> None:
    world = house.world
    world.post(world.hall, "something to begin with", by=world.ben)
    ada, ben = screens.of(world.ada, "/"), screens.of(world.ben, "/")
    cleo = screens.of(world.cleo, "/")
    words = f"Fresh bread {secrets.token_hex(4)}"
    for page in (ben, cleo):
        is_live(page)
        stays(page)
    publish(ada, words, where="All of Company")

    pill = ben.locator(".pill")
    expect(pill).to_contain_text("1 new post")
    expect(ben.locator("article.entry", has_text=words)).to_have_count(0)
    pill.click()
    expect(ben.locator("article.entry", has_text=words)).to_be_visible()
    expect(pill).to_be_hidden()

    expect(cleo.locator(".pill")).to_contain_text(f"1 {said('new post', 'de')}")
    cleo.locator(".pill").click()
    shown = cleo.locator("article.entry", has_text=words)
    expect(shown.get_by_label(said("More reactions", "de"))).to_be_attached()
    has_stayed(ben)
    has_stayed(cleo)


def test_an_open_thread_lives(house: House, screens: Screens) -> None:
    world = house.world
    entry = world.post(world.hall, f"Lunch? {secrets.token_hex(4)}", by=world.ada)
    ada, ben = screens.of(world.ada, entry.url), screens.of(world.ben, entry.url)
    cleo = screens.of(world.cleo, entry.url)
    for page in (ada, ben, cleo):
        is_live(page)
        stays(page)

    ben.get_by_label("Write a comment").fill("half a sentence of Ben's")
    ada.get_by_label("Write a comment").fill("At noon")
    ada.get_by_role("button", name="Comment", exact=True).click()
    for page in (ben, cleo):
        expect(page.locator(".said", has_text="At noon")).to_be_visible()
    expect(ben.get_by_label("Write a comment")).to_have_value("half a sentence of Ben's")

    ada.locator("article .action[value=like]").click()
    for page in (ben, cleo):
        like = page.locator("article .action[value=like]")
        expect(like.locator("[data-count]")).to_have_text("1")
        expect(like).to_have_attribute("aria-pressed", "false")
    ben.locator("article .action[value=like]").click()
    expect(ada.locator("article .action[value=like] [data-count]")).to_have_text("2")
    has_stayed(ben)
    has_stayed(cleo)


def test_changed_words_and_a_deleted_card(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    entry = world.post(world.hall, f"Frist {mark}", by=world.ada)
    ben, cleo = screens.of(world.ben, "/"), screens.of(world.cleo, entry.url)
    for page in (ben, cleo):
        is_live(page)
        stays(page)
    ada = screens.of(world.ada, f"{entry.url}/edit")
    ada.get_by_label("Words").fill(f"First {mark}")
    ada.get_by_role("button", name="Save").click()
    for page in (ben, cleo):
        expect(page.locator("article.entry", has_text=f"First {mark}")).to_be_visible()
    expect(cleo.locator("article.entry")).to_contain_text(said("edited", "de"))

    ada.locator("article .entry-menu > a").click()
    ada.get_by_role("button", name="Delete").click()
    expect(ben.locator("article.entry", has_text=mark)).to_have_count(0)
    expect(cleo.locator("article.entry")).to_have_count(0)
    expect(cleo.locator("main")).to_contain_text(said("This was deleted.", "de"))
    has_stayed(ben)
    has_stayed(cleo)


def test_the_bell_rings(house: House, screens: Screens) -> None:
    world = house.world
    entry = world.post(world.open, f"Who comes along? {secrets.token_hex(4)}", by=world.ben)
    ben = screens.of(world.ben, "/people/")
    is_live(ben)
    stays(ben)
    expect(ben.locator("#bell .dot")).to_have_count(0)
    comment(Draft(text="Me"), entry, by=world.ada)
    expect(ben.locator("#bell .dot")).to_have_text("1")
    react(world.post(world.open, "And this?", by=world.ben), "love", by=world.ada)
    expect(ben.locator("#bell .dot")).to_have_text("2")
    has_stayed(ben)
    ben.locator("#bell").click()
    expect(ben.locator(".row-new")).to_have_count(2)
    ben.get_by_role("button", name="Mark all as read").click()
    expect(ben.locator("#bell .dot")).to_have_count(0)
