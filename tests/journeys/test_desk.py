"""Two moderators at one desk by keyboard; the wall and the speaker's tablet follow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import Plan, announce, ask, open_doors, vote
from hallway.townhalls.models import Question, TownHall
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live, said

pytestmark = pytest.mark.browser

TABLET = {"width": 820, "height": 1180}
TEXTS = (
    "Why do we still run seven travel tools?",
    "When does the canteen open again?",
    "Which of the three brands survives?",
    "Seven travel tools, why is that?",
)


@dataclass
class Evening:
    """A hall on air whose questions have been asked."""

    hall: TownHall
    questions: Sequence[Question]

    def state(self, at: int) -> str:
        """What became of a question, as it is stored."""
        with as_system("a test looks at the rows"):
            return Question.objects.get(pk=self.questions[at].pk).state


@pytest.fixture
def evening(house: House) -> Evening:
    """Ben hosts in the open room, Ada moderates with him; the first question has most votes."""
    world = house.world
    plan = Plan(starts_at=timezone.now() + timedelta(minutes=1), moderators=[world.ada])
    draft = Draft(title="Where we go next", text="")
    hall = announce(draft, plan, world.open, by=world.ben)
    open_doors(hall, by=world.ben)
    asked = [ask(hall, text, by=world.cleo) for text in TEXTS]
    for question, voters in zip(asked, (3, 2, 1, 0), strict=True):
        for person in (world.ada, world.ben, world.cleo)[:voters]:
            vote(question, True, by=person)
    hall.refresh_from_db()
    return Evening(hall, asked)


def row(page: Page, question: Question) -> Locator:
    return page.locator(f"#desk-question-{question.pk}")


def lane(page: Page, name: str, question: Question) -> Locator:
    return page.locator(f"#lane-{name} #desk-question-{question.pk}")


def desk(screens: Screens, house: House, evening: Evening, who: str, **options: object) -> Page:
    person = house.world.people[who]
    page = screens.of(person, f"/halls/{evening.hall.pk}/desk", **options)
    is_live(page)
    page.evaluate("() => { window.stayed = true }")
    return page


def test_a_question_goes_its_ways_by_single_keys(
    house: House, screens: Screens, evening: Evening
) -> None:
    first, second, third, fourth = evening.questions
    ben, ada = (desk(screens, house, evening, who) for who in ("ben", "ada"))
    ben.keyboard.press("j")
    expect(row(ben, first)).to_be_focused()
    ben.keyboard.press("s")
    expect(lane(ben, "stage", first)).to_be_visible()
    expect(lane(ada, "stage", first)).to_be_visible()
    # Who puts a question on stage stays with it, to mark it as answered afterwards.
    ben.keyboard.press("a")
    for page in (ben, ada):
        expect(lane(page, "answered", first)).to_be_visible()
        expect(page.locator("#lane-stage li")).to_have_count(0)
    expect(ben.locator("[data-chosen]")).to_have_attribute("id", f"desk-question-{second.pk}")
    # Declining takes words; Enter sends them.
    ben.keyboard.press("d")
    expect(ben.locator("#reason")).to_be_focused()
    ben.keyboard.type("Ask the caterer.")
    ben.keyboard.press("Enter")
    expect(lane(ben, "declined", second)).to_contain_text("Ask the caterer.")
    expect(lane(ada, "declined", second)).to_contain_text("Ask the caterer.")
    # Of the similar questions the most similar one is chosen already.
    ada.keyboard.press("j")
    while ada.locator("[data-chosen]").get_attribute("id") != f"desk-question-{fourth.pk}":
        ada.keyboard.press("j")
    ada.keyboard.press("m")
    expect(ada.locator("input[name=into]:checked")).to_be_focused()
    expect(ada.locator(".merge-choice:has(:checked)")).to_contain_text(third.text)
    ada.keyboard.press("Escape")
    expect(row(ada, fourth)).to_be_visible()
    # Back in the list with one key, wherever it lies.
    row(ben, first).focus()
    ben.keyboard.press("r")
    expect(lane(ben, "open", first)).to_be_visible()
    expect(lane(ada, "open", first)).to_be_visible()
    row(ada, fourth).focus()
    ada.keyboard.press("m")
    expect(ada.locator(".merge-choice:has(:checked)")).to_contain_text(first.text)
    ada.keyboard.press("Enter")
    expect(row(ada, first)).to_contain_text("1 similar question merged")
    expect(row(ben, fourth)).to_have_count(0)
    assert [evening.state(at) for at in range(4)] == ["open", "declined", "open", "merged"]
    assert ada.evaluate("() => window.stayed === true"), "the page was loaded anew"


def test_what_one_writes_survives_what_the_other_does(
    house: House, screens: Screens, evening: Evening
) -> None:
    third = evening.questions[2]
    ben, ada = (desk(screens, house, evening, who) for who in ("ben", "ada"))
    row(ada, third).focus()
    ada.keyboard.press("e")
    expect(ada.locator("#answer")).to_be_focused()
    ada.keyboard.type("All three of them.")
    row(ben, third).focus()
    ben.keyboard.press("s")
    expect(lane(ben, "stage", third)).to_be_visible()
    ada.get_by_role("button", name="Publish the answer").click()
    expect(ada.get_by_role("alert")).to_contain_text(
        "Ben Okafor has put this question on stage meanwhile."
    )
    expect(ada.locator("#kept")).to_have_value("All three of them.")
    assert evening.state(2) == "on_stage"


def test_keys_do_nothing_while_one_writes_or_has_turned_them_off(
    house: House, screens: Screens, evening: Evening
) -> None:
    first = evening.questions[0]
    ben = desk(screens, house, evening, "ben")
    ben.locator("#poll-text").click()
    ben.keyboard.type("jsa")
    expect(ben.locator("#poll-text")).to_have_value("jsa")
    ben.get_by_role("button", name="Turn the keys off").click()
    ben.evaluate("() => document.activeElement.blur()")
    ben.keyboard.press("j")
    expect(ben.locator("[data-chosen]")).to_have_count(0)
    # Every deed is a button as well.
    row(ben, first).get_by_role("button", name="On stage").click()
    expect(lane(ben, "stage", first)).to_be_visible()


def test_wall_and_tablet_show_what_is_on_stage_at_once(
    house: House, screens: Screens, evening: Evening
) -> None:
    first, second = evening.questions[:2]
    here = f"/halls/{evening.hall.pk}"
    world = house.world
    wall, tablet = (
        screens.of(world.cleo, f"{here}/screen"),
        screens.of(world.ada, f"{here}/speaker", viewport=TABLET),
    )
    for page in (wall, tablet):
        is_live(page)
    expect(wall.locator(".wall-question")).to_have_text(said("What do you want to know?", "de"))
    expect(wall.locator(".wall-next li")).to_have_count(3)
    expect(wall.locator(".wall-qr")).to_have_js_property("complete", True)
    assert wall.locator(".wall-qr").evaluate("(image) => image.naturalWidth") > 0
    ben = desk(screens, house, evening, "ben")
    row(ben, first).focus()
    ben.keyboard.press("s")
    expect(wall.locator(".wall-question")).to_have_text(first.text)
    expect(tablet.locator(".speaker-question")).to_have_text(first.text)
    expect(tablet.locator(".speaker-next li").first).to_contain_text(second.text)
    expect(tablet.locator("hall-clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_after_the_end_a_colleague_is_found_by_name_and_hears_of_it(
    house: House, screens: Screens, evening: Evening
) -> None:
    question = evening.questions[1]
    ben = desk(screens, house, evening, "ben")
    ben.get_by_role("link", name="End the town hall").click()
    ben.get_by_role("button", name="End it for everybody").click()
    expect(ben.locator(".after")).to_be_visible()
    gus = screens.of(house.world.ada, f"/halls/{evening.hall.pk}")
    is_live(gus)
    ben.locator(f"#after-{question.pk} .after-take a").click()
    ben.locator("#id_owner").press_sequentially("rit")
    expect(ben.get_by_role("option")).to_contain_text("Rita Sommer")
    ben.keyboard.press("Enter")
    expect(ben.locator("#id_owner")).to_have_value("@rita")
    ben.locator("#id_outcome").fill("The kitchen is being painted.")
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.locator(".followup").first).to_contain_text("Rita Sommer takes care of it")
    expect(gus.locator(f"#after-{question.pk} .followup")).to_contain_text("is being painted")
    rita = screens.of(house.world.rita, "/notifications/")
    expect(rita.locator(".rows")).to_contain_text("Ben Okafor entrusted a question to you")
    rita.locator(".rows .row-name").first.click()
    expect(rita.locator("form.form")).to_be_visible()
