"""The worker follows the journal until it is told to stop, also through a database in trouble."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from hallway.accounts.models import Session
from hallway.journal.following import Follower
from hallway.journal.models import Cursor, Record
from hallway.journal.reader import Deed
from hallway.notifications import queries
from hallway.notifications.models import Notification
from hallway.worker import loop, run, run_in_thread
from hallway.worker.chores import Chores, Reminding
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_in_a_thread_it_tells_people_soon_and_ends_soon(
    transactional_db: None, world: World
) -> None:
    stop = threading.Event()
    thread = run_in_thread(stop)
    try:
        world.post(world.open, "Hello @cleo", by=world.ada)
        assert within(5, lambda: queries.unread_count(world.cleo) == 1)
    finally:
        stop.set()
        thread.join(timeout=3)
    assert not thread.is_alive()


def test_it_goes_on_after_errors(
    transactional_db: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "PAUSES", (0.05, 0.1))
    stop = threading.Event()
    troubles = [OperationalError("the database is away"), RuntimeError("a surprise")]

    def handle(deed: Deed) -> None:
        if troubles:
            raise troubles.pop(0)
        stop.set()

    thread = threading.Thread(target=run, args=[stop, [Follower("unlucky", handle)]])
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert not troubles
    cursor = Cursor.objects.get(pk="unlucky")
    assert (cursor.xid, cursor.seq) > (0, 0)


def test_two_workers_tell_everything_once(transactional_db: None, world: World) -> None:
    stop = threading.Event()
    threads = [run_in_thread(stop) for _ in range(2)]
    try:
        for number in range(20):
            world.post(world.open, f"Number {number} @cleo", by=world.ada)
        assert within(10, lambda: queries.unread_count(world.cleo) == 20)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=3)
    rung = Record.objects.filter(verb="notice.changed", person_id=world.cleo.pk)
    assert rung.count() == 20


def test_as_a_process_it_ends_cleanly_when_told(transactional_db: None, world: World) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", "from hallway.cli import main; raise SystemExit(main(['worker']))"],
        env=os.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr is not None
    with worker.stderr:
        assert "worker started: notifications" in worker.stderr.readline()
        world.post(world.open, "Hello @cleo", by=world.ada)
        told = within(10, lambda: queries.unread_count(world.cleo) == 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=5) == 0
        assert worker.stderr.read() == ""
    assert told


def test_chores_tidy_what_is_old_once_a_day(transactional_db: None, world: World) -> None:
    now = timezone.now()
    world.browser(world.ada)
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    attempt = AccessAttempt.objects.create(username="x", failures_since_start=1)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=31))
    AccessAttempt.objects.create(username="y", failures_since_start=1)
    for days in (181, 1):
        QuerySet(Notification).bulk_create(
            [
                Notification(
                    person=world.people["ada" if days == 1 else "ben"],
                    kind="follower",
                    actor=world.cleo,
                    actors=[world.cleo.pk],
                    bumped_at=now - timedelta(days=days),
                )
            ]
        )
    Record.objects.update(at=now - timedelta(days=15))
    chores = Chores()
    assert chores.do_what_is_due()
    assert not chores.do_what_is_due()
    assert not Session.objects.filter(session_key="old").exists()
    assert Session.objects.filter(person=world.ada).count() == 1
    assert [row.username for row in AccessAttempt.objects.all()] == ["y"]
    assert [row.person_id for row in QuerySet(Notification).all()] == [world.ada.pk]
    assert not Record.objects.exists()


def test_what_fails_holds_up_nothing_else(transactional_db: None) -> None:
    done = []

    def broken() -> None:
        raise OperationalError("just this one")

    with pytest.raises(OperationalError):
        Reminding([broken, lambda: done.append("told")]).do_what_is_due()
    with pytest.raises(OperationalError):
        Chores([broken, lambda: done.append("tidied")]).do_what_is_due()
    assert done == ["told", "tidied"]
