"""A town hall as people live it: announced, asked, on air on every screen, answered, over."""

import re
import secrets
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hallway.core.guarding import as_system
from hallway.townhalls.actions import ask, end, open_doors
from hallway.townhalls.actions.moderate import mark_answered, put_on_stage
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.models import Question
from tests.journeys.conftest import House
from tests.journeys.halls import hall_of
from tests.journeys.screens import PHONE, Screens, is_live

pytestmark = pytest.mark.browser

RED = "rgb(214, 37, 38)"


def test_a_town_hall_from_its_announcement_to_its_end_on_four_screens(
    house: House, screens: Screens
) -> None:
    world = house.world
    title = f"The next three years {secrets.token_hex(3)}"
    ben = screens.of(world.ben, world.closed.url)
    ben.get_by_role("link", name="Announce a town hall").click()
    ben.get_by_label("Title").fill(title)
    ben.get_by_label("Day").fill(f"{timezone.now() + timedelta(days=30):%Y-%m-%d}")
    ben.get_by_label("Begins at").fill("14:30")
    # Whom to name is offered while one types; only readers of the space are.
    ben.get_by_label("On stage").press_sequentially("@ada")
    ben.get_by_role("option", name="Ada Lund").click()
    expect(ben.get_by_label("On stage")).to_have_value("@ada, ")
    ben.get_by_role("button", name="Announce").click()
    expect(ben.get_by_role("heading", name=title)).to_be_visible()
    address = re.sub(r"^https?://[^/]+", "", ben.url)
    is_live(ben)

    # Ada asks on her phone, Gus backs it at his desk, both before it begins.
    ada = screens.of(world.ada, address, viewport=PHONE, has_touch=True)
    gus = screens.of(world.gus, address)
    cleo = screens.of(world.cleo, "/")
    for page in (ada, gus, cleo):
        is_live(page)
    ada.locator(".ask-text").fill("Why do we still run seven travel tools?")
    ada.get_by_role("button", name="Ask", exact=True).tap()
    expect(ada.locator(".ask-text")).to_have_value("")
    row = gus.locator(".question", has_text="seven travel tools")
    expect(row.locator(".vote-count")).to_have_text("0")
    row.get_by_role("button", name="Back this question").click()
    expect(row.locator("button.vote")).to_have_attribute("aria-pressed", "true")
    there = ada.locator(".question", has_text="seven travel tools")
    expect(there.locator(".vote-count")).to_have_text("1")
    # What is hers she can change, he cannot.
    expect(there.get_by_role("link", name="Edit or withdraw")).to_be_visible()
    expect(row.get_by_role("link", name="Edit or withdraw")).to_be_hidden()

    # The doors open: red on every screen of the audience, wherever it is, and on no other.
    elsewhere = screens.of(world.gus, "/people/")
    is_live(elsewhere)
    ben.get_by_role("button", name="Open the doors").click()
    bar = elsewhere.locator("#on-air .on-air")
    expect(bar).to_contain_text("Ada Lund is on stage now")
    expect(elsewhere.locator(".bar .mark")).to_have_css("fill", RED)
    expect(ada.locator(".live-pill")).to_be_visible()
    expect(cleo.locator("#on-air .on-air")).to_have_count(0)
    bar.get_by_role("link", name="Join").click()
    expect(elsewhere.get_by_role("heading", name=title)).to_be_visible()

    # On stage: in the lower third of every screen, and said once to who listens.
    with as_system("a test looks at the rows"):
        question = Question.objects.get(hall__entry__text__title=title)
    put_on_stage(question, by=world.ben)
    for page in (ada, gus, elsewhere):
        expect(page.locator(".third-text")).to_contain_text("seven travel tools")
        expect(page.locator(".question[data-state=on_stage]")).to_have_count(1)
    said = gus.locator("town-hall > .hall-main > [aria-live]")
    expect(said).to_have_text("Answering now: Why do we still run seven travel tools?")
    mark_answered(question, by=world.ben)
    expect(ada.locator(".answered")).to_contain_text("seven travel tools")

    end(question.hall, by=world.ben)
    expect(gus.locator(".ask-closed")).to_contain_text("over")
    home = screens.of(world.gus, "/")
    expect(home.locator("#on-air .on-air")).to_have_count(0)


def test_a_screen_reader_hears_what_is_on_stage_once_and_no_counts(
    house: House, screens: Screens
) -> None:
    world = house.world
    hall = hall_of(world)
    question = ask(hall, "What happens to the pilot?", by=world.ada)
    open_doors(hall, by=world.ben)
    page = screens.of(world.gus, hall.url)
    is_live(page)
    page.evaluate(
        """() => {
          window.said = [];
          const hear = (region) => new MutationObserver(() =>
            window.said.push(region.textContent)).observe(region, {childList: true, subtree: true,
            characterData: true});
          document.querySelectorAll("main [aria-live], main [role=status]").forEach(hear);
        }"""
    )
    put_on_stage(question, by=world.ben)
    expect(page.locator(".third-text")).to_contain_text("the pilot")
    other = screens.of(world.ada, hall.url)
    other.locator("button.vote").first.click()
    expect(page.locator(f"#votes-{question.pk}")).to_have_text("1")
    expect(page.locator(".third-votes")).to_contain_text("1")
    said = page.evaluate("window.said")
    assert [each for each in said if each] == ["Answering now: What happens to the pilot?"]


def test_a_poll_and_applause_move_on_all_screens(house: House, screens: Screens) -> None:
    world = house.world
    hall = hall_of(world)
    open_doors(hall, by=world.ben)
    ada, gus = (screens.of(person, hall.url) for person in (world.ada, world.gus))
    is_live(ada)
    is_live(gus)
    poll = prepare(hall, "Would you move?", ["Yes", "No"], by=world.ben)
    set_state(poll, "open", by=world.ben)
    gus.get_by_role("button", name=re.compile("^Yes")).click()
    expect(ada.locator(".poll-share").first).to_contain_text("100 %")
    expect(gus.locator(".poll-option").first).to_have_attribute("aria-pressed", "true")
    expect(ada.locator(".poll-option").first).to_have_attribute("aria-pressed", "false")
    for _ in range(3):
        gus.get_by_role("button", name=re.compile("Clap")).click()
    expect(ada.locator("[data-cheer=clap]")).to_have_text("3")
    expect(gus.locator("[data-cheer=clap]")).to_have_text("3")
    set_state(poll, "closed", by=world.ben)
    expect(gus.locator("p.poll-option").first).to_be_visible()
