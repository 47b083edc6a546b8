"""A town hall on air in the closed room, with a real hub: Ben hosts, Cleo must not know of it."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import connections

from hallway.accounts.models import session_hash
from hallway.core.guarding import as_system
from hallway.hub.tickets import mint
from hallway.journal import reader
from hallway.journal.models import Record
from hallway.people.models import Person
from hallway.townhalls.models import Question, TownHall, Vote
from tests.hub.hall import Viewer
from tests.live.screens import RealHall
from tests.world import World


@dataclass
class Scene:
    """A hall with its questions, the hub that holds its screens, and the keys of its people."""

    world: World
    hub: RealHall
    hall: TownHall
    questions: list[Question]
    keys: dict[int, str]

    @property
    def topic(self) -> str:
        return f"hall:{self.hall.pk}"

    @asynccontextmanager
    async def screen(self, person: Person, *topics: str) -> AsyncIterator["Voter"]:
        """A screen of `person` in the hall, admitted as far as the gate allows."""
        async with self.hub.socket(self.keys[person.pk], max_queue=None) as socket:
            voter = Voter(socket, self)
            await voter.show(await in_thread(self.ticket, person, *(topics or (self.topic,))))
            await voter.ready()
            yield voter

    def ticket(self, person: Person, *topics: str) -> str:
        key = session_hash(self.keys[person.pk])
        return mint(person.pk, key, topics, reader.position(), "en", reader.incarnation())

    def wrong(self) -> list[str]:
        """Every count that does not equal its rows."""
        with as_system("an audit of votes"):
            return [
                f"{each.pk} counts {each.votes} of {rows} votes"
                for each in Question.objects.filter(hall=self.hall)
                if each.votes != (rows := Vote.objects.filter(question=each).count())
            ]

    def votes(self, question: Question) -> int:
        with as_system("a count of votes"):
            return Vote.objects.filter(question=question).count()

    def rows(self, verb: str) -> list[Record]:
        """What the journal says about this hall, in order."""
        found = Record.objects.filter(verb=verb, entry_id=self.hall.pk)
        return list(found.order_by("xid", "seq"))


class Voter(Viewer):
    """A screen that sends and waits for what becomes of it."""

    def __init__(self, socket: Any, scene: Scene) -> None:
        super().__init__(socket)
        self.scene = scene
        self.heard: list[dict[str, Any]] = []

    async def say(self, key: str = "", **wish: Any) -> str:
        """Send without waiting; returns the key."""
        key = key or str(uuid.uuid4())
        await self.socket.send(json.dumps({"hall": self.scene.hall.pk, **wish, "key": key}))
        return key

    async def outcomes(self, keys: Iterable[str]) -> dict[str, str]:
        """What became of each; frames that come meanwhile are noted in `heard`."""
        waiting, found = set(keys), {}
        while waiting:
            message = await self.next()
            self.heard.append(message)
            if message.get("ack") in waiting:
                waiting.discard(message["ack"])
                found[message["ack"]] = message["outcome"]
        return found

    async def no_answer(self, seconds: float) -> None:
        """Assert that nothing is acknowledged; what is told meanwhile is noted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    message = json.loads(await self.socket.recv())
                    assert "ack" not in message
                    self.heard.append(message)

    async def send(self, **wish: Any) -> str:
        """Send and wait; returns the outcome."""
        key = await self.say(**wish)
        return (await self.outcomes([key]))[key]

    async def vote(self, question: Question, on: bool = True, key: str = "") -> str:
        return await self.send(vote=question.pk, on=on, key=key)


async def in_thread(act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Do something with the database, outside the loop; leaves no connection behind."""

    def acting() -> Any:
        try:
            return act(*given, **named)
        finally:
            connections.close_all()

    return await asyncio.to_thread(acting)
