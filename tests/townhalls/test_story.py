"""A town hall from its announcement to the last promise."""

import pytest

from hallway.core.guarding import as_system
from hallway.townhalls import access
from hallway.townhalls.actions import (
    Closed,
    NotAllowed,
    Outcome,
    Overtaken,
    Wish,
    ask,
    cast,
    end,
    follow_up,
    open_doors,
    vote,
)
from hallway.townhalls.actions.moderate import decline, mark_answered, merge, put_on_stage, release
from hallway.townhalls.models import Question, TownHall, Vote
from tests.world import World


def test_from_the_announcement_to_the_last_promise(world: World, hall: TownHall) -> None:
    ada, ben, gus = world.ada, world.ben, world.gus
    why = ask(hall, "Why do we still run seven travel tools?", by=ada)
    again = ask(hall, "Seven travel tools, why is that?", by=gus)
    assert vote(why, True, by=gus) is Outcome.DONE
    assert vote(why, True, by=ben) is Outcome.DONE
    assert vote(again, True, by=ben) is Outcome.DONE
    assert vote(again, True, by=ada) is Outcome.DONE
    assert open_doors(hall, by=ben)
    merge(again, why, by=ben)
    why.refresh_from_db()
    assert (why.votes, why.merged) == (3, 1)
    # Who takes back a vote for the united question takes back the one it stands for.
    assert vote(again, False, by=ada) is Outcome.DONE
    put_on_stage(why, by=ben)
    mark_answered(why, by=ben)
    why.refresh_from_db()
    assert (why.state, why.votes) == ("answered", 2)
    assert why.second is not None
    assert vote(why, True, by=ada) is Outcome.SETTLED
    assert end(hall, by=ben)
    promised = follow_up(why, owner=ada, due=None, outcome="Two are left.", done=False, by=ben)
    assert promised.owner_id == ada.pk
    with pytest.raises(Closed):
        ask(hall, "Is it too late for this?", by=ada)


def test_who_must_not_see_it_can_do_nothing(world: World, hall: TownHall) -> None:
    question = ask(hall, "Who sees this?", by=world.ada)
    for stranger in (world.cleo, world.rita, world.dora):
        assert not access.visible_to(stranger).exists()
        assert not access.questions_to(stranger).exists()
        with pytest.raises(NotAllowed):
            ask(hall, "May I, too?", by=stranger)
        assert cast([Wish(stranger.pk, question.pk, True)]) == [Outcome.UNKNOWN]
        with pytest.raises(NotAllowed):
            open_doors(hall, by=stranger)
    with pytest.raises(NotAllowed):
        put_on_stage(question, by=world.ada)


def test_a_question_held_back_is_its_authors_and_the_moderators(
    world: World, hall: TownHall
) -> None:
    with as_system("the test sets the stage"):
        TownHall.objects.filter(pk=hall.pk).update(moderation="before")
    question = ask(hall, "What about the bonus?", by=world.ada)
    assert question.state == "held"
    assert access.questions_to(world.ada).count() == 1
    assert not access.questions_to(world.gus).exists()
    assert access.desk_questions(world.ben, hall).count() == 1
    assert not access.desk_questions(world.gus, hall).exists()
    assert vote(question, True, by=world.gus) is Outcome.UNKNOWN
    release(question, by=world.ben)
    assert access.questions_to(world.gus).count() == 1


def test_two_moderators_never_lose_each_others_work(world: World, hall: TownHall) -> None:
    question = ask(hall, "Which of the brands survives?", by=world.ada)
    decline(question, "Was answered last week.", by=world.ben, seen=1)
    with pytest.raises(Overtaken):
        release(question, by=world.ben, seen=1)


def test_the_last_wish_of_a_batch_counts_and_rows_equal_the_tally(
    world: World, hall: TownHall
) -> None:
    question = ask(hall, "How many of us are there?", by=world.ada)
    people = [world.ada.pk, world.ben.pk, world.gus.pk]
    wishes = [Wish(pk, question.pk, True) for pk in people] * 20
    wishes += [Wish(world.gus.pk, question.pk, False)]
    assert set(cast(wishes)) == {Outcome.DONE}
    question.refresh_from_db()
    with as_system("the test counts"):
        assert question.votes == Vote.objects.filter(question=question).count() == 2
    assert question.state == Question.State.OPEN


def test_a_repeat_of_a_vote_counted_in_time_is_no_late_vote(world: World, hall: TownHall) -> None:
    question = ask(hall, "Was it counted in time?", by=world.ada)
    assert vote(question, True, by=world.gus) is Outcome.DONE
    open_doors(hall, by=world.ben)
    put_on_stage(question, by=world.ben)
    mark_answered(question, by=world.ben)
    assert vote(question, True, by=world.gus) is Outcome.DONE
    assert vote(question, True, by=world.ada) is Outcome.SETTLED
    end(hall, by=world.ben)
    assert vote(question, True, by=world.gus) is Outcome.DONE
    assert vote(question, True, by=world.ada) is Outcome.CLOSED
    question.refresh_from_db()
    assert question.votes == 1
