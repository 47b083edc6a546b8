"""The rows of a hall's list: bounded in number, and drawn anew when what they show has changed."""

import re
from datetime import UTC, datetime, timedelta

from hallway.core.guarding import as_system
from hallway.people.actions import change_profile
from hallway.townhalls import queries
from hallway.townhalls.actions import ask, vote
from hallway.townhalls.models import Question, TownHall
from tests.world import World

EARLIER = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def test_a_hall_with_very_many_questions_lists_the_most_backed_and_the_youngest(
    world: World, hall: TownHall
) -> None:
    with as_system("the test fills the hall"):
        Question.objects.bulk_create(
            Question(
                hall=hall,
                author=world.ada,
                text=f"Old question {n}?",
                votes=n,
                since=EARLIER + n * MINUTE,  # their numbers are drawn by lot, and say nothing
            )
            for n in range(queries.MOST_BACKED + 40)
        )
        Question.objects.create(hall=hall, text="Asked just now?", since=EARLIER + DAY)
    page = world.browser(world.gus).get(hall.url).content.decode()
    assert "Old question 339?" in page and "Asked just now?" in page
    assert "Old question 0?" not in page
    rows = page.count('<li id="question-')
    assert queries.MOST_BACKED < rows <= queries.MOST_BACKED + queries.NEWEST
    assert f"{341 - rows} further questions" in page
    every = []
    for number in range(4):
        answer = world.browser(world.gus).get(f"{hall.url}/all?page={number}")
        every += re.findall(r'<li id="question-(\d+)"', answer.content.decode())
    assert len(every) == len(set(every)) == 341
    assert world.browser(world.cleo).get(f"{hall.url}/all").status_code == 404


def test_a_row_is_drawn_anew_when_what_it_shows_has_changed(world: World, hall: TownHall) -> None:
    question = ask(hall, "Who is drawn here?", by=world.ada)
    browser = world.browser(world.gus)
    assert "Ada Lund" in browser.get(hall.url).content.decode()
    vote(question, True, by=world.gus)
    assert f'id="votes-{question.pk}">1<' in browser.get(hall.url).content.decode()
    change_profile(world.ada, by=world.ada, name="Ada Lovelace")
    assert "Ada Lovelace" in browser.get(hall.url).content.decode()
