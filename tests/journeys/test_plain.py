"""Without JavaScript: every deed is a link or a form, only less quick."""

import secrets

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def page(house: House, screens: Screens) -> Page:
    """Ada's browser without scripts, in which she has just signed in."""
    page = screens.of(None, "/", java_script_enabled=False)
    page.get_by_label("E-mail").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_attached()
    return page


def card(page: Page, words: str) -> Locator:
    return page.locator("article.entry", has_text=words)


def test_publish_comment_reply_react_edit_delete_undo(page: Page) -> None:
    mark = secrets.token_hex(4)
    page.get_by_label("Title, if you like").fill("By hand")
    page.get_by_label("Share something").fill(f"Without any script {mark}")
    page.get_by_label("Where to post").select_option(label="Open room")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(card(page, mark)).to_be_visible()

    card(page, mark).locator(".action[value=like]").click()
    expect(card(page, mark).locator(".action[value=like] [data-count]")).to_have_text("1")
    card(page, mark).get_by_label("More reactions").click()
    card(page, mark).locator(".reactions-sheet [value=love]").click()
    expect(card(page, mark).locator(".action-chip[value=love] [data-count]")).to_have_text("1")

    card(page, mark).get_by_role("link", name="Comment").click()
    page.get_by_label("Write a comment").fill("A comment")
    page.get_by_role("button", name="Comment", exact=True).click()
    said = page.locator(".said", has_text="A comment")
    said.get_by_role("link", name="Reply").click()
    expect(page.locator(".reply-to")).to_contain_text("Ada Lund")
    page.get_by_label("Write a comment").fill("A reply")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".replies .said", has_text="A reply")).to_be_visible()

    card(page, mark).locator(".entry-menu > a").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Words").fill(f"Still without any {mark}")
    page.get_by_role("button", name="Save").click()
    expect(card(page, mark)).to_contain_text("Still without any")
    card(page, mark).get_by_role("link", name="edited").click()
    expect(page.locator("main")).to_contain_text("Without any script")

    page.go_back()
    card(page, mark).locator(".entry-menu > a").click()
    page.get_by_role("button", name="Delete").click()
    expect(card(page, mark)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card(page, mark)).to_be_visible()


def test_words_stay_when_something_is_wrong(page: Page) -> None:
    page.get_by_label("Title, if you like").fill("Only a title")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Write something first.")
    expect(page.get_by_label("Title, if you like")).to_have_value("Only a title")


def test_older_posts_are_a_link_away(house: House, page: Page) -> None:
    for number in range(32):
        house.world.post(house.world.hall, f"number {number:02}", by=house.world.ben)
    page.goto("/spaces/all-of-company")
    expect(card(page, "number 31")).to_be_visible()
    expect(card(page, "number 00")).to_have_count(0)
    for _ in range(3):
        if card(page, "number 00").count():
            break
        page.get_by_role("link", name="Older posts").click()
    expect(card(page, "number 00")).to_be_visible()


def test_join_and_leave_ask_and_follow(house: House, screens: Screens) -> None:
    page = screens.of(house.world.rita, "/spaces/", java_script_enabled=False)
    page.get_by_role("button", name="Join Open room").click()
    expect(page.get_by_role("status")).to_contain_text("You belong to Open room now.")
    page.goto("/spaces/closed-room")
    page.locator("#message").fill("Please")
    page.get_by_role("button", name="Ask to join").click()
    expect(page.locator("main")).to_contain_text("You have asked to join.")
    page.goto("/people/ben")
    page.get_by_role("button", name="Follow Ben Okafor").click()
    expect(page.get_by_role("button", name="Following Ben Okafor")).to_be_visible()
    page.locator(".bar-me").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
