"""What is repeated since its answer was lost is answered as done, and two hosts see each other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.townhalls.actions import (
    Choice,
    Outcome,
    Replanned,
    Wish,
    ask,
    change,
    count,
    end,
    mark_of,
    open_doors,
    vote,
)
from hallway.townhalls.actions.moderate import mark_answered, put_on_stage
from hallway.townhalls.actions.poll import choose, prepare, set_state
from hallway.townhalls.models import Option, TownHall
from tests.townhalls.conftest import plan
from tests.world import World

pytestmark = pytest.mark.django_db


def outcome(deed: Wish | Choice) -> Outcome:
    return count([deed]).outcomes[0]


def test_a_vote_taken_back_is_forgiven_its_repetition(world: World, hall: TownHall) -> None:
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    open_doors(hall, by=world.ben)
    vote(question, True, by=world.ada)
    vote(question, True, by=world.gus)
    vote(question, False, by=world.gus)
    mark_answered(question, by=world.ben)
    for over in (False, True):
        if over:
            end(hall, by=world.ben)
        assert outcome(Wish(world.gus.pk, question.pk, False, hall.pk)) is Outcome.DONE
        assert outcome(Wish(world.ada.pk, question.pk, True, hall.pk)) is Outcome.DONE
        late = Outcome.CLOSED if over else Outcome.SETTLED
        assert outcome(Wish(world.gus.pk, question.pk, True, hall.pk)) is late
        assert outcome(Wish(world.ada.pk, question.pk, False, hall.pk)) is late
    assert outcome(Wish(world.cleo.pk, question.pk, False, hall.pk)) is Outcome.UNKNOWN


def test_the_same_choice_after_the_close_was_counted(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    poll = prepare(hall, "Which day?", ["Monday", "Friday"], by=world.ben)
    set_state(poll, "open", by=world.ben)
    with as_system("a test looks at the rows"):
        monday, friday = Option.objects.filter(poll=poll)
    choose(poll, monday, by=world.gus)
    set_state(poll, "closed", by=world.ben)
    for over in (False, True):
        if over:
            end(hall, by=world.ben)
        assert outcome(Choice(world.gus.pk, poll.pk, monday.pk, hall.pk)) is Outcome.DONE
        assert outcome(Choice(world.gus.pk, poll.pk, friday.pk, hall.pk)) is Outcome.CLOSED
        assert outcome(Choice(world.ada.pk, poll.pk, monday.pk, hall.pk)) is Outcome.CLOSED
    with as_system("a test looks at the rows"):
        assert Option.objects.get(pk=monday.pk).votes == 1


def test_two_hosts_do_not_overwrite_each_other(world: World, hall: TownHall) -> None:
    ben = world.browser(world.ben)
    where = f"{hall.url}/edit"
    form = ben.get(where)
    seen = form.context["seen"]
    assert f'name="seen" value="{seen}"' in form.content.decode()
    other = timezone.now() + timedelta(days=2)
    change(hall, plan(starts_at=other, minutes=45, hosts=[world.ada, world.ben]), by=world.ben)
    sent = {
        "title": "Where we go next",
        "text": "Ask **anything**, please.",
        "date": (timezone.now() + timedelta(days=5)).strftime("%Y-%m-%d"),
        "time": "15:30",
        "minutes": "90",
        "hosts": "@ben",
        "speakers": "",
        "moderators": "@ada",
        "moderation": "after",
        "player_url": "",
        "seen": seen,
    }
    refused = ben.post(where, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "It was changed meanwhile." in page
    assert 'value="90"' in page  # what was filled in is kept
    assert "Ask **anything**, please." in page
    assert "Minutes: 45" in page  # and what is stored stands above it
    assert "@ada, @ben" in page
    hall.refresh_from_db()
    assert hall.minutes == 45
    assert ben.post(where, sent | {"seen": refused.context["seen"]}).status_code == 302
    hall.refresh_from_db()
    assert hall.minutes == 90


def test_what_happens_on_air_is_no_other_plan(world: World, hall: TownHall) -> None:
    question = ask(hall, "Why is the canteen closed?", by=world.ada)
    seen = mark_of(hall)
    open_doors(hall, by=world.ben)
    put_on_stage(question, by=world.ben)
    now = plan(starts_at=hall.starts_at, hosts=[world.ben], speakers=[world.gus])
    change(hall, now, by=world.ben, seen=seen)
    with pytest.raises(Replanned):
        change(hall, now, by=world.ben, seen=seen)
