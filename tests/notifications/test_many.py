"""Thousands who back a question are told in portions, and their bells ring without a storm."""

import time

import pytest
from django.db.models import QuerySet

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.hub.frames import frames_of
from hallway.journal.models import Record
from hallway.journal.reader import Deed, _deed
from hallway.journal.verbs import Verb
from hallway.notifications.models import Notification
from hallway.notifications.telling import RUNG_SINGLY, ring
from hallway.townhalls.actions import ask, vote
from hallway.townhalls.actions.moderate import answer, decline
from hallway.townhalls.actions.remind import AT_ONCE
from hallway.townhalls.models import Question, Vote
from tests.notifications.conftest import Desk
from tests.notifications.test_halls import announced, crowd

pytestmark = pytest.mark.django_db(transaction=True)


def backed(desk: Desk, count: int) -> Question:
    """A question of Ada's that so many back besides Gus."""
    question = ask(announced(desk), "Why is the canteen closed?", by=desk.world.ada)
    vote(question, True, by=desk.world.gus)
    fans = crowd(desk, count)
    with as_system("a crowd backs it"), writing():
        Vote.objects.bulk_create(Vote(question=question, person=person) for person in fans)
    desk.reader.catch_up()
    return question


def told(question: Question) -> int:
    return QuerySet(Notification).filter(kind="written", question=question).count()


def rung() -> list[Deed]:
    rows = Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=None)
    return [_deed(row) for row in rows.order_by("seq")]


def test_many_are_told_in_portions_everybody_once(desk: Desk) -> None:
    question = backed(desk, 2 * AT_ONCE)
    answer(question, "It is being painted.", by=desk.world.ben)
    portions = []
    before = 0
    while desk.reader._step(1):
        now = told(question)
        portions.append(now - before)
        before = now
    assert max(portions) <= AT_ONCE
    assert sum(portions) == 2 * AT_ONCE + 2
    people = [person for deed in rung() for person in deed.detail["people"]]
    assert len(people) == len(set(people)) >= 2 * AT_ONCE
    assert all(len(deed.detail["people"]) <= AT_ONCE for deed in rung())
    assert desk.bell(desk.world.gus) == 1
    assert desk.bell(desk.world.cleo) == 0


def test_what_is_taken_away_between_two_portions_is_told_no_further(desk: Desk) -> None:
    question = backed(desk, 2 * AT_ONCE)
    answer(question, "It is being painted.", by=desk.world.ben)
    assert desk.reader._step(1) == 1
    with as_system("a test takes it back"):
        Question.objects.filter(pk=question.pk).update(state=Question.State.OPEN)
    question.refresh_from_db()
    decline(question, "Ask your manager.", by=desk.world.ben)
    desk.reader.catch_up()
    assert told(question) == AT_ONCE


def test_the_bells_of_many_are_one_row_and_cost_the_hub_nothing(desk: Desk) -> None:
    people = [person.pk for person in crowd(desk, AT_ONCE)]
    few = people[:RUNG_SINGLY]
    with writing():
        ring(few)
    assert rung() == []
    with writing():
        ring(people)
    (deed,) = rung()
    frames_of(deed)
    begun = time.process_time()
    drawn = frames_of(deed)
    assert time.process_time() - begun < 0.05
    # As the page is read anew wherever it is open, it shows what a fresh one shows.
    assert {each.topic for each in drawn} == {f"person:{person}" for person in people}
    assert all('action="reread" where="#bell"' in each.html["en"] for each in drawn)
    # The bell of one person alone, rung later, takes its place.
    with writing():
        ring(people[:1])
    single = _deed(
        Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=people[0]).latest("seq")
    )
    assert {each.target for each in drawn} <= {each.target for each in frames_of(single)}
