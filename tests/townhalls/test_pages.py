"""The pages of a town hall: who sees what, what forms keep, what is said when it is too late."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.townhalls.actions import ask, close_asking, end, open_doors, vote
from hallway.townhalls.actions.moderate import decline, mark_answered, put_on_stage
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.models import Cheer, Option, Question, TownHall, Vote
from tests.world import World

EARLIER = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SCRIPT = {"Accept": "text/vnd.turbo-stream.html, text/html"}


def read(answer: Any) -> str:
    """The HTML of an answer."""
    return str(answer.content.decode())


def lines(answer: Any) -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_everybody_of_the_audience_sees_the_hall_and_nobody_else(
    world: World, hall: TownHall
) -> None:
    question = ask(hall, "Why do we still run seven travel tools?", by=world.ada)
    for person in (world.ada, world.ben, world.gus):
        assert "seven travel tools" in read(world.browser(person).get(hall.url))
    doors = [hall.url, f"{hall.url}/words.json", f"{hall.url}/calendar.ics", f"{hall.url}/edit"]
    deeds = [
        (f"{hall.url}/questions", {"text": "May I, too?"}),
        (f"{hall.url}/cheer", {"kind": "clap"}),
        (f"{hall.url}/remind", {"on": "1"}),
        (f"/halls/questions/{question.pk}/vote", {"on": "1"}),
        (f"/halls/questions/{question.pk}/edit", {"text": "Other words"}),
        (f"/halls/questions/{question.pk}/withdraw", {}),
    ]
    for stranger in (world.cleo, world.rita):
        browser = world.browser(stranger)
        assert [browser.get(door).status_code for door in doors] == [404] * 4
        assert [browser.post(*deed).status_code for deed in deeds] == [404] * 6
        assert "Where we go next" not in read(browser.get("/halls/"))
        assert "Where we go next" not in read(browser.get("/beside"))


def test_asking_and_backing_with_plain_forms(world: World, hall: TownHall) -> None:
    ada, gus = world.browser(world.ada), world.browser(world.gus)
    answer = ada.post(f"{hall.url}/questions", {"text": "  Which brand\nsurvives? "})
    with as_system("a test looks at the rows"):
        question = Question.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, question.url)
    assert (question.text, question.author_id) == ("Which brand survives?", world.ada.pk)
    voting = f"/halls/questions/{question.pk}/vote"
    assert lines(gus.post(voting)) == ["You back this question."]
    assert f'"votes": [{question.pk}]' in read(gus.get(hall.url))
    assert lines(gus.post(voting))[-1] == "You no longer back this question."
    for _ in range(3):
        assert gus.post(voting, {"on": "1"}, headers=SCRIPT).status_code == 204
    with as_system("a test looks at the rows"):
        assert Vote.objects.count() == 1
    assert "Which brand" in read(gus.get(f"{hall.url}?tab=mine"))
    assert "Which brand" not in read(world.browser(world.ben).get(f"{hall.url}?tab=mine"))


def test_a_form_sent_twice_asks_once(world: World, hall: TownHall) -> None:
    words = {"text": "Is this asked once?", "key": "0b9f4d5e-6a3f-4f6e-9a39-0a4f0d9d7f11"}
    for _ in range(2):
        world.browser(world.ada).post(f"{hall.url}/questions", words)
    with as_system("a test looks at the rows"):
        assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [("Hm?", "too short"), ("Why " + "o" * 400, "too long")],
)
def test_words_that_cannot_be_a_question_stay_and_are_explained(
    world: World, hall: TownHall, text: str, why: str
) -> None:
    answer = world.browser(world.ada).post(f"{hall.url}/questions", {"text": text})
    assert answer.status_code == 422
    assert f">{text}</textarea>" in read(answer)
    assert why in read(answer)
    said = world.browser(world.ada).post(f"{hall.url}/questions", {"text": text}, headers=SCRIPT)
    assert why in read(said)


def test_when_asking_is_closed_the_page_says_so_and_keeps_the_words(
    world: World, hall: TownHall
) -> None:
    close_asking(hall, True, by=world.ben)
    page = read(world.browser(world.ada).get(hall.url))
    assert "No more questions are taken just now" in page
    assert "ask-text" not in page
    answer = world.browser(world.ada).post(f"{hall.url}/questions", {"text": "One more thing?"})
    assert answer.status_code == 422
    assert "Your words are kept below" in read(answer)
    assert ">One more thing?</textarea>" in read(answer)


def test_words_meant_to_be_without_a_name_are_not_taken_with_it(
    world: World, hall: TownHall
) -> None:
    words = {"text": "Nobody must know I asked this", "nameless": "1"}
    answer = world.browser(world.ada).post(f"{hall.url}/questions", words)
    assert answer.status_code == 422
    assert ">Nobody must know I asked this</textarea>" in read(answer)
    with as_system("a test looks at the rows"):
        assert not Question.objects.exists()


def test_changing_and_withdrawing_ones_own_question(world: World, hall: TownHall) -> None:
    question = ask(hall, "Which brand survives?", by=world.ada)
    ada, address = world.browser(world.ada), f"/halls/questions/{question.pk}"
    assert world.browser(world.ben).get(f"{address}/edit").status_code == 404
    assert "Which brand survives?" in read(ada.get(f"{address}/edit"))
    assert ada.post(f"{address}/edit", {"text": "Hm", "seen": "1"}).status_code == 422
    ada.post(f"{address}/edit", {"text": "Which of the three?", "seen": "1"})
    page = read(ada.get(hall.url))
    assert "Which of the three?" in page
    assert ">edited<" in page
    late = ada.post(f"{address}/edit", {"text": "Overtaken words", "seen": "1"})
    assert ">Overtaken words</textarea>" in read(late)
    assert ">Which of the three?</textarea>" in read(late)
    ada.post(f"{address}/withdraw")
    with as_system("a test looks at the rows"):
        row = Question.objects.get()
    assert (row.state, row.text) == ("withdrawn", "")


def test_what_was_taken_up_stays_as_it_is(world: World, hall: TownHall) -> None:
    question = ask(hall, "Which brand survives?", by=world.ada)
    open_doors(hall, by=world.ben)
    put_on_stage(question, by=world.ben)
    ada, address = world.browser(world.ada), f"/halls/questions/{question.pk}"
    answer = ada.post(f"{address}/edit", {"text": "Something else entirely", "seen": "2"})
    assert "taken up meanwhile" in read(answer)
    assert "taken up meanwhile" in lines(ada.post(f"{address}/withdraw"))[0]


def test_a_vote_after_the_end_is_refused_with_the_reason(world: World, hall: TownHall) -> None:
    question = ask(hall, "Which brand survives?", by=world.ada)
    other = ask(hall, "Is it settled already?", by=world.ada)
    open_doors(hall, by=world.ben)
    mark_answered(other, by=world.ben)
    gus = world.browser(world.gus)
    assert "has been settled" in lines(gus.post(f"/halls/questions/{other.pk}/vote"))[0]
    end(hall, by=world.ben)
    address = f"/halls/questions/{question.pk}/vote"
    assert "This town hall is over" in lines(gus.post(address, {"on": "1"}))[-1]
    late = gus.post(address, {"on": "1"}, headers=SCRIPT)
    assert (late.status_code, late["X-Outcome"]) == (409, "closed")
    with as_system("a test looks at the rows"):
        assert not Vote.objects.exists()


def test_only_the_asker_sees_a_question_that_waits_or_was_declined(
    world: World, hall: TownHall
) -> None:
    with as_system("the test sets the stage"):
        TownHall.objects.filter(pk=hall.pk).update(moderation="before")
    answer = world.browser(world.ada).post(f"{hall.url}/questions", {"text": "Held back words?"})
    assert answer["Location"] == f"{hall.url}?tab=mine"
    own = read(world.browser(world.ada).get(f"{hall.url}?tab=mine"))
    assert "Held back words?" in own
    assert "Waits for a moderator" in own
    with as_system("a test looks at the rows"):
        question = Question.objects.get()
    for page in (hall.url, f"{hall.url}/words.json", f"{hall.url}?tab=mine"):
        assert "Held back" not in read(world.browser(world.gus).get(page))
    decline(question, "It is about one person.", by=world.ben)
    page = read(world.browser(world.gus).get(hall.url))
    assert "It is about one person." in page
    assert "1 question was declined" in page
    assert "Held back" not in page


def test_clapping_counts_while_on_air_only(world: World, hall: TownHall) -> None:
    gus = world.browser(world.gus)
    assert "while it is on air" in lines(gus.post(f"{hall.url}/cheer", {"kind": "clap"}))[0]
    open_doors(hall, by=world.ben)
    gus.post(f"{hall.url}/cheer", {"kind": "clap", "n": "3"})
    gus.post(f"{hall.url}/cheer", {"kind": "clap"})
    assert gus.post(f"{hall.url}/cheer", {"kind": "boo"}).status_code == 404
    with as_system("a test looks at the rows"):
        assert Cheer.objects.get().count == 4


def test_one_ballot_a_person_and_none_after_the_poll_is_closed(
    world: World, hall: TownHall
) -> None:
    open_doors(hall, by=world.ben)
    poll = prepare(hall, "Would you move?", ["Yes", "No"], by=world.ben)
    gus, address = world.browser(world.gus), f"/halls/polls/{poll.pk}/choose"
    with as_system("a test looks at the rows"):
        yes, no = Option.objects.filter(poll=poll)
    # Nobody knows of it while it is prepared.
    assert gus.post(address, {"option": yes.pk}).status_code == 404
    assert "Would you move?" not in read(gus.get(hall.url))
    set_state(poll, "open", by=world.ben)
    gus.post(address, {"option": yes.pk})
    gus.post(address, {"option": no.pk})
    page = read(gus.get(hall.url))
    assert f'"ballots": {{"{poll.pk}": {no.pk}}}' in page
    assert re.findall(r'class="poll-share">(\d+) %', page) == ["0", "100"]
    set_state(poll, "closed", by=world.ben)
    assert "closed" in lines(gus.post(address, {"option": yes.pk}))[-1]


def test_an_outside_player_is_framed_on_its_page_only_and_from_its_origin_only(
    world: World, hall: TownHall
) -> None:
    with as_system("the test sets the stage"):
        TownHall.objects.filter(pk=hall.pk).update(player_url="https://play.example:8443/e/7")
    gus = world.browser(world.gus)
    assert "<iframe" not in read(gus.get(hall.url))
    open_doors(hall, by=world.ben)
    answer = gus.get(hall.url)
    policy = answer["Content-Security-Policy"]
    assert policy.endswith("; frame-src https://play.example:8443")
    assert "default-src 'none'" in policy
    assert 'sandbox="allow-scripts allow-same-origin allow-presentation"' in read(answer)
    assert "frame-src" not in gus.get("/")["Content-Security-Policy"]


def test_a_player_that_came_into_the_table_otherwise_is_never_framed(
    world: World, hall: TownHall
) -> None:
    with as_system("the test sets the stage"):
        rows = TownHall.objects.filter(pk=hall.pk)
        rows.update(player_url="https://play.example;script-src *")
    answer = world.browser(world.gus).get(hall.url)
    assert "script-src *" not in answer["Content-Security-Policy"]


def test_as_many_queries_for_thirty_questions_as_for_one(world: World, hall: TownHall) -> None:
    def asked_for() -> int:
        browser = world.browser(world.gus)
        browser.get(hall.url)
        caches["cards"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(hall.url).status_code == 200
        return len(queries)

    open_doors(hall, by=world.ben)
    ask(hall, "The first question of all?", by=world.ada)
    few = asked_for()
    for number in range(9):
        for person in (world.ada, world.ben, world.gus):
            question = ask(hall, f"Question number {number}?", by=person)
        vote(question, True, by=world.ada)
        mark_answered(question, by=world.ben)
    assert asked_for() == few
