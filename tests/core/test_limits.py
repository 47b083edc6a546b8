"""Nobody meets a limit by hand; a flood is stopped, in all processes together."""

import threading
import time
from dataclasses import dataclass

import pytest
from django.db import connection
from django.utils import translation

from hallway.core.limits import LIMITS, TooFast, spend, trim
from hallway.core.models import Allowance
from hallway.core.writing import writing


@dataclass
class Clock:
    """What `time.time` says."""

    now: float


def granted(person: int, deed: str, tries: int) -> int:
    """How many of so many tries in a row are granted."""
    done = 0
    for _ in range(tries):
        try:
            spend(person, deed)
        except TooFast:
            continue
        done += 1
    return done


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands until it is moved on."""
    stands = Clock(time.time())
    monkeypatch.setattr(time, "time", lambda: stands.now)
    return stands


@pytest.mark.django_db
@pytest.mark.parametrize("deed", LIMITS)
def test_a_flood_is_stopped_and_told_for_how_long(deed: str, clock: Clock) -> None:
    limit = LIMITS[deed]
    assert granted(1, deed, limit.at_once + 5) == limit.at_once
    with pytest.raises(TooFast) as stopped:
        spend(1, deed)
    assert stopped.value.seconds == max(1, limit.seconds)
    assert granted(2, deed, 1) == 1
    clock.now += stopped.value.seconds
    assert granted(1, deed, 1) == 1


@pytest.mark.django_db
def test_the_bucket_fills_again(clock: Clock) -> None:
    limit = LIMITS["write"]
    assert granted(1, "write", limit.at_once + 1) == limit.at_once
    clock.now += 2 * limit.seconds
    assert granted(1, "write", 5) == 2
    clock.now += 10_000
    assert granted(1, "write", limit.at_once + 5) == limit.at_once


@pytest.mark.django_db
def test_several_are_granted_together_or_not_at_all(clock: Clock) -> None:
    spend(1, "picture", LIMITS["picture"].at_once - 4)
    with pytest.raises(TooFast):
        spend(1, "picture", 8)
    spend(1, "picture", 4)


@pytest.mark.django_db
def test_a_deed_that_fails_is_not_counted() -> None:
    for _ in range(LIMITS["write"].at_once + 5):
        with pytest.raises(ValueError, match="failed"), writing():
            spend(1, "write")
            raise ValueError("failed")
    spend(1, "write")


@pytest.mark.django_db(transaction=True)
def test_together_nobody_gets_more_than_alone(clock: Clock) -> None:
    done: list[int] = []

    def flood() -> None:
        done.append(granted(1, "write", 10))
        connection.close()

    threads = [threading.Thread(target=flood) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == LIMITS["write"].at_once


@pytest.mark.django_db
def test_full_buckets_are_thrown_away(clock: Clock) -> None:
    spend(1, "write")
    assert trim() == 0
    clock.now += 10
    spend(2, "found")
    assert trim() == 1
    assert list(Allowance.objects.values_list("person", flat=True)) == [2]


def test_the_sentence_names_the_time() -> None:
    with translation.override("en"):
        assert str(TooFast(0.2)) == "That was a lot at once. Try again in 1 second."
        assert str(TooFast(12.2)) == "That was a lot at once. Try again in 13 seconds."
        assert str(TooFast(271)) == "That was a lot at once. Try again in 5 minutes."
