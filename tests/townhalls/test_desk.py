"""The moderators' desk: every deed by a plain form, and two moderators at it at once."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.journal.models import Record
from hallway.people.models import Person
from hallway.townhalls.actions import ask, end, open_doors, vote
from hallway.townhalls.actions.moderate import decline, put_on_stage
from hallway.townhalls.models import Part, Poll, Question, TownHall
from hallway.townhalls.similar import most_alike
from hallway.townhalls.views.moderating import PLAIN, STATES
from tests.world import World

pytestmark = pytest.mark.django_db

LANE = r'id="lane-{}".*?</ol>'


@pytest.fixture
def moderated(world: World, hall: TownHall) -> TownHall:
    """The hall on air; Ada, who speaks, moderates it with Ben."""
    with as_system("the test sets the stage"):
        Part.objects.create(hall=hall, person=world.ada, role="moderator")
    open_doors(hall, by=world.ben)
    hall.refresh_from_db()
    return hall


def stored(question: Question) -> Question:
    with as_system("a test looks at the rows"):
        return Question.objects.get(pk=question.pk)


def lane(page: HttpResponse, name: str) -> str:
    found = re.search(LANE.format(name), page.content.decode(), re.DOTALL)
    assert found, f"no list {name}"
    return found[0]


def send(world: World, who: Person, question: Question, deed: str, **form: object) -> HttpResponse:
    """Send the form of the row as it is now, unless the test says what was seen."""
    form = {"seen": stored(question).version} | form
    return world.browser(who).post(f"/halls/questions/{question.pk}/{deed}", form)


def test_each_question_lies_in_the_list_of_what_is_to_be_done(
    world: World, moderated: TownHall
) -> None:
    texts = ("Held back?", "Open for all?", "On stage now?", "Answered there?", "Not for here?")
    asked = [ask(moderated, text, by=world.ada) for text in texts]
    with as_system("the test sets the stage"):
        Question.objects.filter(pk=asked[0].pk).update(state="held")
    assert send(world, world.ben, asked[3], "answered").status_code == 302
    assert send(world, world.ben, asked[4], "decline", reason="Ask HR.").status_code == 302
    assert send(world, world.ben, asked[2], "stage").status_code == 302
    page = world.browser(world.ben).get(f"/halls/{moderated.pk}/desk")
    lists = ("held", "open", "stage", "answered", "declined")
    for name, text in zip(lists, texts, strict=True):
        drawn = lane(page, name)
        assert text in drawn
        assert sum(other in drawn for other in texts) == 1
    assert "Ask HR." in lane(page, "declined")


def test_a_question_goes_all_its_ways_by_plain_forms(world: World, moderated: TownHall) -> None:
    question = ask(moderated, "Why do we still run seven travel tools?", by=world.gus)
    for deed, form, state in (
        ("stage", {}, "on_stage"),
        ("unstage", {}, "open"),
        ("stage", {}, "on_stage"),
        ("answered", {}, "answered"),
        ("reopen", {}, "open"),
        ("answer", {"answer": "**Two** are left."}, "written"),
        ("reopen", {}, "open"),
        ("decline", {"reason": "Asked before."}, "declined"),
        ("release", {}, "open"),
    ):
        answer = send(world, world.ada, question, deed, **form)
        assert (answer.status_code, answer["Location"]) == (302, f"/halls/{moderated.pk}/desk")
        assert stored(question).state == state, deed
    assert "<strong>Two</strong>" in stored(question).answer_html
    assert set(STATES) == {*PLAIN, "decline", "answer", "merge"}


def test_the_most_alike_is_offered_first_and_votes_are_united(
    world: World, moderated: TownHall
) -> None:
    tools = ask(moderated, "Why do we still run seven travel tools?", by=world.ada)
    ask(moderated, "When will the canteen open on Fridays?", by=world.ada)
    again = ask(moderated, "Seven travel tools, why is that?", by=world.gus)
    vote(tools, True, by=world.gus)
    vote(again, True, by=world.gus)
    vote(again, True, by=world.ada)
    page = world.browser(world.ben).get(f"/halls/questions/{again.pk}/merge").content.decode()
    offered = re.findall(r'name="into" value="(\d+)"', page)
    assert offered[0] == str(tools.pk)
    assert len(offered) == 2
    assert str(again.pk) not in offered
    chosen = {"into": tools.pk, f"seen-{tools.pk}": stored(tools).version}
    assert send(world, world.ben, again, "merge", **chosen).status_code == 302
    assert (stored(tools).votes, stored(again).into_id) == (2, tools.pk)
    refused = send(world, world.ben, tools, "merge", into="")
    assert refused.status_code == 422
    assert "Choose the question that stays." in refused.content.decode()


def test_likeness_minds_neither_order_nor_endings() -> None:
    texts = ("Canteen prices?", "Werden die Büros geschlossen?", "Schließen wir ein Büro?")
    rows = [Question(pk=at, text=text) for at, text in enumerate(texts, 1)]
    found = most_alike(Question(pk=9, text="Wird das Büro Porto geschlossen"), rows)
    assert [each.pk for each in found] == [2, 3, 1]


def test_two_moderators_see_what_the_other_did_and_lose_no_words(
    world: World, moderated: TownHall
) -> None:
    question = ask(moderated, "Which of the brands survives?", by=world.gus)
    seen = question.version
    decline(question, "Was answered last week.", by=world.ben)
    answer = send(world, world.ada, question, "answer", seen=seen, answer="All three of them.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ben Okafor has declined this question meanwhile." in page
    assert "Was answered last week." in page
    assert "All three of them." in page
    assert stored(question).state == "declined"
    # Where what was wanted is still possible, it takes one more click.
    send(world, world.ada, question, "release")
    seen = stored(question).version
    put_on_stage(question, by=world.ben)
    send(world, world.ben, question, "unstage")
    again = send(world, world.ada, question, "decline", seen=seen, reason="Not for all.")
    page = again.content.decode()
    assert "Ben Okafor has taken this question off the stage meanwhile." in page
    assert 'value="Not for all."' in page
    assert f'name="seen" value="{stored(question).version}"' in page
    assert stored(question).state == "open"


def test_who_writes_while_the_asker_withdraws_keeps_the_words(
    world: World, moderated: TownHall
) -> None:
    question = ask(moderated, "Shall I take this back?", by=world.gus)
    with as_system("as an asker without a name does"):
        Question.objects.filter(pk=question.pk).update(author=None, state="withdrawn", text="")
    seen = stored(question).version - 1
    answer = send(world, world.ben, question, "answer", seen=seen, answer="I have written a lot.")
    assert answer.status_code == 422
    assert "I have written a lot." in answer.content.decode()
    assert stored(question).state == "withdrawn"


def test_what_is_too_late_or_lacks_words_is_said_and_kept(
    world: World, moderated: TownHall
) -> None:
    question = ask(moderated, "What about the bonus?", by=world.gus)
    bare = send(world, world.ben, question, "decline", reason=" ")
    assert (bare.status_code, stored(question).state) == (422, "open")
    assert "Say why" in bare.content.decode()
    end(moderated, by=world.ben)
    late = send(world, world.ben, question, "stage")
    assert (late.status_code, stored(question).state) == (422, "open")
    assert "only while the town hall is on air" in late.content.decode()
    assert send(world, world.ben, question, "stage", seen="x").status_code == 404


def test_only_who_moderates_finds_the_desk(world: World, moderated: TownHall) -> None:
    question = ask(moderated, "Who may do this?", by=world.ada)
    secret = ask(moderated, "Is this held back?", by=world.ada)
    with as_system("the test sets the stage"):
        Question.objects.filter(pk=secret.pk).update(state="held")
    before = Record.objects.count()
    for who in (world.gus, world.cleo, world.rita):
        browser = world.browser(who)
        for page in ("desk", "speaker", "end", "export.csv", "export.json"):
            assert browser.get(f"/halls/{moderated.pk}/{page}").status_code == 404
        for page in ("decline", "answer", "merge"):
            assert browser.get(f"/halls/questions/{secret.pk}/{page}").status_code == 404
        for deed in (*PLAIN, "decline", "answer", "merge", "follow-up"):
            form = {"reason": "No.", "answer": "No.", "into": secret.pk}
            assert send(world, who, question, deed, **form).status_code == 404, (who, deed)
        for deed in ("open", "end", "asking", "polls"):
            form = {"closed": "1", "text": "A?", "options": "1\n2"}
            assert browser.post(f"/halls/{moderated.pk}/{deed}", form).status_code == 404
    seen = world.browser(world.gus).get(f"/halls/{moderated.pk}/screen")
    assert "Who may do this?" in seen.content.decode()
    assert "Is this held back?" not in seen.content.decode()
    for page in ("screen", "qr.svg"):
        assert world.browser(world.cleo).get(f"/halls/{moderated.pk}/{page}").status_code == 404
    assert Record.objects.count() == before


def test_a_moderator_is_no_host(world: World, hall: TownHall) -> None:
    with as_system("the test sets the stage"):
        Part.objects.create(hall=hall, person=world.ada, role="moderator")
    browser = world.browser(world.ada)
    assert "Open the doors" not in browser.get(f"/halls/{hall.pk}/desk").content.decode()
    assert browser.post(f"/halls/{hall.pk}/open").status_code == 404
    assert browser.post(f"/halls/{hall.pk}/end").status_code == 404
    assert browser.post(f"/halls/{hall.pk}/asking", {"closed": "1"}).status_code == 302
    hall.refresh_from_db()
    assert (hall.asking_closed, hall.stage) == (True, "announced")


def test_the_host_opens_and_ends_it_after_a_look_at_what_is_left(
    world: World, hall: TownHall
) -> None:
    browser = world.browser(world.ben)
    ask(hall, "Will this be left over?", by=world.ada)
    assert browser.post(f"/halls/{hall.pk}/open").status_code == 302
    assert "1 question is still open" in browser.get(f"/halls/{hall.pk}/end").content.decode()
    hall.refresh_from_db()
    assert hall.is_on_air
    assert browser.post(f"/halls/{hall.pk}/end")["Location"] == f"/halls/{hall.pk}"
    hall.refresh_from_db()
    assert hall.is_ended
    assert browser.post(f"/halls/{hall.pk}/open").status_code == 302
    hall.refresh_from_db()
    assert hall.is_ended


def test_a_poll_is_prepared_opened_and_closed(world: World, moderated: TownHall) -> None:
    browser = world.browser(world.ada)
    where = f"/halls/{moderated.pk}/polls"
    refused = browser.post(where, {"text": "Coffee?", "options": "Yes"})
    assert refused.status_code == 422
    assert 'value="Coffee?"' in refused.content.decode()
    assert browser.post(where, {"text": "Coffee?", "options": "Yes\nNo\n"}).status_code == 302
    with as_system("a test looks at the rows"):
        poll = Poll.objects.get()
    assert "Coffee?" not in world.browser(world.gus).get(moderated.url).content.decode()
    for state, code in (("open", 302), ("closed", 302), ("prepared", 404), ("x", 404)):
        form = {"state": state}
        assert (
            world.browser(world.gus).post(f"/halls/polls/{poll.pk}/state", form).status_code == 404
        )
        assert browser.post(f"/halls/polls/{poll.pk}/state", form).status_code == code
    with as_system("a test looks at the rows"):
        assert Poll.objects.get().state == "closed"


def test_the_qr_code_is_the_address_and_runs_nothing(world: World, hall: TownHall) -> None:
    answer = world.browser(world.gus).get(f"/halls/{hall.pk}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    drawn = answer.content.decode()
    assert drawn.startswith("<svg ")
    assert "<script" not in drawn


def test_the_speaker_sees_what_is_on_stage_and_what_comes(
    world: World, moderated: TownHall
) -> None:
    asked = [ask(moderated, f"What about number {at}?", by=world.gus) for at in range(5)]
    for question in asked[:4]:
        vote(question, True, by=world.ada)
    put_on_stage(asked[0], by=world.ben)
    page = world.browser(world.ada).get(f"/halls/{moderated.pk}/speaker").content.decode()
    now, _, coming = page.partition('id="speaker-next"')
    assert "What about number 0?" in now
    assert sum(each.text in coming for each in asked) == 3


@pytest.mark.usefixtures("nothing_ages")
def test_a_thousand_questions_cost_the_queries_of_ten(world: World, moderated: TownHall) -> None:
    def more(count: int) -> None:
        with as_system("the test sets the stage"):
            Question.objects.bulk_create(
                Question(hall=moderated, text=f"Number {at}?", votes=at) for at in range(count)
            )

    browser = world.browser(world.ben)
    browser.get(f"/halls/{moderated.pk}/desk")
    taken = []
    for count in (10, 1000):
        more(count)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/halls/{moderated.pk}/desk")
        taken.append(len(queries))
    assert taken[0] == taken[1]
    assert page.content.decode().count('class="desk-question"') == 200
    assert "Show 810 more" in page.content.decode()
