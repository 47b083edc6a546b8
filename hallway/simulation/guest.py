"""One simulated person at one screen: comes, hears, sends wishes until they are answered.

Does what the page's script would (`frontend/src/live-screen.ts`): catches up after a lost
connection with the ticket that the hub gave it for that, or with a new one, reads the page anew at
a gap, and repeats what was not acknowledged with the same key.
"""

import asyncio
import json
import time
from random import Random
from typing import Any
from urllib.parse import urlencode

from hallway.simulation import wire
from hallway.simulation.door import Answer, NoAnswer
from hallway.simulation.pictures import Picture, asks_to_be_read
from hallway.simulation.reading import NotTheHall, read_page
from hallway.simulation.scene import CLASSES_A_SECOND, Scene
from hallway.simulation.screen import Frame, Progress, Screen, place
from hallway.simulation.wishes import Wishes

READY_SECONDS = 60.0  # for the hub to answer a ticket
TICKET_LIFE = 45.0  # seconds
TRIES = 8

TROUBLE = (OSError, NoAnswer, NotTheHall, TimeoutError)


class Guest:
    """Somebody at a screen. `number` tells the addresses of many apart."""

    def __init__(self, person: int, key: str, number: int, scene: Scene) -> None:
        self.person = person
        self.number = number
        self.scene = scene
        self.dice = Random(f"{scene.rules.seed} {number}")  # noqa: S311 - a play is no secret
        self.cookies = {scene.rules.cookie: key}
        self.token = ""
        self.mine: set[int] = set()
        self.picture: Picture | None = None
        self.opened = asyncio.Event()
        self.inside = False
        self.incarnation = ""
        self._progress = Progress("0.0")
        self._screen: Screen | None = None
        self._ready: asyncio.Future[None] | None = None
        self._wishes = Wishes(scene.tally, self.dice)
        self._returning: asyncio.Task[None] | None = None
        self._rereading = False
        self._spread = 0.0
        self._kept: tuple[str, float] | None = None
        self._left = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether the screen is open and has been caught up."""
        return self._is_connected and not self._rereading

    @property
    def path(self) -> str:
        """Address of the hall."""
        return f"/halls/{self.scene.rules.hall}"

    async def enter(self) -> None:
        """Open the page and its socket, as often as it takes. Raises what the last try raised."""
        await self._persist(self._enter)
        if not self.inside:
            self.inside = True
            self.scene.tally.inside += 1

    async def look_in(self) -> None:
        """Open the page and its socket, once. Raises what goes wrong."""
        await self._enter()

    def leave(self) -> None:
        """Close the page."""
        screen, self._screen = self._screen, None
        if screen is not None:
            self.scene.tally.open -= 1
            screen.leave()
        if self.inside:
            self.inside = False
            self.scene.tally.inside -= 1

    def cut(self) -> None:
        """Lose the connection without a word; `lost` sees to the rest."""
        if self._screen is not None:
            self._screen.cut()

    async def send(self, message: dict[str, Any], name: str) -> tuple[str, bool]:
        """Send a wish about the hall; answers as `Wishes.send`."""
        screen = self._screen if self._is_connected else None
        return await self._wishes.send({"hall": self.scene.rules.hall, **message}, name, screen)

    async def post(self, path: str, **fields: str) -> Answer:
        """Send a form. Raises NoAnswer, OSError, TimeoutError."""
        fields["csrfmiddlewaretoken"] = self.token
        return await self.scene.door.post(path, self._cookie_line, fields, self.number)

    async def read(self) -> Picture:
        """Read the page anew, for its words only; what is shown stays. Raises as `enter`."""
        page = read_page((await self._get(self.path)).text)
        self.token = page.token
        self.mine = {int(number) for number in page.mine.get("votes", ())}
        return self.scene.pictures.of_page(page.neutral)

    # --- What the screen hears ---

    def hear(self, frame: Frame) -> None:
        """Take a frame, as the page's script does."""
        found = self._progress.take(frame)
        if found == "gap":
            self.scene.tally.counts["gaps"] += 1
            self._reread(0.5)
        elif found == "news" and self.picture is not None:
            if frame.counts:
                self.scene.told[frame.position][int(time.time() * CLASSES_A_SECOND)] += 1
            self._show(self.scene.pictures.after(self.picture, frame.html))
            if asks_to_be_read(frame.html, f"hall-{self.scene.rules.hall}"):
                self.scene.tally.counts["pages read anew"] += 1
                self._reread(2.0)

    def told(self, message: dict[str, Any]) -> None:
        """Take `ready`, an acknowledgement, or the wish that the page be read anew."""
        if "ack" in message:
            self._wishes.answered(str(message["ack"]), str(message.get("outcome", "")))
        elif "ready" in message:
            ready = message["ready"]
            self.incarnation = str(ready["incarnation"])
            self._progress.catch_up(ready["p"], ready["topics"])
            self._kept = str(ready["ticket"]), time.monotonic()
            if self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
            if self._screen is not None:
                self._wishes.repeat(self._screen)
        elif "ticket" in message:
            if self._is_connected:
                self._kept = str(message["ticket"]), time.monotonic()
                self._progress.told_up_to(place(message["p"]))
        else:
            self.scene.tally.counts["reloads" if "reload" in message else "topics lost"] += 1
            self._reread(0.5)

    def lost(self, screen: Screen, why: str) -> None:
        """The socket is gone: come back, unless the page was closed."""
        if screen is not self._screen:
            return
        self._screen = None
        self.scene.tally.open -= 1
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(NoAnswer(why))
        elif not self.scene.over:
            self.scene.tally.counts[f"lost: {why}"] += 1
            self._left = time.monotonic()
            self._again()

    # --- How it gets there ---

    def _again(self) -> None:
        if self._returning is None or self._returning.done():
            self._returning = asyncio.create_task(self._return())

    async def _return(self) -> None:
        try:
            await self._go_back()
            # Meanwhile the hub may have asked for more, or hung up again.
            while self.inside and not self.scene.over and not self.is_ready:
                await self._go_back()
        except TROUBLE as error:
            self.scene.tally.errors[f"did not come back: {said(error)}"] += 1

    def _reread(self, spread: float) -> None:
        """Read the page anew within `spread` seconds: not all ask at the same instant."""
        if not self._rereading:
            self._rereading = True
            self._spread = spread
            self._again()

    async def _go_back(self) -> None:
        if self._rereading:
            return await self._persist(self._enter_anew)
        await asyncio.sleep(self.dice.uniform(0.5, 1))
        return await self._persist(self._come_back)

    async def _enter_anew(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, self._spread))
        await self._enter()

    async def _persist(self, way: Any) -> None:
        for tried in range(TRIES):
            try:
                await way()
            except TROUBLE as error:
                if tried == TRIES - 1 or self.scene.over:
                    raise
                self.scene.tally.errors[said(error)] += 1
                # As the page's script waits.
                await asyncio.sleep(min(5.0, 2.0 * 2**tried) * self.dice.uniform(0.5, 1))
            else:
                return

    async def _enter(self) -> None:
        """Read the page, then present its ticket: over the socket there is, or over a new one."""
        began = time.monotonic()
        answer = await self._get(self.path)
        page = read_page(answer.text)
        self.scene.tally.time("page", time.monotonic() - began)
        self.token = page.token
        self.mine = {int(number) for number in page.mine.get("votes", ())}
        self._progress = Progress(page.position)
        self._kept = None
        self._show(self.scene.pictures.of_page(page.neutral))
        await self._open({"ticket": page.ticket})
        self._rereading = False

    async def _come_back(self) -> None:
        """Present the ticket for that, or a new one, and catch up from where the page is."""
        topics = self._progress.topics
        if not topics:
            return await self._enter()
        xid, seq = self._progress.reached
        since = f"{xid}.{seq}"
        kept = self._kept
        if kept is None or time.monotonic() - kept[1] > TICKET_LIFE:
            query = urlencode([*(("t", topic) for topic in topics), ("p", since)])
            answer = await self._get(f"/live/ticket?{query}")
            kept = str(json.loads(answer.body)["ticket"]), 0.0
            self.scene.tally.counts["tickets renewed"] += 1
        self._progress.begin()
        await self._open({"ticket": kept[0], "since": since})
        self.scene.tally.time("back", time.monotonic() - self._left)
        return None

    async def _open(self, ticket: dict[str, str]) -> None:
        loop = asyncio.get_running_loop()
        self._ready = ready = loop.create_future()
        began, shown = time.monotonic(), json.dumps(ticket).encode()
        if self._screen is not None:
            self._progress.begin()
            self._screen.say(shown)
        else:
            door = self.scene.door
            greeting = wire.handshake(door.name, door.origin, self._cookie_line)
            screen = self._screen = Screen(self, greeting, shown)
            self.scene.tally.open += 1
            way = door.connection(self.number, self.scene.rules.hub)
            try:
                await loop.create_connection(lambda: screen, **way)  # type: ignore[call-overload]
            except BaseException:
                self.lost(screen, "no connection")
                ready.cancel()
                raise
            self._kept = None
        async with asyncio.timeout(READY_SECONDS):
            await ready
        self.scene.tally.time("socket", time.monotonic() - began)

    async def _get(self, path: str) -> Answer:
        answer = await self.scene.door.get(path, self._cookie_line, self.number)
        if answer.status != 200:
            raise NoAnswer(f"{path.partition('?')[0]} answered {answer.status}")
        self.cookies.update(answer.cookies)
        return answer

    @property
    def _is_connected(self) -> bool:
        return self._screen is not None and self._ready is not None and self._ready.done()

    def _show(self, picture: Picture) -> None:
        before, self.picture = self.picture, picture
        if before is picture:
            return
        if picture.stage != "announced":
            self.opened.set()
        now = f"{picture.stage}:{picture.answering}"
        if before is not None and now != f"{before.stage}:{before.answering}":
            self.scene.heard[now].append(time.monotonic())

    @property
    def _cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def said(error: BaseException) -> str:
    """What went wrong, in a few words that are the same each time."""
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
