"""Whoever waits for the next commit wakes soon after it, and not without one."""

import threading
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from django.db import connection

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.watching import Watch
from hallway.journal.writer import record

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(deed: Callable[[], object]) -> threading.Thread:
    """Do it on a connection of its own."""

    def run() -> None:
        with closing(connection):
            deed()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def record_soon() -> None:
    time.sleep(0.1)
    with writing():
        record(Verb.PERSON_CHANGED, person=1)


def test_a_commit_elsewhere_wakes() -> None:
    watch = Watch()
    began = time.monotonic()
    thread = elsewhere(record_soon)
    assert watch.wait(10)
    assert 0.09 < time.monotonic() - began < 2
    thread.join()


def test_silence_does_not() -> None:
    watch = Watch()
    began = time.monotonic()
    assert not watch.wait(0.2)
    assert time.monotonic() - began >= 0.2


def test_a_commit_before_the_waiting_is_not_lost() -> None:
    watch = Watch()
    elsewhere(record_soon).join()
    began = time.monotonic()
    assert watch.wait(5)
    assert time.monotonic() - began < 1


def test_many_commits_while_busy_wake_once() -> None:
    watch = Watch()
    for _ in range(20):
        elsewhere(record_soon_at_once).join()
        with connection.cursor() as cursor:  # busy: hints come in beside the answers
            cursor.execute("SELECT 1")
    assert watch.wait(5)
    woken = 0
    while watch.wait(0.05):
        woken += 1
    assert woken <= 1


def record_soon_at_once() -> None:
    with writing():
        record(Verb.PERSON_CHANGED, person=1)


def test_a_transaction_that_is_given_up_wakes_nobody_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite tells of commits only, which the first test shows")
    watch = Watch()

    def give_up() -> None:
        with pytest.raises(ZeroDivisionError), writing():
            record(Verb.PERSON_CHANGED, person=1)
            1 / 0  # noqa: B018 - what goes wrong after the deed

    elsewhere(give_up).join()
    assert not watch.wait(0.2)
