"""Questions united with others: what their askers see and may do, and who is counted and told."""

import time
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.notifications.of_halls import _concerned
from hallway.people.models import Person
from hallway.townhalls.actions import Closed, Overtaken, ask, edit, vote, withdraw
from hallway.townhalls.actions import nameless as without_name
from hallway.townhalls.actions.ask import put
from hallway.townhalls.actions.moderate import decline, merge
from hallway.townhalls.models import Question, TownHall, Vote
from tests.world import World

pytestmark = pytest.mark.django_db


def stored(question: Question) -> Question:
    with as_system("a test looks at the rows"):
        return Question.objects.get(pk=question.pk)


def test_the_page_shows_what_stays_only_while_everybody_sees_it(
    world: World, hall: TownHall
) -> None:
    mine = ask(hall, "Why is the canteen closed?", by=world.gus)
    first = ask(hall, "The canteen is closed, why?", by=world.ada)
    last = ask(hall, "When will there be lunch?", by=world.ada)
    merge(mine, first, by=world.ben)
    merge(first, last, by=world.ben)
    page = world.browser(world.gus).get(hall.url).content.decode()
    yours = page[page.index(f'id="yours-{mine.pk}"') :].split("</li>")[0]
    # The one in between is nobody's business any more: it was united as well.
    assert f'href="#question-{last.pk}">When will there be lunch?</a>' in yours
    assert "The canteen is closed" not in page
    decline(last, "Not for everybody.", by=world.ben)
    page = world.browser(world.gus).get(hall.url).content.decode()
    assert "When will there be lunch?" not in page
    assert f'id="yours-{mine.pk}"' in page


def test_what_others_were_united_with_is_not_its_askers_alone(world: World, hall: TownHall) -> None:
    stays = ask(hall, "Why is the canteen closed?", by=world.ada)
    other = ask(hall, "The canteen is closed, why?", by=world.gus)
    merge(other, stays, by=world.ben)
    with pytest.raises(Closed):
        withdraw(stays, by=world.ada)
    with pytest.raises(Closed):
        edit(stays, "May I have a rise?", by=world.ada)
    form = world.browser(world.ada).get(f"/halls/questions/{stays.pk}/edit").content.decode()
    assert "It has been taken up" in form
    assert stored(stays).text == "Why is the canteen closed?"


def test_without_a_name_neither(world: World, hall: TownHall) -> None:
    secret = b"s" * without_name.SECRET_BYTES
    with writing(), as_system("as the address without a cookie does it"):
        text, digest = "Are offices closed?", without_name._hash(secret)
        stays = put(Question(hall=hall, text=text, secret=digest), hall)
    merge(ask(hall, "Which offices close?", by=world.gus), stays, by=world.ben)
    with pytest.raises(Closed):
        without_name.withdraw(hall.pk, stays.pk, secret)
    with pytest.raises(Closed):
        without_name.edit(hall.pk, stays.pk, secret, "Something else entirely")
    assert stored(stays).text == "Are offices closed?"


def test_who_guesses_a_secret_does_not_hold_the_hall(world: World, hall: TownHall) -> None:
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    for number in (question.pk, 987654):
        with CaptureQueriesContext(connection) as queries, pytest.raises(without_name.Refused):
            without_name.withdraw(hall.pk, number, b"s" * without_name.SECRET_BYTES)
        assert len(queries) == 1


def test_many_votes_are_handed_over_in_one_statement(world: World, hall: TownHall) -> None:
    here = ask(hall, "Why is the canteen closed?", by=world.ada)
    there = ask(hall, "The canteen is closed, why?", by=world.gus)

    def taken(count: int) -> int:
        with as_system("a crowd backs it"):
            people = [
                Person(email=f"v{count}-{at}@x.example", handle=f"v{count}-{at}", name="V")
                for at in range(count)
            ]
            Person.objects.bulk_create(people)
            Vote.objects.bulk_create(Vote(question=here, person=person) for person in people)
        vote(here, True, by=world.ben)
        vote(there, True, by=world.ben)
        with CaptureQueriesContext(connection) as queries:
            merge(here, there, by=world.ben)
        return len(queries)

    begun = time.monotonic()
    few = taken(5)
    with as_system("back to the start"):
        Question.objects.filter(pk=here.pk).update(state="open", into=None)
        Vote.objects.all().delete()
    assert taken(1_000) == few
    assert time.monotonic() - begun < 20
    assert stored(there).votes == 1_001


def test_the_asker_is_told_however_often_it_was_united(world: World, hall: TownHall) -> None:
    askers = [world.ada, world.ben] * 6
    chain = [ask(hall, f"Why closed, {at}?", by=who) for at, who in enumerate(askers)]
    first = ask(hall, "Is it closed?", by=world.gus)
    merge(first, chain[0], by=world.ben)
    for before, after in pairwise(chain):
        merge(before, after, by=world.ben)
    end = stored(chain[-1])
    with as_system("a test asks who is told"):
        assert Person.objects.filter(_concerned(end), pk=world.gus.pk).exists()
    # And a vote for the first goes all the way, too.
    vote(first, True, by=world.gus)
    assert stored(end).votes == 1


def test_what_stays_must_be_as_the_moderator_saw_it(world: World, hall: TownHall) -> None:
    goes = ask(hall, "Why is the canteen closed?", by=world.ada)
    stays = ask(hall, "The canteen is closed, why?", by=world.gus)
    ben = world.browser(world.ben)
    where = f"/halls/questions/{goes.pk}/merge"
    form = ben.get(where).content.decode()
    assert f'name="seen-{stays.pk}" value="1"' in form
    edit(stays, "Who broke the lift?", by=world.gus)
    sent = {"seen": "1", "into": str(stays.pk), f"seen-{stays.pk}": "1"}
    refused = ben.post(where, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The question that stays was changed meanwhile." in page
    assert "Who broke the lift?" in page
    assert stored(goes).state == "open"
    with pytest.raises(Overtaken):
        merge(goes, stays, by=world.ben, seen=1, seen_into=1)
    assert ben.post(where, {"seen": "1", "into": str(stays.pk)}).status_code == 404
    assert ben.post(where, sent | {f"seen-{stays.pk}": "2"}).status_code == 302
    assert stored(goes).into_id == stays.pk
