"""What town halls tell people: answers and promises to those who back a question, and reminders."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions import Draft, delete
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.notifications.models import Notification
from hallway.people.models import Person
from hallway.spaces import actions as spaces
from hallway.spaces.models import Membership
from hallway.townhalls.actions import (
    Plan,
    announce,
    ask,
    end,
    follow_up,
    open_doors,
    remind,
    vote,
    withdraw,
)
from hallway.townhalls.actions.ask import put
from hallway.townhalls.actions.moderate import answer, decline, merge
from hallway.townhalls.actions.remind import AHEAD, AT_ONCE, remind_of_what_begins
from hallway.townhalls.models import Question, Reminder, TownHall, Vote
from tests.notifications.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 2_000
SOON = timedelta(minutes=10)


def announced(desk: Desk, starts_in: timedelta = timedelta(hours=1)) -> TownHall:
    """A hall of Ben's in the closed room."""
    plan = Plan(starts_at=timezone.now() + starts_in)
    return announce(Draft(title="Where we go", text=""), plan, desk.world.closed, by=desk.world.ben)


def promise(question: Question, by: Person, **wanted: object) -> None:
    fields = {"owner": None, "due": None, "outcome": "", "done": False} | wanted
    follow_up(question, by=by, **fields)  # type: ignore[arg-type]


def crowd(desk: Desk, count: int) -> list[Person]:
    """So many people more in the closed room."""
    here = Person.objects.count()
    with as_system("a crowd arrives"), writing():
        people = [
            Person(email=f"n{at}@company.example", handle=f"n{at}", name=f"N {at}")
            for at in range(here, here + count)
        ]
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(space=desk.world.closed, person=person) for person in people
        )
    return people


