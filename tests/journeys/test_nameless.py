"""Asking without a name in a real browser: tokens in idle time, a question without a cookie."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import Plan, announce, close_asking, open_doors
from hallway.townhalls.models import Question
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, said

pytestmark = pytest.mark.browser

READY = """() => Object.keys(localStorage).some(
  (key) => key.startsWith("nameless:") && JSON.parse(localStorage[key]).tokens
)"""


def questions(hall: int) -> list[Question]:
    with as_system("the test looks at everything"):
        return [*Question.objects.filter(hall=hall).exclude(state="withdrawn")]


def ready(page: Page) -> None:
    """Wait until the browser has its tokens; it does not hurry."""
    page.wait_for_function(READY, timeout=40_000)


@pytest.mark.slow
def test_a_question_comes_without_a_cookie_and_goes_with_its_secret(
    house: House, screens: Screens
) -> None:
    world = house.world
    plan = Plan(timezone.now() + timedelta(hours=1), hosts=[world.ben])
    hall = announce(Draft(title="Where we go next", text="."), plan, world.closed, by=world.ben)
    open_doors(hall, by=world.ben)
    gus, ada = screens.of(world.gus, hall.url), screens.of(world.ada, hall.url)
    sent: list[Request] = []
    gus.on("request", lambda each: sent.append(each) if each.url.endswith("/nameless") else None)
    ready(gus)

    gus.get_by_label(said("Ask without my name")).check()
    note = gus.locator(".nameless-note")
    expect(note).to_contain_text("Kept by this browser")
    expect(note).to_contain_text("fewer than ten")
    # The box is drawn anew while he writes: the switch must stay where he put it.
    for closed in (True, False):
        close_asking(hall, closed, by=world.ben)
        expect(gus.locator(".ask-closed")).to_have_count(int(closed))
    expect(gus.get_by_label(said("Ask without my name"))).to_be_checked()
    gus.locator(".ask-text").fill("Is it true about the merger?")
    gus.locator(".ask-line button").click()
    expect(gus.locator("#toasts")).to_contain_text("without your name")
    expect(ada.locator(".question-text")).to_have_text("Is it true about the merger?")
    (question,) = questions(hall.pk)
    assert question.author_id is None
    (request,) = sent
    headers = request.all_headers()
    assert "cookie" not in headers
    assert "referer" not in headers
    assert json.loads(request.post_data or "")["do"] == "ask"

    gus.goto(f"{hall.url}?tab=mine")
    own = gus.locator("nameless-own")
    expect(own).to_contain_text("Is it true about the merger?")
    own.get_by_text("Edit or withdraw").click()
    own.locator("textarea").fill("Is it true about the two mergers?")
    own.get_by_role("button", name="Save").click()
    expect(ada.locator(".question-text")).to_have_text("Is it true about the two mergers?")
    own.get_by_text("Edit or withdraw").click()
    own.get_by_role("button", name="Withdraw").click()
    expect(own.locator("li")).to_have_count(0)
    expect(ada.locator(".question-text")).to_have_count(0)
    assert questions(hall.pk) == []


def test_the_help_says_what_it_cannot_do(house: House, screens: Screens) -> None:
    for person, words in ((house.world.ada, "Your style"), (house.world.cleo, "Dein Stil")):
        page = screens.of(person, "/halls/anonymity")
        expect(page.locator("main")).to_contain_text(words)
