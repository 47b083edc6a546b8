"""A reader with a cursor handles each deed once, in order, whatever goes wrong."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from hallway.journal import following
from hallway.journal.following import Follower, trim
from hallway.journal.models import Record, SetAside
from hallway.journal.reader import Deed
from hallway.people.models import Follow

pytestmark = pytest.mark.django_db(transaction=True)

Write = Callable[..., int]


def keep(deed: Deed) -> None:
    """An effect in the database: one row per deed handled, twice would be seen."""
    SetAside.objects.create(
        reader="kept", xid=0, seq=deed.position.seq, verb="", error=str(deed.person_id)
    )


def kept() -> list[int]:
    rows = SetAside.objects.filter(reader="kept").order_by("pk")
    return [int(row.error) for row in rows]


def test_each_deed_is_handled_once_and_in_order(deed: Write) -> None:
    for number in range(250):
        deed(number)
    reader = Follower("keeper", keep)
    assert reader.catch_up() == 250
    assert reader.advance() == 0
    deed(250)
    assert Follower("keeper", keep).catch_up() == 1  # a new process goes on where the old one was
    assert kept() == list(range(251))


def test_a_reader_that_is_killed_after_the_effect_has_not_had_it(deed: Write) -> None:
    deed(1)
    deed(2)

    def killed(row: Deed) -> None:
        keep(row)
        if row.person_id == 2:
            raise SystemExit

    with pytest.raises(SystemExit):
        Follower("keeper", killed).catch_up()
    assert kept() == []  # effect and cursor went together
    Follower("keeper", keep).catch_up()
    assert kept() == [1, 2]


def test_a_poisonous_deed_is_set_aside_after_three_tries_and_the_stream_goes_on(
    deed: Write,
) -> None:
    for number in (1, 2, 3):
        deed(number)
    tries = []

    def choking(row: Deed) -> None:
        keep(row)
        if row.person_id == 2:
            tries.append(row)
            raise ValueError("indigestible")

    reader = Follower("keeper", choking)
    while reader.catch_up() < 1 or len(tries) < 3:
        pass
    reader.catch_up()
    assert len(tries) == 3
    assert kept() == [1, 3]  # the half-done effect of 2 is undone
    aside = SetAside.objects.get(reader="keeper")
    assert (aside.seq, aside.error) == (tries[0].position.seq, "ValueError('indigestible')")


def test_a_reference_to_nobody_is_poison_too_although_found_at_commit_only(deed: Write) -> None:
    for number in (1, 2, 3):
        deed(number)

    def dangling(row: Deed) -> None:
        keep(row)
        if row.person_id == 2:
            Follow.objects.create(follower_id=10**9, followed_id=10**9 + 1)

    reader = Follower("keeper", dangling)
    for _ in range(6):
        reader.catch_up()
    assert kept() == [1, 3]
    assert SetAside.objects.filter(reader="keeper").count() == 1


def test_a_database_in_trouble_is_no_poison(deed: Write) -> None:
    deed(1)

    def away(row: Deed) -> None:
        raise OperationalError("the database is away")

    reader = Follower("keeper", away)
    for _ in range(5):
        with pytest.raises(OperationalError):
            reader.advance()
    assert not SetAside.objects.exists()
    assert Follower("keeper", keep).catch_up() == 1


def test_a_reader_may_begin_now_and_leave_the_past(deed: Write) -> None:
    deed(1)
    reader = Follower("keeper", keep)
    reader.begin_now()
    deed(2)
    reader.begin_now()  # does nothing: it has begun
    reader.catch_up()
    assert kept() == [2]


def test_four_workers_at_once_do_everything_once(deed: Write) -> None:
    for number in range(300):
        deed(number)
    errors: list[Exception] = []

    def work() -> None:
        with closing(connection):
            try:
                while Follower("keeper", keep).advance():
                    pass
            except Exception as error:  # noqa: BLE001 - shown by the test, which runs elsewhere
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert kept() == list(range(300))


def test_an_idle_reader_opens_no_write_transaction(
    deed: Write, django_assert_num_queries: Callable[[int], object]
) -> None:
    deed(1)
    reader = Follower("keeper", keep)
    reader.catch_up()
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert reader.advance() == 0


def test_trimming_takes_what_is_old_and_was_read_by_all(
    deed: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "TRIMMED", 2)
    fast, slow = Follower("fast", keep), Follower("slow", lambda row: None)
    for number in range(5):
        deed(number)
    slow.catch_up()
    for number in range(5, 8):
        deed(number)
    fast.catch_up()
    Record.objects.update(at=timezone.now() - timedelta(days=15))
    deed(8)
    assert trim() == 5
    assert [row.person_id for row in Record.objects.order_by("xid", "seq")] == [5, 6, 7, 8]
    slow.catch_up()
    assert trim() == 3
    fast.catch_up()
    assert kept() == list(range(9))


def test_without_readers_age_alone_trims(deed: Write) -> None:
    deed(1)
    Record.objects.update(at=timezone.now() - timedelta(days=15))
    deed(2)
    assert trim() == 1