def test_who_asked_and_who_backs_hear_of_an_answer_in_writing(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    vote(question, True, by=world.gus)
    answer(question, "It is being painted.", by=world.ben)
    assert desk.said(world.ada) == ["Ben Okafor answered your question in writing"]
    assert desk.said(world.gus) == ["Ben Okafor answered a question you back in writing"]
    assert (desk.said(world.ben), desk.said(world.cleo)) == ([], [])
    page = world.browser(world.gus).get("/notifications/").content.decode()
    assert "Why is the canteen closed?" in page
    assert f'href="/halls/questions/{question.pk}/follow-up"' in page


def test_every_change_of_a_promise_bumps_one_line(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    vote(question, True, by=world.gus)
    promise(question, world.ben, outcome="We look at it.")
    assert desk.bell(world.gus) == 1
    promise(question, world.ben, outcome="It opens in May.", done=True)
    assert desk.said(world.gus) == ["Ben Okafor said what becomes of a question you back"]
    assert desk.said(world.ada) == ["Ben Okafor said what becomes of your question"]
    looked = world.browser(world.gus).post("/notifications/seen", {"question": question.pk})
    assert (looked.status_code, desk.bell(world.gus)) == (204, 0)
    assert desk.bell(world.ada) == 1


def test_the_owner_hears_that_it_is_theirs_and_only_once(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    vote(question, True, by=world.gus)
    promise(question, world.ben, owner=world.gus)
    assert desk.said(world.gus) == ["Ben Okafor entrusted a question to you"]
    promise(question, world.gus, owner=world.gus, outcome="I have begun.")
    assert desk.said(world.gus) == ["Ben Okafor entrusted a question to you"]
    assert desk.said(world.ada) == [
        "Gus Brandt and Ben Okafor said what becomes of your question",
    ]


def test_askers_of_united_questions_hear_of_the_one_that_stayed(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    stays = ask(hall, "Why is the canteen closed?", by=world.gus)
    again = ask(hall, "The canteen is closed, why?", by=world.ada)
    merge(again, stays, by=world.ben)
    answer(stays, "It is being painted.", by=world.ben)
    assert desk.said(world.ada) == ["Ben Okafor answered a question you back in writing"]


def test_without_a_name_nobody_is_told_but_those_who_back_it(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    with writing(), as_system("as the address without a cookie does it"):
        question = put(Question(hall=hall, text="Are offices closed?", secret="0" * 64), hall)
    vote(question, True, by=world.gus)
    answer(question, "No.", by=world.ben)
    desk.reader.catch_up()
    rows = QuerySet(Notification).filter(question=question)
    assert list(rows.values_list("person_id", flat=True)) == [world.gus.pk]


def test_who_left_before_or_after_is_told_and_shown_nothing(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    first = ask(hall, "Why is the canteen closed?", by=world.ada)
    second = ask(hall, "When does it open again?", by=world.ada)
    for question in (first, second):
        vote(question, True, by=world.gus)
    answer(first, "Paint.", by=world.ben)
    assert desk.bell(world.gus) == 1
    spaces.remove(world.closed, world.gus, by=world.ben)
    answer(second, "In May.", by=world.ben)
    assert "canteen" not in str(desk.said(world.gus))
    told = QuerySet(Notification).filter(person=world.gus, question=second)
    assert not told.exists()
    page = world.browser(world.gus).get("/notifications/").content.decode()
    assert "canteen" not in page
    assert desk.bell(world.ada) == 2
    delete(hall.entry, by=world.ben)
    assert (desk.said(world.ada), desk.bell(world.ada)) == ([], 0)


def test_what_is_no_longer_public_is_no_longer_told(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    vote(question, True, by=world.gus)
    promise(question, world.ben, outcome="We look at it.")
    assert desk.bell(world.gus) == 1
    withdraw(question, by=world.ada)
    assert (desk.said(world.gus), desk.bell(world.gus)) == ([], 0)
    other = ask(hall, "Who earns how much?", by=world.ada)
    vote(other, True, by=world.gus)
    promise(other, world.ben, outcome="We look at it.")
    decline(other, "Ask your manager.", by=world.ben)
    assert (desk.said(world.gus), desk.bell(world.gus)) == ([], 0)


def test_two_thousand_who_back_a_question_are_told_by_a_few_statements(desk: Desk) -> None:
    world, hall = desk.world, announced(desk)
    question = ask(hall, "Why is the canteen closed?", by=world.ada)

    def told(count: int) -> int:
        fans = crowd(desk, count)
        with as_system("a crowd backs it"), writing():
            Vote.objects.bulk_create(Vote(question=question, person=person) for person in fans)
        desk.reader.catch_up()
        promise(question, world.ben, outcome=f"News for {count}")
        with CaptureQueriesContext(connection) as queries:
            desk.reader.catch_up()
        return len(queries)

    few = told(10)
    many = told(MANY)
    backers = QuerySet(Notification).filter(kind="followed", question=question)
    assert backers.count() == MANY + 10 + 1
    # SQLite takes 999 values in a statement, so a bulk insert is a hundred rows at a time there.
    # And each portion begins with the question and the rule.
    assert many < few + 4 * MANY / 90 + few * MANY / AT_ONCE


def test_a_quarter_of_an_hour_before_it_begins_one_is_reminded_once(desk: Desk) -> None:
    world, hall = desk.world, announced(desk, AHEAD + timedelta(minutes=5))
    remind(hall, True, by=world.ada)
    remind(hall, True, by=world.gus)
    assert remind_of_what_begins() == 0
    assert desk.said(world.ada) == []
    before = hall.starts_at - AHEAD
    assert remind_of_what_begins(before) == 1
    # Another worker looks at the same moment.
    assert remind_of_what_begins(before) == 1
    said = ["You wanted to be reminded: the town hall is about to begin"]
    assert desk.said(world.ada) == desk.said(world.gus) == said
    assert remind_of_what_begins(before) == 0
    assert desk.said(world.ben) == []
    rung = Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=world.ada.pk)
    assert rung.count() == 1
    page = world.browser(world.ada).get("/notifications/").content.decode()
    assert f'href="/halls/{hall.pk}"' in page
    assert "Where we go" in page


def test_who_may_no_longer_see_it_is_not_reminded(desk: Desk) -> None:
    world, hall = desk.world, announced(desk, SOON)
    remind(hall, True, by=world.ada)
    remind(hall, True, by=world.gus)
    remind_of_what_begins()
    spaces.remove(world.closed, world.gus, by=world.ben)
    assert desk.bell(world.ada) == 1
    assert not QuerySet(Notification).filter(person=world.gus, kind="reminder").exists()
    with as_system("a test looks at the rows"):
        assert not Reminder.objects.exists()


def test_what_has_begun_or_is_over_reminds_nobody(desk: Desk) -> None:
    world = desk.world
    for over in (False, True):
        hall = announced(desk, SOON)
        remind(hall, True, by=world.ada)
        remind_of_what_begins()
        open_doors(hall, by=world.ben)
        if over:
            end(hall, by=world.ben)
        assert desk.said(world.ada) == []
        assert remind_of_what_begins() == 0


def test_many_reminders_are_taken_in_portions(desk: Desk) -> None:
    hall = announced(desk, SOON)
    with as_system("a crowd wants to come"), writing():
        people = crowd(desk, AT_ONCE + 1)
        Reminder.objects.bulk_create(Reminder(hall=hall, person=person) for person in people)
    remind_of_what_begins()
    assert Record.objects.filter(verb=Verb.HALL_REMINDED).count() == 2
    assert (desk.bell(people[0]), desk.bell(people[-1])) == (1, 1)
