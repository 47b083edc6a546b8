"""The fair ranking: by votes, with every fifth place for what few have seen."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hallway.townhalls.ranking import EVERY, YOUNG, newest, top

NOW = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)


@dataclass
class Asked:
    """A question as the rule sees it."""

    pk: int
    votes: int
    minutes: int = 30
    state: str = "open"

    @property
    def since(self) -> datetime:
        """The minute since which it is seen."""
        return NOW - timedelta(minutes=self.minutes)

    @property
    def takes_votes(self) -> bool:
        """Whether it waits for its answer."""
        return self.state in ("open", "on_stage")


def order(questions: list[Asked]) -> list[int]:
    return [place.pk for place in top(questions, NOW)]


def test_the_most_backed_come_first_and_of_equals_the_older() -> None:
    questions = [Asked(1, 3), Asked(2, 9), Asked(3, 3, minutes=40)]
    assert order(questions) == [2, 3, 1]


def test_every_fifth_place_belongs_to_the_young_with_the_fewest_votes() -> None:
    old = [Asked(pk, 100 - pk) for pk in range(1, 13)]
    late = [Asked(20, 2, minutes=1), Asked(21, 1, minutes=3), Asked(22, 1, minutes=2)]
    places = top([*old, *late], NOW)
    assert [place.pk for place in places[:5]] == [1, 2, 3, 4, 22]
    assert [place.pk for place in places[5:10]] == [5, 6, 7, 8, 21]
    assert [place.pk for place in places if place.fresh] == [22, 21, 20]
    # Without the rule none of them would be before the twelve.
    assert sorted(range(15), key=lambda place: places[place].pk)[-3:] == [14, 9, 4]


def test_after_five_minutes_a_question_is_like_any_other() -> None:
    old = [Asked(pk, 100 - pk) for pk in range(1, 9)]
    at_its_end = Asked(20, 0, minutes=int(YOUNG.total_seconds() // 60))
    assert order([*old, at_its_end])[-1] == 20
    assert not any(place.fresh for place in top([*old, at_its_end], NOW))


def test_what_is_on_stage_stands_first_and_what_is_answered_nowhere() -> None:
    questions = [Asked(1, 50), Asked(2, 3, state="on_stage"), Asked(3, 99, state="answered")]
    assert order(questions) == [2, 1]


def test_every_question_has_exactly_one_place_whatever_there_is() -> None:
    dice = Random(7)
    for _ in range(200):
        questions = [
            Asked(pk, dice.randrange(5), minutes=dice.randrange(12))
            for pk in range(dice.randrange(30))
        ]
        places = top(questions, NOW)
        assert sorted(place.pk for place in places) == [each.pk for each in questions]
        assert all(number % EVERY == EVERY - 1 for number, each in enumerate(places) if each.fresh)


def test_new_is_by_the_minute_and_within_it_tells_nothing() -> None:
    questions = [Asked(9, 0, minutes=2), Asked(4, 50, minutes=2), Asked(7, 1, minutes=1)]
    assert newest(questions) == [7, 4, 9]
