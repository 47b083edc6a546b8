"""A hub for the tests: the real one on a real port, fed with deeds by hand."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from hallway.accounts.models import session_hash
from hallway.hub import app
from hallway.hub.admission import Admission, Gate
from hallway.hub.source import Source
from hallway.hub.tickets import Claims, mint
from hallway.journal.position import Position
from hallway.journal.reader import Deed

ORIGIN = "https://hall.example.com"
COOKIE = "session"


@dataclass(frozen=True)
class Drawn:
    topic: str
    target: str
    html: dict[str, str]


class Log:
    """A journal in memory: deeds in order, and waking those who wait."""

    def __init__(self) -> None:
        self.deeds: list[Deed] = []
        self.name = "first life"
        self.begun = Position(0, 0)
        self.news = threading.Condition()
        self.halls: dict[int, list[int]] = {}

    def write(self, verb: str, **columns: Any) -> Position:
        """Append a deed, with the columns given; returns its position."""
        with self.news:
            position = Position(0, self.begun.seq + len(self.deeds) + 1)
            blank: dict[str, Any] = dict.fromkeys(("actor_id", "space_id", "entry_id", "person_id"))
            blank |= {"session": "", "detail": {}, **columns}
            self.deeds.append(Deed(position, datetime.now(UTC), verb, **blank))
            self.news.notify_all()
            return position

    def say(self, words: str, space: int = 3, target: str = "", action: str = "append") -> Position:
        """Write a deed that is drawn as `words` on a space's screens."""
        detail = {"words": words, "target": target or words, "action": action}
        return self.write("entry.published", space_id=space, detail=detail)

    def start(self) -> Position:
        return self.begun

    def incarnation(self) -> str:
        return self.name

    def read(self, after: Position) -> Sequence[Deed]:
        with self.news:
            first = max(0, after.seq - self.begun.seq)
            return self.deeds[first : first + 50]

    def endings(self, after: Position) -> Sequence[Deed]:
        with self.news:
            return self.deeds[max(0, after.seq - self.begun.seq) :]

    def halls_in(self, space: int) -> Sequence[int]:
        return self.halls.get(space, ())

    def wait(self, timeout: float) -> bool:
        with self.news:
            return self.news.wait(min(timeout, 0.02))

    def recover(self) -> None: ...

    def close(self) -> None: ...


def draw(deed: Deed) -> list[Drawn]:
    """Draw what `Log.say` wrote, in two languages."""
    words = deed.detail.get("words")
    if words is None:
        return []
    if words == "poison":
        raise RuntimeError("this cannot be drawn")
    action, target = deed.detail["action"], deed.detail["target"]
    html = {
        language: f'<turbo-stream action="{action}">{language} {words}</turbo-stream>'
        for language in ("en", "de")
    }
    return [Drawn(f"space:{deed.space_id}", target, html)]


@dataclass
class Book:
    """A gate that reads a book: who may see which spaces, who is out."""

    out: set[int] = field(default_factory=set)
    barred: set[tuple[int, str]] = field(default_factory=set)
    pause: Callable[[], None] = lambda: None

    def admit(self, claims: Sequence[Claims]) -> list[Admission]:
        admissions = [self._admission(each) for each in claims]
        self.pause()
        return admissions

    def _admission(self, claims: Claims) -> Admission:
        barred = {topic for person, topic in self.barred if person == claims.person}
        return Admission(claims.topics - barred, claims.person not in self.out)

    def close(self) -> None: ...


class Hall:
    """A running hub, its journal and its gate."""

    def __init__(
        self, source: Source | None = None, gate: Gate | None = None, pages: Any = None
    ) -> None:
        self.log = Log()
        self.book = Book()
        self.port = 0
        self.hub = app.Hub(
            source=source or self.log,
            draw=draw,
            gate=gate or self.book,
            origins={ORIGIN},
            cookie=COOKIE,
            django_app=pages,
        )

    @contextmanager
    def open(self, port: int = 0, *, reuse_port: bool = False) -> Iterator["Hall"]:
        with app.listen("127.0.0.1", port, reuse_port=reuse_port) as listener:
            self.port = listener.getsockname()[1]
            thread = threading.Thread(target=self.hub.run, args=(listener,))
            thread.start()
            try:
                wait_for(lambda: self.hub.is_serving)
                yield self
            finally:
                self.hub.stop()
                thread.join(timeout=15)
                assert not thread.is_alive()

    def ticket(
        self,
        person: int,
        *topics: str,
        position: Position | None = None,
        session: str = "",
        language: str = "en",
        incarnation: str = "",
    ) -> str:
        return mint(
            person,
            session_hash(session or f"key-{person}"),
            topics or ("space:3",),
            self.log.begun if position is None else position,
            language,
            incarnation or self.log.name,
        )

    @asynccontextmanager
    async def socket(
        self, session: str, origin: str | None = ORIGIN, path: str = "/live", **options: Any
    ) -> AsyncIterator[ClientConnection]:
        """Connect as a browser with that session's cookie does."""
        async with connect(
            f"ws://127.0.0.1:{self.port}{path}",
            origin=origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"other=1; {COOKIE}={session}"},
            compression=None,
            proxy=None,
            **options,
        ) as socket:
            yield socket

    @asynccontextmanager
    async def screen(self, person: int, *topics: str, **claims: Any) -> AsyncIterator["Viewer"]:
        """Open a screen and present a ticket; what comes is for the test to read."""
        async with self.socket(claims.get("session") or f"key-{person}") as socket:
            viewer = Viewer(socket)
            await viewer.show(self.ticket(person, *topics, **claims))
            yield viewer


class Viewer:
    """The other end of a socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def present(self, message: object) -> None:
        await self.socket.send(json.dumps(message))

    async def show(self, ticket: str) -> None:
        await self.present({"ticket": ticket})

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(20):
            value: dict[str, Any] = json.loads(await self.socket.recv())
            return value

    async def until(self, key: str) -> list[dict[str, Any]]:
        """Everything up to and including the first message with `key`."""
        messages = [await self.next()]
        while key not in messages[-1]:
            messages.append(await self.next())
        return messages

    async def ready(self) -> dict[str, Any]:
        return (await self.until("ready"))[-1]["ready"]  # type: ignore[no-any-return]

    async def silence(self, seconds: float = 0.3) -> None:
        """Assert that nothing comes."""
        try:
            async with asyncio.timeout(seconds):
                got = await self.socket.recv()
        except TimeoutError:
            return
        raise AssertionError(f"unexpected {got!r}")

    async def closed(self) -> int:
        """The code with which the hub closes, after whatever else it says."""
        async with asyncio.timeout(15):
            with suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        assert self.socket.close_code is not None
        return self.socket.close_code


def words(message: dict[str, Any]) -> str:
    """What a frame says, without its tag and language."""
    return str(message["s"]).partition(">")[2].partition(" ")[2].removesuffix("</turbo-stream>")


def wait_for(condition: Callable[[], Any], seconds: float = 8) -> None:
    """Wait until `condition` holds; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
