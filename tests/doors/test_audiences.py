"""Asked about many at once, the gate says what it says of each: the inverse rule is exact."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.accounts.models import session_hash
from hallway.hub import gate
from hallway.hub.gate import DatabaseGate
from hallway.hub.tickets import Claims
from hallway.journal.position import Position
from tests.doors.entries import all_topics
from tests.doors.story import Story

pytestmark = pytest.mark.django_db

WHO = ("ada", "ben", "cleo", "gus", "rita", "dora")


def claims_of(story: Story) -> list[Claims]:
    """Everybody claims everything there is, and two claim it with the session of another."""
    topics = frozenset(all_topics(story))
    people = [(who, who) for who in WHO] + [("cleo", "ada"), ("gus", "nobody of us")]
    keys = {who: str(story.browser(who).session.session_key) for who in WHO}
    return [
        Claims(
            story.world.people[who].pk,
            session_hash(keys.get(session, session)),
            topics,
            Position(0, 0),
            "en",
            "",
            str(number),
        )
        for number, (who, session) in enumerate(people)
    ]


def test_all_at_once_and_one_by_one_the_answer_is_the_same(story: Story) -> None:
    claims = claims_of(story)
    with patch.object(gate, "MANY", 10_000):
        alone = [DatabaseGate().admit([each])[0] for each in claims]
    with patch.object(gate, "MANY", 1):
        together = DatabaseGate().admit(claims)
    assert together == alone
    seen = dict(zip(WHO, together, strict=False))
    assert not seen["dora"].alive and not together[-1].alive and not together[-2].alive
    for kind in ("space:", "hall:"):
        kinds = [{t for t in seen[who].topics if t.startswith(kind)} for who in ("ada", "gus")]
        # There is something in it for everybody, and not the same.
        assert kinds[0] and kinds[1] and kinds[0] != kinds[1]


def test_a_hole_in_the_inverse_is_noticed(story: Story) -> None:
    claims = claims_of(story)
    alone = [DatabaseGate().admit([each])[0] for each in claims]
    with (
        patch.object(gate, "MANY", 1),
        patch.object(gate, "_among", lambda people, _: frozenset(people)),
    ):
        assert DatabaseGate().admit(claims) != alone


def test_a_hall_full_of_people_costs_as_many_queries_as_a_few(story: Story) -> None:
    hall, space = story.halls["hall"], story.rooms["hall"]
    topics = frozenset({f"hall:{hall.pk}", f"space:{space.pk}"})
    counts = []
    for times in (10, 100):
        claims = [
            Claims(each.person, each.session, topics, Position(0, 0), "en", "", f"{number}")
            for number in range(times)
            for each in claims_of(story)[:4]
        ]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admissions = DatabaseGate().admit(claims)
        counts.append(len(queries))
        assert all(each.alive for each in admissions)
        assert admissions[0].topics == topics
    assert counts[0] == counts[1] <= 10, counts
