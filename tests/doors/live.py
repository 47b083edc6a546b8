"""The live doors: real sockets at the real hub, with the real gate and the real drawings."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connections
from websockets.exceptions import ConnectionClosed

from hallway.accounts.models import session_hash
from hallway.core.writing import writing
from hallway.entries.actions import react
from hallway.hub import app, source
from hallway.hub.frames import frames_of
from hallway.hub.gate import DatabaseGate
from hallway.hub.ledger import DatabaseLedger
from hallway.hub.source import JournalSource
from hallway.hub.tickets import mint
from hallway.journal import reader
from hallway.journal.models import Record
from hallway.journal.position import START, Position
from hallway.notifications.telling import ring
from hallway.stream.actions import see
from tests.doors.entries import all_topics
from tests.doors.looking import WORD
from tests.doors.story import ROOMS, Story
from tests.hub.hall import COOKIE, ORIGIN, Hall, Viewer, wait_for
from tests.playing import in_thread, play

HERE = ("ada", "ben", "cleo", "gus", "rita")
ENDED = 4003


class OpenHall(Hall):
    """The hub of the installation, as `hallway hub` runs it."""

    def __init__(self) -> None:
        super().__init__()
        self.hub = app.Hub(
            source=JournalSource(),
            draw=frames_of,
            gate=DatabaseGate(),
            origins={ORIGIN},
            cookie=COOKIE,
            ledger=DatabaseLedger(),
        )

    def catch_up(self) -> None:
        """Wait until all that is written by now has been told."""
        row = Record.objects.order_by("xid", "seq").last()
        assert row is not None
        wait_for(lambda: (self.hub.applied or START) >= Position(row.xid, row.seq))

    def settle(self) -> None:
        """Wait until that has been told, and until nobody waits for the gate any more."""
        self.catch_up()
        wait_for(lambda: self.hub.exchange is not None and not self.hub.exchange.waiting)


@contextmanager
def open_hall() -> Iterator[OpenHall]:
    """A hub that runs, and does not draw what was before."""
    with patch.object(source, "WARM", 0), OpenHall().open() as hall:
        assert isinstance(hall, OpenHall)
        yield hall


@dataclass
class Ear:
    """What one person's screen is told; `code` is set when the hub has closed it."""

    story: Story
    who: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    mark: Position = START
    code: int | None = None

    @property
    def text(self) -> str:
        """All that was drawn for it."""
        return "".join(str(message.get("s", "")) for message in self.messages)

    @property
    def words(self) -> set[str]:
        """The canaries in it."""
        return set(WORD.findall(self.text))

    async def listen(self, viewer: Viewer, until: Callable[[dict[str, Any]], bool]) -> None:
        """Take down messages up to the first that `until` accepts, or the end."""
        try:
            while not (self.messages and until(self.messages[-1])):
                self.messages.append(await viewer.next())
        except ConnectionClosed:
            self.code = viewer.socket.close_code

    def is_bell(self, message: dict[str, Any]) -> bool:
        """Whether it is the ringing that ends every story; all before has come by then."""
        own = f"person:{self.story.world.people[self.who].pk}"
        rings = message.get("t") == own and 'target="bell"' in message["s"]
        return rings and START < self.mark <= Position.parse(message["p"])


def ticket(story: Story, who: str, position: Position) -> str:
    """A ticket for everything there is: what its holder may see of it only the gate decides."""
    key = story.browser(who).session.session_key
    assert key is not None
    person = story.world.people[who]
    topics = all_topics(story)
    return mint(person.pk, session_hash(key), topics, position, "en", reader.incarnation())


