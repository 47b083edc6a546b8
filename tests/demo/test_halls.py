"""The made-up company has held a town hall and waits for the next; its audience comes by itself."""

from random import Random
from typing import Any

import pytest

from hallway.cli.migrate import migrate
from hallway.core.guarding import as_system
from hallway.demo.audience import Audience
from hallway.demo.building import build
from hallway.people.models import Person
from hallway.townhalls.actions import open_doors
from hallway.townhalls.blind import is_good
from hallway.townhalls.models import Cheer, Question, SigningKey, Spent, TownHall, Vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_town_halls_and_an_audience_that_comes_when_the_doors_open(live_server: Any) -> None:
    migrate()
    build(people=60, conversations=4, pictures=False)
    with as_system("the test looks at everything"):
        over, coming = TownHall.objects.order_by("starts_at")
        assert over.is_ended and coming.is_announced
        assert over.opened_at is not None and over.opened_at < coming.starts_at
        states = set(Question.objects.filter(hall=over).values_list("state", flat=True))
        assert states == {"answered", "written", "declined", "merged", "open"}
        assert Question.objects.filter(hall=over, done=True, owner__isnull=False).exists()
        assert SigningKey.objects.get(hall=over).private == ""
        public = SigningKey.objects.get(hall=over).public
        for spent in Spent.objects.filter(hall=over):
            assert is_good(public, bytes.fromhex(spent.token), bytes.fromhex(spent.signature))
        for question in Question.objects.all():
            assert question.votes == Vote.objects.filter(question=question).count()
        votes = Vote.objects.filter(question__hall=coming).count()
        asked = Question.objects.filter(hall=coming).count()

    audience = Audience(live_server.url, Random(2))
    assert not audience.step(), "nothing is on air yet"
    open_doors(coming, by=Person.objects.get(handle="amara-osei"))
    for _ in range(25):
        assert audience.step()
    with as_system("the test looks at everything"):
        assert Vote.objects.filter(question__hall=coming).count() > votes
        assert Question.objects.filter(hall=coming).count() > asked
        assert Cheer.objects.filter(hall=coming).exists()
