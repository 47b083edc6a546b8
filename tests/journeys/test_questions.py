"""The questions of a town hall in a browser: their order, their tabs, asking and backing."""

import re
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hallway.core.guarding import as_system
from hallway.townhalls.actions import ask, open_doors
from hallway.townhalls.actions.moderate import mark_answered
from hallway.townhalls.models import Question
from tests.journeys.conftest import House
from tests.journeys.halls import hall_of, order, votes
from tests.journeys.screens import Screens, is_live

pytestmark = pytest.mark.browser


def test_the_list_never_moves_under_the_pointer_and_slides_when_it_is_free(
    house: House, screens: Screens
) -> None:
    world = house.world
    hall = hall_of(world)
    first, second = (ask(hall, f"Question {name}?", by=world.ada) for name in ("one", "two"))
    with as_system("the test sets the stage"):
        hour_ago = timezone.now() - timedelta(hours=1)
        Question.objects.filter(pk=first.pk).update(since=hour_ago - timedelta(hours=1))
        Question.objects.filter(pk=second.pk).update(since=hour_ago)
    open_doors(hall, by=world.ben)
    gus = screens.of(world.gus, hall.url)
    is_live(gus)
    assert order(gus) == ["Question one?", "Question two?"]
    gus.locator(f"#question-{first.pk}").hover()
    other = screens.of(world.ada, hall.url)
    other.locator(f"#question-{second.pk} button.vote").click()
    expect(gus.locator(f"#votes-{second.pk}")).to_have_text("1")
    gus.wait_for_timeout(1500)
    assert order(gus) == ["Question one?", "Question two?"]
    gus.mouse.move(5, 5)
    expect(gus.locator(".question-text").first).to_have_text("Question two?")
    # Also not while somebody is at it with the keyboard.
    gus.locator(f"#question-{second.pk} button.vote").focus()
    other.locator(f"#question-{second.pk} button.vote").click()
    other.locator(f"#question-{first.pk} button.vote").click()
    expect(gus.locator(f"#votes-{first.pk}")).to_have_text("1")
    gus.wait_for_timeout(1500)
    assert order(gus)[0] == "Question two?"
    gus.locator("h1").evaluate("(title) => { title.tabIndex = -1; title.focus() }")
    expect(gus.locator(".question-text").first).to_have_text("Question one?")


def test_browsers_rank_as_the_server_does(house: House, screens: Screens) -> None:
    world = house.world
    hall = hall_of(world)
    dice = Random(11)
    people = (world.ada, world.ben, world.gus)
    questions = [
        ask(hall, f"Question number {number}?", by=people[number % 3]) for number in range(21)
    ]
    this_minute = timezone.now().replace(second=0, microsecond=0)
    with as_system("the test sets the stage"):
        for question in questions:
            since = this_minute - timedelta(minutes=dice.choice((0, 1, 2, 20, 30)))
            rows = Question.objects.filter(pk=question.pk)
            rows.update(votes=dice.randrange(6), since=since)
    plain = screens.of(world.gus, hall.url, java_script_enabled=False)
    page = screens.of(world.gus, hall.url)
    is_live(page)
    page.wait_for_timeout(600)
    drawn = order(plain)
    assert len(drawn) == 21
    assert order(page) == drawn
    fresh = ".question[data-fresh] .question-text"
    assert plain.locator(fresh).count() > 0
    assert page.locator(fresh).all_inner_texts() == plain.locator(fresh).all_inner_texts()
    # Sorted by the browser from any order, not only left as it came.
    page.evaluate(
        """() => { const list = document.querySelector(".questions-list");
        list.append(...[...list.children].reverse()); }"""
    )
    expect(page.locator(".question-text").first).to_have_text(drawn[0])
    assert order(page) == drawn


def test_a_similar_question_is_offered_and_backed_and_nothing_typed_is_sent(
    house: House, screens: Screens
) -> None:
    world = house.world
    hall = hall_of(world)
    question = ask(hall, "Why do we still run seven travel tools?", by=world.ada)
    page = screens.of(world.gus, hall.url)
    is_live(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.locator(".ask-text").press_sequentially("seven travle tools why")
    offer = page.locator(".ask-similar li")
    expect(offer).to_contain_text("seven travel tools")
    assert not [each for each in sent if "trav" in each]
    offer.get_by_role("button").click()
    expect(page.locator(f"#question-{question.pk} button.vote")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator(".ask-text")).to_have_value("")
    expect(page.locator(f"#votes-{question.pk}")).to_have_text("1")
    page.wait_for_function("() => true")
    for _ in range(50):
        if votes(question):
            break
        page.wait_for_timeout(50)
    assert votes(question) == 1
    page.locator(".ask-text").fill("Which colour has the new canteen?")
    page.wait_for_timeout(600)
    expect(page.locator(".ask-similar li")).to_have_count(0)


def test_tabs_show_what_is_new_answered_and_mine(house: House, screens: Screens) -> None:
    world = house.world
    hall = hall_of(world)
    mine = ask(hall, "This one is mine?", by=world.gus)
    done = ask(hall, "This one is answered?", by=world.ada)
    ask(hall, "This one is of another?", by=world.ada)
    open_doors(hall, by=world.ben)
    mark_answered(done, by=world.ben)
    page = screens.of(world.gus, hall.url)
    assert len(order(page)) == 2
    page.get_by_role("link", name=re.compile("^Answered 1")).click()
    expect(page.locator(".question:visible")).to_have_count(1)
    assert order(page) == ["This one is answered?"]
    page.get_by_role("link", name="Mine", exact=True).click()
    expect(page.locator(f"#question-{mine.pk}")).to_be_visible()
    assert order(page) == ["This one is mine?"]
    page.get_by_role("link", name="New", exact=True).click()
    expect(page.locator(".question:visible")).to_have_count(2)
    # Without a script the same addresses are pages.
    plain = screens.of(world.gus, f"{hall.url}?tab=mine", java_script_enabled=False)
    assert order(plain) == ["This one is mine?"]


def test_words_are_kept_when_asking_is_refused(house: House, screens: Screens) -> None:
    world = house.world
    hall = hall_of(world)
    page = screens.of(world.gus, hall.url)
    is_live(page)
    page.locator(".ask-text").fill("Hm")
    page.locator("#asking").evaluate("(form) => { form.noValidate = true }")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("ask-box [role=alert]")).to_contain_text("too short")
    expect(page.locator(".ask-text")).to_have_value("Hm")
    # The box is drawn anew for everybody while Gus is still writing.
    page.locator(".ask-text").fill("What I was about to ask")
    open_doors(hall, by=world.ben)
    expect(page.locator(".live-pill")).to_be_visible()
    expect(page.locator(".ask-text")).to_have_value("What I was about to ask")


def test_all_of_it_without_a_script(house: House, screens: Screens) -> None:
    world = house.world
    hall = hall_of(world)
    page = screens.of(world.gus, hall.url, java_script_enabled=False)
    page.locator(".ask-text").fill("Is this asked by hand?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Your question is there.")
    row = page.locator(".question", has_text="asked by hand")
    row.get_by_role("button", name="Back this question").click()
    expect(row.locator(".vote-count")).to_have_text("1")
    expect(page.locator("#toasts")).to_contain_text("You back this question.")
    page.get_by_role("button", name="Remind me").click()
    expect(page.get_by_role("button", name="You will be reminded")).to_be_visible()
    open_doors(hall, by=world.ben)
    page.reload()
    page.get_by_role("button", name=re.compile("Clap")).click()
    expect(page.locator("[data-cheer=clap]")).to_have_text("1")
