"""After a town hall: one page with everything, owners and dates, and what came of it."""

from datetime import date

import pytest

from hallway.core.guarding import as_system
from hallway.spaces.actions import remove
from hallway.townhalls import afterwards
from hallway.townhalls.actions import ask, end, follow_up, open_doors, vote
from hallway.townhalls.actions.moderate import answer, decline, mark_answered
from hallway.townhalls.models import Change, Question, TownHall
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(world: World, hall: TownHall) -> dict[str, Question]:
    """The hall has ended: one answered, one answered in writing, one left, two declined."""
    texts = ("stage", "writing", "left", "first no", "second no")
    asked = {text: ask(hall, f"What about {text}?", by=world.ada) for text in texts}
    vote(asked["left"], True, by=world.gus)
    open_doors(hall, by=world.ben)
    mark_answered(asked["stage"], by=world.ben)
    answer(asked["writing"], "It is **settled**.", by=world.ben)
    for name in ("first no", "second no"):
        decline(asked[name], "Ask your manager.", by=world.ben)
    end(hall, by=world.ben)
    hall.refresh_from_db()
    with as_system("a test looks at the rows"):
        return {name: Question.objects.get(pk=each.pk) for name, each in asked.items()}


def test_one_page_has_all_questions_and_answers(
    world: World, hall: TownHall, over: dict[str, Question]
) -> None:
    hall.refresh_from_db()
    page = world.browser(world.gus).get(hall.url).content.decode()
    for shown in ("What about stage?", "What about writing?", "What about left?"):
        assert page.count(f">{shown}<") == 1
    assert "<strong>settled</strong>" in page
    assert "no?" not in page  # declined: the reason is public, the words are not
    assert "Ask your manager." in page
    assert "2 questions were declined" in page
    assert "66 %" in page
    assert "2 of 3 questions have their answer" in page
    assert page.count('id="question-') == len(set(page.split('id="question-')[1:]))


def test_the_answer_rate_is_public_and_counts_what_everybody_sees(
    world: World, hall: TownHall, over: dict[str, Question]
) -> None:
    hall.refresh_from_db()
    after = afterwards.after(world.gus, hall)
    assert (after.asked, after.settled, after.rate, after.declined) == (3, 2, 66, 2)
    assert after.reasons == [("Ask your manager.", 2)]
    assert not after.may_follow_up
    assert afterwards.after(world.ben, hall).may_follow_up
    outside = afterwards.after(world.cleo, hall)
    assert (outside.asked, outside.rate) == (0, None)


def test_a_question_gets_an_owner_and_a_date_and_every_change_is_kept(
    world: World, over: dict[str, Question]
) -> None:
    question = over["left"]
    where = f"/halls/questions/{question.pk}/follow-up"
    ben, gus = world.browser(world.ben), world.browser(world.gus)
    form = {"owner": "@gus", "due": "2027-03-01", "outcome": "", "seen": question.version}
    assert ben.post(where, form).status_code == 302
    # The owner may go on from here, who moderates or not.
    assert '<form class="form"' in gus.get(where).content.decode()
    now = {"owner": "gus", "due": "2027-03-01", "outcome": "It is done.", "done": "on"}
    assert gus.post(where, now | {"seen": question.version + 1}).status_code == 302
    page = world.browser(world.ada).get(where).content.decode()
    assert '<form class="form"' not in page
    assert "Gus Brandt takes care of it" in page
    assert page.count("until 1 March 2027") == 2  # in the history; what is done is not due
    assert page.count("It is done.") == 2
    assert page.index("It is done.") < page.index("Ben Okafor")
    with as_system("a test looks at the rows"):
        kept = list(Change.objects.filter(question=question))
    assert [(each.by_id, each.done, each.due) for each in kept] == [
        (world.ben.pk, False, date(2027, 3, 1)),
        (world.gus.pk, True, date(2027, 3, 1)),
    ]


def test_whoever_may_not_see_the_hall_cannot_own_its_questions(
    world: World, over: dict[str, Question]
) -> None:
    question = over["left"]
    where = f"/halls/questions/{question.pk}/follow-up"
    for handle in ("cleo", "dora", "nobody"):
        form = {"owner": handle, "outcome": "Kept words", "seen": question.version}
        refused = world.browser(world.ben).post(where, form)
        assert refused.status_code == 422
        assert "Kept words" in refused.content.decode()
        assert "Nobody of this handle" in refused.content.decode()
    for who in (world.ada, world.gus, world.cleo):
        form = {"owner": "ada", "seen": question.version}
        assert world.browser(who).post(where, form).status_code == 404
    for name in ("first no", "second no"):
        hidden = f"/halls/questions/{over[name].pk}/follow-up"
        assert world.browser(world.ada).get(hidden).status_code == 404


def test_a_promise_changed_meanwhile_shows_both(world: World, over: dict[str, Question]) -> None:
    question = over["left"]
    where = f"/halls/questions/{question.pk}/follow-up"
    seen = question.version
    follow_up(question, owner=world.ada, due=None, outcome="Ada has it.", done=False, by=world.ben)
    form = {"owner": "gus", "outcome": "Gus shall do it.", "seen": seen}
    refused = world.browser(world.ben).post(where, form)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Ben Okafor has changed the follow-up of this question meanwhile." in page
    assert "Ada has it." in page
    assert "Gus shall do it." in page
    again = {**form, "seen": seen + 1}
    assert world.browser(world.ben).post(where, again).status_code == 302


def test_you_asked_we_did_stands_at_home_and_in_the_space_for_who_may_see_it(
    world: World, over: dict[str, Question]
) -> None:
    places = ("/beside", "/spaces/closed-room")
    for place in places:
        assert "You asked, we did" not in world.browser(world.ada).get(place).content.decode()
    done = {"owner": world.gus, "due": None, "done": True, "by": world.ben}
    follow_up(over["left"], outcome="The old way is back.", **done)  # type: ignore[arg-type]
    follow_up(over["stage"], outcome="Promised.", **done)  # type: ignore[arg-type]
    for place in places:
        page = world.browser(world.ada).get(place).content.decode()
        assert "You asked, we did" in page
        assert page.index("Promised.") < page.index("The old way is back.")
    for who in (world.cleo, world.rita):
        for place in places:
            assert "The old way" not in world.browser(who).get(place).content.decode()
    assert "The old way" not in world.browser(world.ada).get("/spaces/open-room").content.decode()
    remove(world.closed, world.gus, by=world.ben)
    assert "The old way" not in world.browser(world.gus).get("/beside").content.decode()
