"""Screens, one for each open connection, and the rooms they stand in, one for each topic."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from hallway.hub.tickets import Claims
from hallway.journal.position import START, Position


class Wire(Protocol):
    """The connection of a screen."""

    def end(self, code: int, reason: str = "") -> None:
        """Say why and close; what is written afterwards is dropped."""


class Screen:
    """One connection: who looks, at what, and how far it has been told.

    `waiting` means that the gate is being asked; then the screen stands in no room and `since` is
    the place up to which it knows everything. `recheck` means that access may have ended while the
    gate was being asked, so that its answer must not be used.
    """

    __slots__ = (
        "asking",
        "claims",
        "fresh",
        "messages",
        "recheck",
        "session",
        "since",
        "slips",
        "topics",
        "turns",
        "waiting",
        "wire",
        "write",
    )

    def __init__(self, wire: Wire, write: Callable[[bytes], None], session: str) -> None:
        self.wire = wire
        self.write = write
        self.session = session
        self.claims: Claims | None = None
        self.topics: frozenset[str] = frozenset()
        self.since: Position = START
        self.asking = 0
        self.waiting = False
        self.recheck = False
        self.fresh = False
        self.messages = 0
        self.slips = 0
        self.turns = 0


Group = dict[Screen, None]
"""Screens in the order of their coming; quicker to walk than a set, and as quick to leave."""


class Rooms:
    """Who is to be told: screens by topic and language, and by person and session."""

    def __init__(self) -> None:
        self.rooms: dict[str, dict[str, Group]] = {}
        self.people: dict[int, Group] = {}
        self.sessions: dict[str, Group] = {}

    def register(self, screen: Screen, person: int, session: str) -> None:
        """Make the screen findable for what ends access, before anything is asked for it."""
        self.people.setdefault(person, {})[screen] = None
        self.sessions.setdefault(session, {})[screen] = None

    def forget(self, screen: Screen) -> None:
        """Take the screen out of everything; harmless when it is in nothing."""
        self.leave(screen)
        claims = screen.claims
        if claims is not None:
            _drop(self.people, claims.person, screen)
            _drop(self.sessions, claims.session, screen)

    def enter(self, screen: Screen, topics: frozenset[str], language: str) -> None:
        """Put the screen into the rooms of `topics`, and into no others."""
        self.leave(screen)
        screen.topics = topics
        for topic in topics:
            self.rooms.setdefault(topic, {}).setdefault(language, {})[screen] = None

    def leave(self, screen: Screen) -> None:
        """Take the screen out of all rooms; frames written from now on pass it by."""
        for topic in screen.topics:
            room = self.rooms[topic]
            for language, group in list(room.items()):
                group.pop(screen, None)
                if not group:
                    del room[language]
            if not room:
                del self.rooms[topic]
        screen.topics = frozenset()

    def of_person(self, person: int) -> Iterable[Screen]:
        """The screens of a person, as they are now."""
        return list(self.people.get(person, ()))

    def of_session(self, session: str) -> Iterable[Screen]:
        """The screens of a session, as they are now."""
        return list(self.sessions.get(session, ()))

    def count(self, topic: str) -> int:
        """How many screens are in the room of `topic`."""
        return sum(map(len, self.rooms.get(topic, {}).values()))

    def showing(self, topic: str) -> Iterable[Screen]:
        """The screens in the room of `topic`, as they are now."""
        return [screen for group in self.rooms.get(topic, {}).values() for screen in group]


def _drop(index: dict[Any, Group], key: int | str, screen: Screen) -> None:
    group = index.get(key)
    if group is not None:
        group.pop(screen, None)
        if not group:
            del index[key]
