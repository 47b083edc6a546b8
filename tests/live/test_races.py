"""Access that ends while a hundred things happen: nothing that came after reaches the screen."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.db import connection, connections
from websockets.exceptions import ConnectionClosed

from hallway.accounts.actions import deactivate, end_session, reactivate
from hallway.accounts.models import Session, session_hash
from hallway.entries.actions import Draft, publish
from hallway.hub.tickets import mint
from hallway.journal import reader
from hallway.journal.models import Record
from hallway.journal.position import Position
from hallway.journal.verbs import Verb
from hallway.people.actions import add_person
from hallway.people.models import Person
from hallway.spaces.actions import change_space, put_in, remove
from hallway.spaces.models import Space
from hallway.townhalls.models import TownHall
from tests.hub.test_gate import sign_in
from tests.live.screens import RealHall
from tests.playing import play
from tests.world import World

pytestmark = [pytest.mark.slow]

REMOVALS = 1000
AT_ONCE = 50  # people whose screens are open at the same time
RATE = 200  # posts a second that are tried for
BACKLOG = 100  # deeds the hub may be behind; it shares this process with those who post


class Hearing:
    """A screen of one person that only writes down what it hears of one topic."""

    def __init__(self, hall: RealHall, person: Person, key: str, topic: str) -> None:
        self.hall, self.person, self.key, self.topic = hall, person, key, topic
        self.frames: list[Position] = []
        self.ended = asyncio.Event()
        self.ready = asyncio.Event()

    async def listen(self) -> None:
        """Connect and hear all until the access ends."""
        async with self.hall.socket(self.key) as socket:
            ticket = await asyncio.to_thread(self._ticket)
            await socket.send(json.dumps({"ticket": ticket}))
            with suppress(ConnectionClosed):
                async for text in socket:
                    message = json.loads(text)
                    if "ready" in message:
                        self.ready.set()
                    elif message.get("t") == self.topic:
                        self.frames.append(Position.parse(message["p"]))
                    elif "ended" in message:
                        self.ended.set()
            self.ended.set()

    def _ticket(self) -> str:
        try:
            now, incarnation = reader.position(), reader.incarnation()
        finally:
            connections.close_all()
        return mint(self.person.pk, session_hash(self.key), [self.topic], now, "en", incarnation)


class Posts:
    """Posts that somebody writes into `space` in another thread, at most `RATE` a second."""

    def __init__(self, hall: RealHall, space: Space, by: Person) -> None:
        self.hall, self.space, self.by = hall, space, by
        self.count = 0
        self.ended, self.going = threading.Event(), threading.Event()

    def write(self) -> None:
        """Write until the end, with pauses where nobody is there to hear it."""
        try:
            due = time.monotonic()
            while self.going.wait() and not self.ended.is_set():
                publish("post", Draft(text=f"Post {self.count}"), self.space, by=self.by)
                self.count += 1
                due = max(due + 1 / RATE, time.monotonic() - 0.1)
                time.sleep(max(0.0, due - time.monotonic()))
                while self.count % 10 == 0 and not self.ended.is_set() and self._are_too_many():
                    time.sleep(0.005)
        finally:
            connection.close()

    def _are_too_many(self) -> bool:
        told = self.hall.hub.applied or Position(0, 0)
        return len(reader.read(told, 2 * BACKLOG)) > BACKLOG

    @contextmanager
    def pausing(self) -> Iterator[None]:
        """Nobody listens yet: what is made ready meanwhile is ready sooner."""
        self.going.clear()
        yield
        self.going.set()


@contextmanager
def posting(hall: RealHall, space: Space, by: Person) -> Iterator[Posts]:
    """Have posts written during the block."""
    posts = Posts(hall, space, by)
    posts.going.set()
    thread = threading.Thread(target=posts.write)
    thread.start()
    try:
        yield posts
    finally:
        posts.ended.set()
        posts.going.set()
        thread.join()


async def take_away(
    hall: RealHall,
    people: list[tuple[Person, str]],
    place: Space | TownHall,
    deed: Callable[[Person], None],
) -> list[Hearing]:
    """Open a screen for each, take their access away one after the other, wait for the end."""
    topic = f"{'space' if isinstance(place, Space) else 'hall'}:{place.pk}"
    hearings = [Hearing(hall, person, key, topic) for person, key in people]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(hearing.listen()) for hearing in hearings]
        for hearing in hearings:
            await hearing.ready.wait()
        await asyncio.to_thread(_each, deed, [person for person, _ in people])
        for hearing in hearings:
            await hearing.ended.wait()
        await asyncio.sleep(0.05)  # what was on its way after the end would be heard now
        for task in tasks:
            task.cancel()
    return hearings


def _each(deed: Callable[[Person], None], people: list[Person]) -> None:
    try:
        for person in people:
            deed(person)
    finally:
        connections.close_all()


def ends_of(verb: Verb, column: str) -> dict[object, list[Position]]:
    """Where the journal holds the ends of access, by person or space."""
    ends: dict[object, list[Position]] = {}
    for row in Record.objects.filter(verb=verb).order_by("xid", "seq"):
        ends.setdefault(getattr(row, column), []).append(Position(row.xid, row.seq))
    return ends


def check(hearings: list[Hearing], end: Callable[[Hearing], Position]) -> int:
    """Assert that none heard anything after its end; returns how much was heard before."""
    for hearing in hearings:
        late = [str(position) for position in hearing.frames if position > end(hearing)]
        assert not late, f"{hearing.person.handle} heard {late} after {end(hearing)}"
    return sum(len(hearing.frames) for hearing in hearings)


@pytest.fixture
def hall(transactional_db: None) -> Iterator[RealHall]:
    """A running hub."""
    assert settings.SESSION_COOKIE_NAME == "session"
    opened = RealHall()
    with opened.open():
        yield opened


def crowd(count: int) -> list[tuple[Person, str]]:
    """Signed-in people with the keys of their sessions."""
    people = [add_person(f"p{n}@company.example", f"Person {n}") for n in range(count)]
    return [(person, sign_in(person)) for person in people]


def test_a_thousand_removals_while_others_post(company: World, hall: RealHall) -> None:
    people, space = crowd(AT_ONCE), company.closed
    heard = 0
    began = time.monotonic()
    with posting(hall, space, company.ada) as posts:
        for turn in range(REMOVALS // AT_ONCE):
            with posts.pausing():
                for person, _ in people:
                    put_in(space, person, by=company.ben)
            hearings = play(
                take_away(hall, people, space, lambda p: remove(space, p, by=company.ben) and None)
            )
            ends = ends_of(Verb.MEMBER_REMOVED, "person_id")
            heard += check(hearings, lambda hearing: ends[hearing.person.pk][turn])  # noqa: B023
    seconds = time.monotonic() - began
    assert heard > REMOVALS  # or nothing was shown by this
    print(
        f"{REMOVALS} removals in {seconds:.1f} s, {posts.count / seconds:.0f} posts/s, "
        f"{heard} frames heard before, 0 after"
    )


def test_a_space_closes_while_others_post(company: World, hall: RealHall) -> None:
    people, space = crowd(AT_ONCE), company.open
    heard = 0
    with posting(hall, space, company.ada):
        for turn in range(4):
            hearings = play(
                take_away(
                    hall,
                    people,
                    space,
                    lambda p: change_space(space, by=company.ben, openness="closed") and None,
                )
            )
            # The first of them closes it; for the others there is nothing left to do.
            end = ends_of(Verb.SPACE_CHANGED, "space_id")[space.pk][2 * turn]
            heard += check(hearings, lambda _: end)  # noqa: B023
            change_space(space, by=company.ben, openness="open")
    assert heard > AT_ONCE


def test_people_are_deactivated_while_others_post(company: World, hall: RealHall) -> None:
    people, space = crowd(AT_ONCE), company.closed
    heard = 0
    for person, _ in people:
        put_in(space, person, by=company.ben)
    with posting(hall, space, company.ada) as posts:
        for turn in range(3):
            hearings = play(
                take_away(hall, people, space, lambda p: deactivate(p, by=company.rita))
            )
            ends = ends_of(Verb.PERSON_DEACTIVATED, "person_id")
            heard += check(hearings, lambda hearing: ends[hearing.person.pk][turn])  # noqa: B023
            with posts.pausing():
                for person, _ in people:
                    reactivate(person, by=company.rita)
                people = [(person, sign_in(person)) for person, _ in people]
    assert heard > AT_ONCE


def test_sessions_end_while_others_post(company: World, hall: RealHall) -> None:
    people, space = crowd(AT_ONCE), company.closed
    heard = 0
    for person, _ in people:
        put_in(space, person, by=company.ben)

    def sign_out(person: Person) -> None:
        for session in Session.objects.filter(person=person):
            end_session(session)

    with posting(hall, space, company.ada) as posts:
        for _ in range(3):
            hearings = play(take_away(hall, people, space, sign_out))
            ends = ends_of(Verb.SESSION_ENDED, "session")
            heard += check(hearings, lambda hearing: ends[session_hash(hearing.key)][0])  # noqa: B023
            with posts.pausing():
                people = [(person, sign_in(person)) for person, _ in people]
    assert heard > AT_ONCE
