"""The journal is written with the change or not at all, and read in order without gaps."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hallway.core.writing import writing
from hallway.journal.models import Record
from hallway.journal.position import START, Position
from hallway.journal.reader import begin_new_incarnation, incarnation, oldest, position, read
from hallway.journal.verbs import Verb
from hallway.journal.writer import NoTransaction, record, record_each

WRITERS = 8


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(NoTransaction):
        record(Verb.PERSON_CHANGED, person=1)
    with pytest.raises(NoTransaction):
        record_each(Verb.NOTICE_CHANGED, [1])
    assert not read(START)


@pytest.mark.django_db(transaction=True)
def test_a_deed_is_undone_with_its_transaction() -> None:
    with pytest.raises(ZeroDivisionError), writing():
        record(Verb.PERSON_CHANGED, person=1)
        1 / 0  # noqa: B018 - what goes wrong after the deed
    assert not read(START)


@pytest.mark.django_db(transaction=True)
def test_deeds_come_back_as_written_and_in_order() -> None:
    with writing():
        record(Verb.ENTRY_REACTED, actor=1, space=2, entry=3, kind="post", reaction=None)
        record_each(Verb.NOTICE_CHANGED, [7, 8])
    first, *bells = read(START)
    assert (first.verb, first.actor_id, first.space_id) == ("entry.reacted", 1, 2)
    assert (first.entry_id, first.person_id) == (3, None)
    assert first.detail == {"kind": "post", "reaction": None}
    assert [deed.person_id for deed in bells] == [7, 8]
    assert first.position < bells[0].position < bells[1].position
    assert oldest() == first.position
    assert [deed.person_id for deed in read(first.position, 1)] == [7]
    assert not read(bells[1].position)


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_the_position_of_a_page_is_read_from_there(
    deed: Callable[..., int],
) -> None:
    deed(1)
    noted = position()
    assert not read(noted)
    deed(2)
    assert [row.person_id for row in read(noted)] == [2]
    assert position() > noted


@pytest.mark.django_db(transaction=True)
def test_a_new_incarnation_has_a_new_name() -> None:
    first = begin_new_incarnation()
    assert incarnation() == first
    assert begin_new_incarnation() != first
    assert incarnation() != first


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_positions_survive_being_written_down(xid: int, seq: int) -> None:
    place = Position(xid, seq)
    assert Position.parse(str(place)) == place


@pytest.mark.parametrize(
    "text", ["", "1", "1.", ".1", "a.1", "-1.1", "1.2.3", "²." + "1", "1." + "9" * 50]
)
def test_other_text_is_no_position(text: str) -> None:
    with pytest.raises(ValueError, match="position"):
        Position.parse(text)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_readers_skip_nothing_while_eight_write_a_hundred_thousand_deeds() -> None:
    told = told_by(read_in_order, transactions=250, deeds=50)
    assert len(told) == WRITERS * 250 * 50 == 100_000
    assert len(set(told)) == len(told)
    for writer in range(WRITERS):
        own = [number for number in told if number // 10**6 == writer]
        assert own == sorted(own)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_test_above_finds_a_reader_that_trusts_the_sequence_alone() -> None:
    told = told_by(read_by_sequence, transactions=200, deeds=5)
    assert len(told) < WRITERS * 200 * 5


def told_by(reader: Callable[[], Iterator[list[int]]], transactions: int, deeds: int) -> list[int]:
    """All numbers `reader` finds while eight threads write and pause at random."""
    threads = [
        threading.Thread(target=write, args=[number, transactions, deeds])
        for number in range(WRITERS)
    ]
    told: list[int] = []
    for thread in threads:
        thread.start()
    pages = reader()
    while any(thread.is_alive() for thread in threads):
        told += next(pages)
    while page := next(pages):
        told += page
    return told


def write(writer: int, transactions: int, deeds: int) -> None:
    """Write in transactions that begin, pause between two deeds or not, and go on."""
    chance = random.Random(writer)
    number = writer * 10**6
    with closing(connection):
        for _ in range(transactions):
            with writing():
                record(Verb.PERSON_CHANGED, person=number)
                if chance.random() < 0.2:
                    time.sleep(chance.random() * 0.004)
                record_each(Verb.NOTICE_CHANGED, range(number + 1, number + deeds))
            number += deeds
            if chance.random() < 0.2:
                time.sleep(chance.random() * 0.004)


def read_in_order() -> Iterator[list[int]]:
    place = START
    while True:
        page = read(place, 500)
        if page:
            place = page[-1].position
        yield [deed.person_id or 0 for deed in page]


def read_by_sequence() -> Iterator[list[int]]:
    last = 0
    while True:
        page = list(Record.objects.filter(seq__gt=last).order_by("seq")[:500])
        if page:
            last = page[-1].seq
        yield [row.person_id or 0 for row in page]
