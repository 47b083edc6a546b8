"""Nobody finds out who asked: a program with all that was kept is no better than chance."""

import itertools
import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.journal.models import Record
from hallway.people.actions import add_person
from hallway.people.models import Person
from hallway.spaces.actions import ensure_company
from hallway.townhalls import blind
from hallway.townhalls.actions import Plan, announce, end, open_doors
from hallway.townhalls.models import Issued, Question, Spent, TownHall
from tests.townhalls.evidence import (
    Evidence,
    frames_since,
    gather,
    keep_all_writes,
    write_as_ever,
)
from tests.townhalls.solver import best_guess
from tests.townhalls.tokens import Wallet

MARGIN = 0.02
log = logging.getLogger("hallway.leak")


@dataclass
class Crowd:
    """A town hall, its audience with their browsers, and who asked what in truth."""

    hall: TownHall
    host: Person
    people: list[Person]
    known: dict[str, object]
    chance: random.Random
    browsers: dict[int, Client] = field(default_factory=dict)
    wallets: dict[int, Wallet] = field(default_factory=dict)
    truth: dict[int, int] = field(default_factory=dict)
    began: int = 0

    def arrive(self, person: Person) -> None:
        """Open the hall: the browser gets its tokens."""
        wallet = self.wallets[person.pk] = Wallet(self.hall.pk)
        wallet.prepare(self.known)
        assert wallet.send(self.browsers[person.pk]).status_code == 200

    def ask(self, person: Person, number: int = 0) -> int:
        """Ask one question of a length that says nothing."""
        text = "Why, " + "x" * self.chance.randint(5, 90) + "?"
        secret = self.chance.randbytes(32)
        answer = self.wallets[person.pk].ask(text, number, secret)
        question = int(answer.json()["question"])
        self.truth[question] = person.pk
        return question

    def shuffled(self) -> list[Person]:
        """The people in another order than ever before."""
        return self.chance.sample(self.people, len(self.people))

    def found(self, *evidence: Evidence) -> tuple[float, str]:
        """What the solver gets right from all this evidence."""
        all_of_it = Evidence()
        for each in evidence:
            all_of_it.tables |= each.tables
            all_of_it.offsets |= each.offsets
            all_of_it.lines += each.lines
        return best_guess(all_of_it, {p.pk: p.handle for p in self.people}, self.truth)


@pytest.fixture(autouse=True)
def small_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of signatures in a moment; what is tested is what is kept, not their strength."""
    monkeypatch.setattr(blind, "KEY_BITS", 1024)


@pytest.fixture
def recording(transactional_db: None) -> Iterator[None]:
    yield
    write_as_ever()


def crowd(size: int, tokens: int, seed: int) -> Crowd:
    """A company of so many people, signed in, before the doors of a town hall."""
    space = ensure_company("All of Company")
    host = add_person("host@company.example", "Hosea Host", handle="host", is_administrator=True)
    chance = random.Random(seed)
    people = [
        add_person(f"p{n}@company.example", f"Person {n}", handle=f"p{n}x", password="!")
        for n in range(size)
    ]
    plan = Plan(timezone.now() + timedelta(hours=1), tokens=tokens, hosts=[host])
    hall = announce(Draft(title="Where we go next", text="."), plan, space, by=host)
    made = Crowd(hall, host, people, {}, chance)
    for person in made.shuffled():
        made.browsers[person.pk] = browser = Client()
        browser.force_login(person)
        # As on every working day: the session has been used before the town hall.
        browser.get("/halls/anonymity")
    made.known = browser.get(f"/halls/{hall.pk}/tokens").json()
    made.began = Record.objects.latest("seq").seq
    keep_all_writes()
    return made


@pytest.mark.slow
def test_nobody_is_found(recording: None, caplog: pytest.LogCaptureFixture) -> None:
    """150 people come in one order and ask 450 questions in another; a copy is taken between."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    them = crowd(150, 3, seed=9474)
    for person in them.shuffled():
        them.arrive(person)
    asking = [(person, number) for number in range(3) for person in them.people]
    them.chance.shuffle(asking)
    for person, number in asking[:225]:
        them.ask(person, number)
    copy = gather([], "copy of ")
    for person, number in asking[225:]:
        them.ask(person, number)
    lines = [record.getMessage() for record in caplog.records]
    now = gather([*lines, *frames_since(them.began)])
    assert len(them.truth) == 450
    right, how = them.found(now, copy)
    assert right <= 1 / 150 + MARGIN, how


@pytest.mark.slow
def test_after_the_end_the_order_of_coming_tells_nothing(recording: None) -> None:
    """Even when people ask in the order in which they came, what is left does not show it."""
    them = crowd(200, 2, seed=384)
    order = them.shuffled()
    for person in order:
        them.arrive(person)
    for number in range(2):
        for person in order:
            them.ask(person, number)
    open_doors(them.hall, by=them.host)
    end(them.hall, by=them.host)
    left = gather(frames_since(them.began))
    left.offsets = {}  # who was not recorded while it went on
    right, how = them.found(left)
    assert right <= 1 / 200 + MARGIN, how


def on_demand(them: Crowd, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tokens are given out at the moment somebody wants to ask."""
    for person in them.shuffled():
        them.arrive(person)
        them.ask(person)
    return []


def counted(them: Crowd, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Rows are numbered in the order they come, and people ask in the order they came."""
    for model in (Issued, Question, Spent):
        monkeypatch.setattr(
            model._meta.get_field("id"), "_get_default", itertools.count(10**6).__next__
        )
    order = them.shuffled()
    for person in order:
        them.arrive(person)
    for person in order:
        them.ask(person)
    return []


def joined(them: Crowd, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A column of the question is also one of whoever had tokens."""
    for person in them.shuffled():
        them.arrive(person)
    for person in them.shuffled():
        question = them.ask(person)
        with as_system("the test leaks on purpose"):
            digest = Issued.objects.get(person=person).digest
            Question.objects.filter(pk=question).update(answer=digest)
    return []


def logged(them: Crowd, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line in the log names both."""
    for person in them.shuffled():
        them.arrive(person)
    return [f"INFO asked {them.ask(person)} by {person.handle}" for person in them.shuffled()]


@pytest.mark.parametrize("leak", [on_demand, counted, joined, logged])
def test_the_solver_finds_those_who_are_to_be_found(
    recording: None, monkeypatch: pytest.MonkeyPatch, leak: object
) -> None:
    """The test of the test: every leak made on purpose is caught."""
    them = crowd(40, 1, seed=26)
    assert callable(leak)
    lines = leak(them, monkeypatch)
    found = gather([*lines, *frames_since(them.began)])
    if leak is counted:
        found.offsets = {}  # found without any recording
    right, how = them.found(found)
    assert right > 0.9, f"only {right:.0%} by {how} on {connection.vendor}"
