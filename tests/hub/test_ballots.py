"""Votes, choices and cheers over the open socket: stored, answered, told, each exactly once."""

import asyncio
import time
import uuid
from contextlib import AsyncExitStack
from typing import Any

import pytest

from hallway.core.guarding import as_system
from hallway.hub import ballots
from hallway.hub.ledger import DatabaseLedger
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.people.actions import add_person
from hallway.people.models import Person
from hallway.spaces.actions import put_in, remove
from hallway.townhalls.actions import News, Wish, ask, cast, end, tell_in_turn
from hallway.townhalls.actions.moderate import mark_answered, merge
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.models import Ballot, Cheer, Option, Question
from tests.hub.hall import wait_for
from tests.hub.halls import Scene, in_thread
from tests.hub.test_gate import sign_in
from tests.playing import play

pytestmark = [pytest.mark.slow]


def members(scene: Scene, count: int) -> list[Person]:
    """More people in the closed room, signed in."""
    found = []
    for number in range(count):
        person = add_person(f"p{number}@company.example", f"Person {number}")
        put_in(scene.world.closed, person, by=scene.world.ben)
        scene.keys[person.pk] = sign_in(person)
        found.append(person)
    return found


def told_of(scene: Scene, question: Question) -> list[Record]:
    """The tallies that tell of this question alone."""
    rows = scene.rows(Verb.HALL_TALLY)
    return [row for row in rows if row.detail["questions"] == [question.pk]]


def test_sixty_four_parallel_votes_of_one_person_are_one(scene: Scene) -> None:
    gus, (question, *_) = scene.world.gus, scene.questions

    async def story() -> None:
        async with AsyncExitStack() as stack:
            screens = [await stack.enter_async_context(scene.screen(gus)) for _ in range(8)]
            wish: dict[str, Any] = {"vote": question.pk, "on": True}
            keys = [[await each.say(**wish) for _ in range(8)] for each in screens]
            for screen, own in zip(screens, keys, strict=True):
                assert set((await screen.outcomes(own)).values()) == {"done"}

    play(story())
    assert scene.votes(question) == 1
    assert scene.wrong() == []
    # Told once: the other sixty-three changed nothing.
    wait_for(lambda: len(told_of(scene, question)) == 1)


def test_many_votes_are_told_together_and_the_last_count_is_told(scene: Scene) -> None:
    people, (question, *_) = members(scene, 12), scene.questions

    async def story() -> float:
        async with AsyncExitStack() as stack:
            watcher = await stack.enter_async_context(scene.screen(scene.world.ben))
            screens = [await stack.enter_async_context(scene.screen(each)) for each in people]
            before = await in_thread(lambda: len(scene.rows(Verb.HALL_TALLY)))
            began = time.monotonic()
            for screen in screens:
                await screen.vote(question)
            seconds = time.monotonic() - began
            while f'data-id="{question.pk}" data-count="12"' not in str(await watcher.next()):
                pass
            after = await in_thread(lambda: len(scene.rows(Verb.HALL_TALLY)))
            # One at once, four a second, one at the end.
            assert 2 <= after - before <= 2 + seconds * 4 + 1
            return seconds

    play(story())
    assert scene.wrong() == []


def test_what_is_sent_again_with_the_same_key_counts_once(scene: Scene) -> None:
    gus, (question, *_) = scene.world.gus, scene.questions
    clap, back = str(uuid.uuid4()), str(uuid.uuid4())

    async def story() -> None:
        async with scene.screen(gus) as first:
            await first.say(cheer="clap", n=3, key=clap)
            await first.say(vote=question.pk, on=True, key=back)
            # The line breaks before the answer.
        for _ in range(2):
            async with scene.screen(gus) as again:
                assert await again.send(cheer="clap", n=3, key=clap) == "done"
                assert await again.vote(question, key=back) == "done"

    play(story())
    with as_system("the test counts"):
        assert Cheer.objects.get(hall=scene.hall, kind="clap").count == 3
    assert scene.votes(question) == 1


def test_an_outsiders_vote_does_nothing_and_tells_nothing(scene: Scene) -> None:
    world, (question, *_) = scene.world, scene.questions
    before = len(scene.rows(Verb.HALL_TALLY))

    async def story() -> None:
        async with scene.screen(world.cleo) as cleo:
            assert await cleo.vote(question) == "unknown"
            assert await cleo.send(cheer="clap", n=1) == "unknown"
            # The same as for a hall and a question that there are not.
            assert await cleo.send(vote=4711, on=True) == "unknown"
            await cleo.silence()
            assert len(cleo.heard) == 3
        # Somebody of the audience whose page shows something else has to come in first.
        async with scene.screen(world.gus, f"person:{world.gus.pk}") as gus:
            assert await gus.vote(question) == "unknown"

    play(story())
    assert scene.votes(question) == 0
    assert len(scene.rows(Verb.HALL_TALLY)) == before


