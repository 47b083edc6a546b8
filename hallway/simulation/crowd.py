"""One process of a simulation: plays its part of the people, and compares their screens at the end.

Speaks with the process that started it through two pipes: tells its tally twice a second, and takes
the words in WORDS: `open` and `end` are for the host; `compare` comes when all that was planned is
done, while the hall is still on air, and `settle` after its end.
"""

import asyncio
import resource
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import uvloop

from hallway.simulation.door import Door
from hallway.simulation.guest import TROUBLE, Guest, said
from hallway.simulation.host import Host
from hallway.simulation.pictures import Picture
from hallway.simulation.playing import Player
from hallway.simulation.scene import Outcome, Rules, Scene

TELL_SECONDS = 0.5
MOST_TOLD = 3  # differences of one screen that ended in a wrong state
WORDS = ("open", "compare", "end", "settle", "stop")
ENDED = ("stage", "status", "cheers", "poll", "air")
"""What is still on the page when it is over; the rest is told in another way then."""


@dataclass(frozen=True)
class Part:
    """What one process plays: `first` is the number of its first person, `host` whoever directs.

    With `by_pages` each person's own votes are compared with their page, for there is no database.
    """

    rules: Rules
    people: Sequence[tuple[int, str]]
    first: int
    host: tuple[int, str] | None = None
    by_pages: bool = False


def be_crowd(part: Part, words: "Connection[Any, Any]", news: "Connection[Any, Any]") -> None:
    """Play `part`; the whole life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it says `stop`
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(Crowd(part, words, news).play())


class Crowd:
    """All guests of one process."""

    def __init__(
        self, part: Part, words: "Connection[Any, Any]", news: "Connection[Any, Any]"
    ) -> None:
        self._part = part
        # Two, since the event loop makes the one it listens to give up instead of waiting, which
        # would cut long news off in the middle.
        self._pipe = words
        self._news = news
        self._scene = Scene(part.rules, Door(part.rules.url))
        self._guests: list[Guest] = []
        self._words: dict[str, asyncio.Event] = {}
        self._wrong: dict[int, str] = {}

    async def play(self) -> None:
        """From the first arrival to the last comparison."""
        self._words = {word: asyncio.Event() for word in WORDS}
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._listen)
        script = asyncio.create_task(self._script(self._players()))
        tasks: list[asyncio.Task[Any]] = [asyncio.create_task(self._tell()), script]
        if self._part.host is not None:
            host = Host(*self._part.host, 0, self._scene)
            self._guests.append(host)
            tasks.append(asyncio.create_task(self._direct(host)))
        for task in tasks:
            task.add_done_callback(self._fallen)
        try:
            await self._words["stop"].wait()
        finally:
            self._scene.over = True
            for guest in self._guests:
                guest.leave()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _players(self) -> list["asyncio.Task[None]"]:
        part = self._part
        for number, (person, key) in enumerate(part.people, part.first):
            self._guests.append(Guest(person, key, number, self._scene))
        return [asyncio.create_task(Player(guest).play()) for guest in self._guests]

    async def _direct(self, host: Host) -> None:
        await host.enter()
        await host.prepare()
        await self._words["open"].wait()
        await host.direct()
        await self._words["end"].wait()
        await host.finish()

    async def _script(self, plays: Sequence["asyncio.Task[None]"]) -> None:
        try:
            await self._words["compare"].wait()
            await asyncio.wait(plays, timeout=self._part.rules.settle)
            await self._compare()
            self._news.send(("compared", None))
            await self._words["settle"].wait()
            await self._compare()
            self._news.send(("done", await self._outcome()))
        finally:
            for play in plays:
                play.cancel()

    def _fallen(self, task: "asyncio.Task[Any]") -> None:
        """What one task cannot do without, nobody can: tell, so that the play ends."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._news.send(("failed", f"{type(error).__name__}: {said(error)}"))

    def _listen(self) -> None:
        try:
            word = self._pipe.recv()
        except EOFError:  # whoever started this is gone
            word = "stop"
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        self._words[word].set()

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(TELL_SECONDS)
            stages = {guest.picture.stage for guest in self._guests if guest.picture}
            self._news.send(("tally", (self._scene.tally, stages)))

    async def _compare(self) -> None:
        """Wait until all screens show what a fresh page shows, or until there is no hope."""
        deadline = time.monotonic() + self._part.rules.settle
        while True:
            fresh = await self._guests[-1].read()
            # With several simulators the host may have been done sooner.
            kinds = ENDED if fresh.stage == "ended" else ()
            wrong = {
                guest.number: difference
                for guest in self._guests
                if (difference := _difference(guest, fresh, kinds))
            }
            if not wrong or time.monotonic() > deadline:
                break
            await asyncio.sleep(1)
        self._wrong |= wrong

    async def _outcome(self) -> Outcome:
        scene = self._scene
        return Outcome(
            tally=scene.tally,
            votes=scene.votes,
            ballots=scene.ballots,
            doubtful=scene.doubtful,
            heard=dict(scene.heard),
            deeds=scene.deeds,
            screens=len(self._guests),
            right=len(self._guests) - len(self._wrong),
            wrong=Counter(self._wrong.values()),
            missing=await self._by_pages() if self._part.by_pages else [],
            told=dict(scene.told),
            cpu=time.process_time(),
        )

    async def _by_pages(self) -> list[str]:
        """Votes that were acknowledged but are not on the voter's page read anew."""
        backed: dict[int, dict[int, bool]] = {}
        for person, question, on in self._scene.votes:
            backed.setdefault(person, {})[question] = on
        missing: list[str] = []
        slots = asyncio.Semaphore(8)

        async def look(guest: Guest) -> None:
            async with slots:
                try:
                    shown = {int(number) for number in (await guest.read()).questions_shown}
                except TROUBLE as error:
                    missing.append(f"the page of {guest.person} cannot be read: {error}")
                    return
                for question, on in backed[guest.person].items():
                    # One that was united with another is not on the page any more.
                    if question in shown and (question in guest.mine) != on:
                        missing.append(f"the vote of {guest.person} for {question} is not there")

        await asyncio.gather(*(look(each) for each in self._guests if each.person in backed))
        return missing


def _difference(guest: Guest, fresh: Picture, kinds: Sequence[str]) -> str:
    """What the screen shows that is not true, or ''."""
    if not guest.is_ready or guest.picture is None:
        return "not open"
    if guest.picture.key == fresh.key:
        return ""
    found = guest.picture.differences(fresh, kinds)
    more = f"; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    return "; ".join(found[:MOST_TOLD]) + more