def hear(
    hall: OpenHall,
    story: Story,
    people: Sequence[str],
    deeds: Callable[[], None],
    since: Position | None = None,
) -> dict[str, Ear]:
    """Open a screen for each of `people`, let `deeds` happen, and note what each screen is told.

    With `since` the screens have been away from that position on and are caught up before.
    """
    ears = {who: Ear(story, who) for who in people}
    keys = {who: str(story.browser(who).session.session_key) for who in people}
    now = since or reader.position()
    tickets = {who: ticket(story, who, now) for who in people}
    connections.close_all()

    async def attend(who: str, ready: asyncio.Barrier) -> None:
        async with hall.socket(keys[who]) as socket:
            viewer = Viewer(socket)
            await viewer.show(tickets[who])
            await ears[who].listen(viewer, lambda message: "ready" in message)
            await ready.wait()
            if ears[who].code is None:
                await ears[who].listen(viewer, ears[who].is_bell)

    async def told() -> None:
        ready = asyncio.Barrier(len(people) + 1)
        async with asyncio.TaskGroup() as group:
            for who in people:
                group.create_task(attend(who, ready))
            await ready.wait()
            await in_thread(deeds)
            # Who is told to read the page anew would not hear the bell that rang meanwhile.
            await in_thread(hall.settle)
            mark = await in_thread(reader.position)
            for ear in ears.values():
                ear.mark = mark
            await in_thread(_ring, story, people)

    play(told(), within=40)
    return ears


def _ring(story: Story, people: Sequence[str]) -> None:
    with writing():
        ring(story.world.people[who].pk for who in people)


def busy_day(hall: OpenHall, story: Story, day: str, rooms: Sequence[str] = ROOMS) -> None:
    """Every deed that draws something, in every room; what is deleted has been told before."""
    for room in rooms:
        post, said, reply = (f"{room}.{day}.{kind}" for kind in ("post", "said", "reply"))
        gone = f"{room}.{day}.gone"
        story.post(room, post, image=False)
        story.say(post, said, by="ben")
        story.say(said, reply, by="ada")
        story.edit(post, by="ada")
        story.edit(reply, by="ada")
        react(story.entries[said], "like", by=story.world.ben)
        story.say(post, gone, by="ben")
        story.say(gone, f"{room}.{day}.below", by="ada")
        story.edit(gone, by="ben")
        story.edit(f"{room}.{day}.below", by="ada")
        story.post(room, f"{room}.{day}.deleted", image=False)
        story.say(f"{room}.{day}.deleted", f"{room}.{day}.under", by="ben")
        story.edit(f"{room}.{day}.under", by="ben")
        story.post(room, f"{room}.{day}.back", image=False)
        see(story.rooms[room], 1, by=story.world.ben)
    hall.catch_up()
    for room in rooms:
        story.delete(f"{room}.{day}.gone", by="ben")
        story.delete(f"{room}.{day}.deleted", by="ada")
        story.delete(f"{room}.{day}.back", by="ada")
        story.restore(f"{room}.{day}.back", by="ada")


def quick_day(story: Story, day: str, rooms: Sequence[str]) -> None:
    """A post and a comment in each room."""
    for room in rooms:
        story.post(room, f"{room}.{day}.post", image=False)
        story.say(f"{room}.{day}.post", f"{room}.{day}.said", by="ben")
        story.edit(f"{room}.{day}.post", by="ada")


def leaks(story: Story, ear: Ear, *, at_once: bool) -> set[str]:
    """What a screen was told that its person may not see.

    What was deleted in the meantime may have been told `at_once`, to those who read the room.
    """
    found = set()
    for word in ear.words:
        canary = story.canaries[word]
        allowed = story.company.allows(ear.who, canary)
        if at_once and canary.kind == "item":
            allowed = story.company.reads(ear.who, story.company.items[canary.about].room)
        if not allowed:
            found.add(f"{ear.who} hears {canary.part} of {canary.about}")
    return found


def missing(story: Story, ear: Ear, day: str, rooms: Sequence[str] = ROOMS) -> set[str]:
    """What a screen was not told although its person may see it and it was said that day."""
    due = {
        word
        for word, canary in story.canaries.items()
        if f".{day}." in canary.about
        and canary.part in ("words", "title")
        and story.company.allows(ear.who, canary)
    }
    return {f"{ear.who} misses {story.canaries[word]}" for word in due - ear.words}