def test_who_was_put_out_hears_nothing_more_and_votes_no_more(scene: Scene) -> None:
    world, (question, other, _) = scene.world, scene.questions

    async def story() -> None:
        async with scene.screen(world.gus) as gus, scene.screen(world.ada) as ada:
            assert await gus.vote(question) == "done"
            await in_thread(remove, world.closed, world.gus, by=world.ben)
            # In the same moment, before the hub has told anything.
            outcome = await gus.vote(other)
            assert outcome == "unknown"
            await in_thread(ask, scene.hall, "Among ourselves?", by=world.ada)
            assert await ada.vote(question) == "done"
            heard = [*gus.heard]
            while not any("ended" in message for message in heard):
                heard.append(await gus.next())
            at = next(number for number, message in enumerate(heard) if "ended" in message)
            await gus.silence(0.6)
            assert not [message for message in heard[at:] if "s" in message]
            assert "Among ourselves" not in str(heard)

    play(story())
    assert scene.votes(other) == 0
    assert scene.wrong() == []


def test_a_vote_that_comes_too_late_is_refused_with_the_reason(scene: Scene) -> None:
    world, (question, other, _) = scene.world, scene.questions

    async def story() -> None:
        async with scene.screen(world.gus) as gus:
            assert await gus.vote(question) == "done"
            await in_thread(mark_answered, question, by=world.ben)
            assert await gus.vote(question, on=False) == "settled"
            await in_thread(end, scene.hall, by=world.ben)
            assert await gus.vote(other) == "closed"
            assert await gus.send(cheer="heart", n=1) == "closed"

    play(story())
    assert scene.votes(question) == 1
    assert scene.votes(other) == 0


def test_votes_while_questions_are_united_are_neither_lost_nor_double(scene: Scene) -> None:
    people, (one, two, three) = members(scene, 20), scene.questions

    async def story() -> None:
        async with AsyncExitStack() as stack:
            screens = [await stack.enter_async_context(scene.screen(each)) for each in people]

            async def back_all() -> None:
                for _ in range(3):
                    for screen in screens:
                        keys = [await screen.say(vote=q.pk, on=True) for q in (three, two, one)]
                        assert set((await screen.outcomes(keys)).values()) == {"done"}

            async def unite() -> None:
                await asyncio.sleep(0.1)
                await in_thread(merge, three, two, by=scene.world.ben)
                await asyncio.sleep(0.1)
                await in_thread(merge, two, one, by=scene.world.ben)

            await asyncio.gather(back_all(), unite())

    play(story())
    one.refresh_from_db()
    assert one.votes == scene.votes(one) == 20
    assert scene.wrong() == []


def test_a_poll_has_one_ballot_a_person_and_the_last_choice_counts(scene: Scene) -> None:
    world = scene.world
    poll = prepare(scene.hall, "Tea or coffee?", ["Tea", "Coffee"], by=world.ben)
    with as_system("the test looks up the options"):
        tea, coffee = Option.objects.filter(poll=poll)

    async def story() -> None:
        async with scene.screen(world.gus) as gus, scene.screen(world.ada) as ada:
            assert await gus.send(poll=poll.pk, option=tea.pk) == "unknown"
            await in_thread(set_state, poll, "open", by=world.ben)
            order = (tea, coffee, tea, coffee)
            keys = [await gus.say(poll=poll.pk, option=option.pk) for option in order]
            assert set((await gus.outcomes(keys)).values()) == {"done"}
            assert await ada.send(poll=poll.pk, option=tea.pk) == "done"
            assert await ada.send(poll=poll.pk, option=coffee.pk) == "done"
            await in_thread(set_state, poll, "closed", by=world.ben)
            assert await ada.send(poll=poll.pk, option=tea.pk) == "closed"

    play(story())
    with as_system("the test counts"):
        assert [option.votes for option in Option.objects.filter(poll=poll)] == [0, 2]
        assert Ballot.objects.filter(poll=poll, option=coffee).count() == 2


@pytest.mark.sqlite
def test_while_nothing_can_be_written_votes_wait_and_are_not_acknowledged(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from django.db import connection

    monkeypatch.setattr(ballots, "PATIENCE_SECONDS", 2.0)
    world, (question, other, _) = scene.world, scene.questions
    path = str(connection.settings_dict["NAME"])

    async def story() -> None:
        async with scene.screen(world.gus) as gus, scene.screen(world.ada) as ada:
            locked = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            locked.execute("BEGIN IMMEDIATE")
            first = await gus.say(vote=question.pk, on=True)
            await asyncio.sleep(0.5)
            second = await ada.say(vote=other.pk, on=True)
            await gus.no_answer(0.3)
            assert (await ada.outcomes([second]))[second] == "slow"
            locked.execute("ROLLBACK")
            locked.close()
            # The one that was being stored all the time is neither lost nor refused.
            assert (await gus.outcomes([first]))[first] == "done"

    play(story())
    assert (scene.votes(question), scene.votes(other)) == (1, 0)


def test_what_a_killed_process_had_stored_and_not_told_is_told_by_the_next(scene: Scene) -> None:
    question, *_ = scene.questions
    before = len(scene.rows(Verb.HALL_TALLY))
    cast([Wish(scene.world.gus.pk, question.pk, True)])
    assert len(scene.rows(Verb.HALL_TALLY)) == before
    again = DatabaseLedger()
    again.begin()
    again.close()
    assert question.pk in scene.rows(Verb.HALL_TALLY)[-1].detail["questions"]


def test_two_hubs_together_tell_no_more_often_than_one(scene: Scene) -> None:
    news = News({scene.questions[0].pk})
    time.sleep(0.25)
    assert tell_in_turn(scene.hall.pk, news, 0.2)
    assert not tell_in_turn(scene.hall.pk, news, 0.2)
    time.sleep(0.25)
    assert tell_in_turn(scene.hall.pk, news, 0.2)
