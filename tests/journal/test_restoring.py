"""After a backup was put back, also into another server, readers go on where they were."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from hallway.cli import main
from hallway.journal.following import Follower, trim
from hallway.journal.models import Cursor, Record
from hallway.journal.reader import incarnation, position, read
from hallway.journal.restoring import begin_anew
from tests.journal.test_following import keep, kept

pytestmark = pytest.mark.django_db(transaction=True)

Write = Callable[..., int]

FAR_AHEAD = 10**12
"""Another server's transactions, of which this one knows nothing yet."""


def from_another_server() -> None:
    """Make the rows look as they do after a restore; on SQLite they always look the same."""
    if connection.vendor == "sqlite":
        return
    Record.objects.update(xid=F("xid") + FAR_AHEAD)
    Cursor.objects.update(xid=F("xid") + FAR_AHEAD)


def test_deeds_are_handled_once_and_in_order_across_the_move(deed: Write) -> None:
    reader = Follower("keeper", keep)
    for number in range(5):
        deed(number)
    reader.catch_up()
    for number in range(5, 9):
        deed(number)
    from_another_server()
    begin_anew()
    deed(9)
    assert reader.catch_up() == 5
    assert kept() == list(range(10))
    assert reader.catch_up() == 0


@pytest.mark.postgresql
def test_without_it_readers_would_wait_for_ever(deed: Write) -> None:
    reader = Follower("keeper", keep)
    deed(0)
    reader.catch_up()
    from_another_server()
    deed(1)
    assert reader.catch_up() == 0


def test_restored_is_the_command_that_does_it_as_often_as_one_likes(deed: Write) -> None:
    reader = Follower("keeper", keep)
    deed(0)
    reader.catch_up()
    deed(1)
    from_another_server()
    before = incarnation()
    assert main(["restored"]) == 0
    assert main(["restored"]) == 0
    assert incarnation() != before
    deed(2)
    reader.catch_up()
    assert kept() == [0, 1, 2]


def test_nobody_read_anything_yet(deed: Write) -> None:
    deed(0)
    Follower("keeper", keep).begin_now()
    Cursor.objects.update(xid=0, seq=0)
    begin_anew()
    deed(1)
    Follower("keeper", keep).catch_up()
    assert kept() == [0, 1]


@pytest.mark.postgresql
def test_every_place_between_rows_is_kept() -> None:
    """Sequence numbers and transactions in any order, a cursor at any place."""
    choice = random.Random(7)
    for _ in range(40):
        Record.objects.all().delete()
        Cursor.objects.all().delete()
        for xid in sorted(choice.choices(range(50, 60), k=8), key=lambda _: choice.random()):
            Record.objects.create(verb="entry.edited", xid=FAR_AHEAD + xid)
        order = list(Record.objects.order_by("xid", "seq"))
        at = choice.choice(order)
        shift = choice.choice([-1, 0, 1])
        cursor = Cursor.objects.create(reader="keeper", xid=at.xid + shift, seq=at.seq)
        waiting = [row.pk for row in order if (row.xid, row.seq) > (cursor.xid, cursor.seq)]
        begin_anew()
        assert [row.pk for row in Record.objects.order_by("xid", "seq")] == [
            row.pk for row in order
        ]
        place = Cursor.objects.get()
        assert [
            row.position.seq for row in read(position()._replace(xid=place.xid, seq=place.seq))
        ] == waiting


def test_what_was_read_can_be_trimmed_afterwards(deed: Write) -> None:
    reader = Follower("keeper", keep)
    deed(0)
    reader.catch_up()
    deed(1)
    begin_anew()
    assert trim(timedelta(0)) == 1
    reader.catch_up()
    assert kept() == [0, 1]
