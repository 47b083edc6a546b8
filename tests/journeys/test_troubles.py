"""Things go wrong while one writes: no net, no server, no permission, second thoughts."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from hallway.spaces.actions import join, leave
from tests.journeys.box import send, write
from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.journeys.test_writing import card, picture

pytestmark = pytest.mark.browser


def without_net(page: Page, screens: Screens) -> None:
    screens.expect("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
    page.context.set_offline(True)


def answering(page: Page, status: int) -> None:
    """Let everything that is sent be answered with `status`."""

    def answer(route: Route) -> None:
        if route.request.method == "POST" and "/seen" not in route.request.url:
            route.fulfill(status=status, content_type="text/html", body="<h1>No</h1>")
        else:
            route.fallback()

    page.route("**/*", answer)


def test_without_net_words_stay_and_the_page_says_why(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/")
    mark = secrets.token_hex(4)
    field = write(page, f"Unsent {mark}")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()}
    )
    # It has gone ahead while there was a connection.
    expect(page.locator("[name=upload]:enabled")).to_have_count(1)
    without_net(page, screens)
    send(page)
    problem = page.locator("#compose .errors")
    expect(problem).to_have_text("No connection. Try again.")
    expect(field).to_have_value(f"Unsent {mark}")
    page.context.set_offline(False)
    send(page)
    expect(card(page, mark).locator(".images img")).to_be_visible()
    expect(problem).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(403, "you may not do this"), (404, "not here any more"), (502, "did not go through")],
)
def test_a_refused_post_or_comment_keeps_its_words(
    house: House, screens: Screens, status: int, sentence: str
) -> None:
    screens.expect(rf"status of {status}", rf"answer {status}")
    entry = house.world.post(house.world.open, "to be commented on", by=house.world.ben)
    page = screens.of(house.world.ada, "/")
    answering(page, status)
    field = write(page, "Still here")
    send(page)
    expect(page.locator("#compose [role=alert]")).to_contain_text(sentence)
    expect(field).to_have_value("Still here")
    expect(page).to_have_title(re.compile("^Home"))
    page.goto(entry.url)
    field = page.get_by_label("Write a comment")
    field.fill("A comment")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply [role=alert]")).to_contain_text(sentence)
    expect(field).to_have_value("A comment")


def test_a_space_one_has_left_meanwhile_refuses_in_a_sentence(
    house: House, screens: Screens, newcomer: Any
) -> None:
    screens.expect("status of 404")
    nia = newcomer("Nia Obi")
    join(house.world.open, by=nia)
    page = screens.of(nia, "/spaces/open-room")
    write(page, "Too late")
    without_net(page, screens)
    leave(house.world.open, by=nia)
    # Not told by the hub: on this screen everything is still as it was.
    page.route("**/spaces/open-room", lambda route: route.abort())
    page.evaluate("document.querySelector('live-screen').remove()")
    page.context.set_offline(False)
    send(page)
    expect(page.locator("#compose [role=alert]")).to_contain_text("not here any more")
    expect(page.locator("#compose textarea")).to_have_value("Too late")


def test_other_forms_say_it_in_a_note(house: House, screens: Screens) -> None:
    screens.expect("status of 502", "answer 502")
    entry = house.world.post(house.world.open, "to be deleted", by=house.world.ada)
    page = screens.of(house.world.ada, f"{entry.url}/menu")
    answering(page, 502)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text("That did not go through. Try again.")
    page.unroute_all()
    page.context.set_offline(True)
    screens.expect("ERR_INTERNET_DISCONNECTED")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text("No connection. Try again.")
    page.context.set_offline(False)
    page.goto(f"{entry.url}/edit")
    page.get_by_label("Words").fill("Changed without net")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main [role=alert]")).to_have_text("No connection. Try again.")
    expect(page.get_by_label("Words")).to_have_value("Changed without net")


def test_a_visit_without_net_stays_on_the_page(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/")
    without_net(page, screens)
    page.locator(".side a[href='/people/']").first.click()
    expect(page.locator("#toasts")).to_contain_text("No connection. Try again.")
    expect(page).to_have_url(re.compile("/$"))
    expect(page.locator("#compose")).to_be_visible()
    page.context.set_offline(False)
    page.locator(".side a[href='/people/']").first.click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    # The page before is kept by Turbo, and shown in advance when one goes there once more.
    screens.expect("ERR_FAILED")
    page.route("**/", lambda route: route.abort())
    page.locator("a[href='/']").first.click()
    expect(page.locator("#toasts")).to_contain_text("No connection. Try again.")
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("/people/$"))


def test_a_refusal_leaves_the_page_as_it_was(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/")
    write(page, "   ")
    page.get_by_label("Title, if you like").fill("Only a title")
    send(page)
    expect(page.locator("#compose [role=alert]")).to_contain_text("Write something first.")
    expect(page.locator("#compose .compose-tools")).to_be_visible()
    expect(page).to_have_title(re.compile("^Home"))
    expect(page).to_have_url(re.compile("/$"))
    expect(page.locator(".tabs")).to_be_visible()
    mark = secrets.token_hex(4)
    write(page, mark)
    send(page)
    expect(card(page, mark)).to_contain_text("Only a title")
    expect(page.locator("#compose [role=alert]")).to_have_count(0)


def test_the_tools_stand_on_a_page_that_was_answered_as_a_whole(
    house: House, screens: Screens
) -> None:
    entry = house.world.post(house.world.open, "to be emptied", by=house.world.ada)
    page = screens.of(house.world.ada, f"{entry.url}/edit")
    page.get_by_label("Words").fill("  ")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main [role=alert]")).to_contain_text("Write something first.")
    expect(page.locator(".compose-tools")).to_be_visible()


def test_undo_on_home_stays_on_home(house: House, screens: Screens) -> None:
    mark = secrets.token_hex(4)
    house.world.post(house.world.open, f"A slip {mark}", by=house.world.ada)
    page = screens.of(house.world.ada, "/")
    # No address of the page before: some browsers never send it.
    page.set_extra_http_headers({"Referer": ""})
    card(page, mark).locator(".entry-menu > a").click()
    page.set_extra_http_headers({})
    card(page, mark).get_by_role("button", name="Delete").click()
    expect(card(page, mark)).to_have_count(0)
    expect(page).to_have_url(re.compile("/$"))
    with page.expect_response(lambda answer: answer.url.endswith("/restore")):
        page.get_by_role("button", name="Undo").click()
    # The hub may bring the card before the answer leads anywhere.
    page.wait_for_timeout(1000)
    expect(card(page, mark)).to_be_visible()
    expect(page).to_have_url(re.compile("/$"))


def test_sending_is_seen_and_happens_once(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/")
    sent: list[str] = []
    mark = secrets.token_hex(4)
    write(page, mark)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        sent.append(route.request.url)
        held.append(route)
        return None

    page.route("**/posts", hold)
    page.keyboard.press("Control+Enter")
    button = page.locator("#compose .compose-send")
    expect(button).to_have_text("Sending…")
    expect(button).to_be_disabled()
    expect(page.locator("#compose form")).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    assert len(sent) == 1
    held[0].continue_()
    expect(card(page, mark)).to_be_visible()
    expect(button).to_be_enabled()
    expect(page.locator("#compose form[aria-busy]")).to_have_count(0)
