"""The simulated host: opens the doors, puts questions on stage, unites two, opens a poll, ends."""

import asyncio
import re
import time

from hallway.simulation.door import NoAnswer
from hallway.simulation.guest import TROUBLE, Guest, said
from hallway.simulation.pictures import Picture

POLL = ("Should this be every month?", "Yes, every month\nEvery two months\nTwice a year")
OPENED = re.compile(r"/halls/polls/(\d+)/state")
SEEN = re.compile(r'/halls/questions/(\d+)/\w+" name="seen" value="(\d+)"')
STAGED = 8  # questions that are put on stage, if that many were asked


class Host(Guest):
    """Directs the hall through the same forms as everybody who hosts one.

    `deeds` are (state of the stage that screens come to show, moment of the click, moment of the
    answer), for what all screens show at once.
    """

    async def prepare(self) -> None:
        """Have a poll ready."""
        text, options = POLL
        await self._do(f"{self.path}/polls", text=text, options=options)

    async def direct(self) -> None:
        """Open the doors, and direct for the time planned."""
        seconds = self.scene.rules.seconds
        await self._persist(self._open_doors)
        began = time.monotonic()
        deeds = [(0.15 + 0.75 * step / STAGED, self._stage) for step in range(STAGED)]
        deeds += [(0.35, self._unite), (0.45, self._open_poll), (0.8, self._close_poll)]
        deeds += [(0.5, self._mark_answered), (0.65, self._decline), (0.7, self._write)]
        for at, deed in sorted(deeds, key=lambda pair: pair[0]):
            await asyncio.sleep(max(0.0, began + at * seconds - time.monotonic()))
            try:
                await deed()
            except TROUBLE as error:
                self.scene.tally.errors[f"host: {said(error)}"] += 1

    async def finish(self) -> None:
        """End the town hall."""
        await self._persist(self._end)

    async def _open_doors(self) -> None:
        await self._timed("on_air:", f"{self.path}/open")

    async def _end(self) -> None:
        await self._timed("ended:", f"{self.path}/end")

    async def _stage(self) -> None:
        """Put the best backed open question on stage; the one before counts as answered."""
        number = self._best()
        if number:
            await self._timed(f"on_air:{number}", self._deed(number, "stage"), number)

    async def _mark_answered(self) -> None:
        if self._shown.answering:
            number = self._shown.answering
            await self._timed("on_air:", self._deed(number, "answered"), number)

    async def _unite(self) -> None:
        """Unite the two questions with the fewest votes."""
        waiting = self._waiting()
        if len(waiting) > 1:
            into = waiting[-2]
            given = {"into": into, f"seen-{into}": await self._seen(into)}
            await self._moderate(waiting[-1], "merge", **given)

    async def _decline(self) -> None:
        waiting = self._waiting()
        if len(waiting) > 2:
            await self._moderate(waiting[-1], "decline", reason="Was answered last week.")

    async def _write(self) -> None:
        waiting = self._waiting()
        if len(waiting) > 2:
            await self._moderate(waiting[-1], "answer", answer="We **will** write about it soon.")

    async def _open_poll(self) -> None:
        await self._set_poll("open")

    async def _close_poll(self) -> None:
        await self._set_poll("closed")

    async def _set_poll(self, state: str) -> None:
        desk = (await self._get(f"{self.path}/desk")).text
        found = OPENED.search(desk)
        if found:
            await self._do(found[0], state=state)

    @property
    def _shown(self) -> Picture:
        if self.picture is None:
            raise NoAnswer("the host has not come in")
        return self.picture

    def _waiting(self) -> list[str]:
        """The open questions that are not on stage, best backed first."""
        shown = self._shown
        waiting = [number for number in shown.questions if number != shown.answering]
        return sorted(waiting, key=lambda number: (-shown.votes(number), number))

    def _best(self) -> str:
        return next(iter(self._waiting()), "")

    def _deed(self, number: str, name: str) -> str:
        return f"/halls/questions/{number}/{name}"

    async def _moderate(self, number: str, name: str, **fields: str) -> None:
        await self._do(self._deed(number, name), seen=await self._seen(number), **fields)

    async def _timed(self, state: str, path: str, number: str = "") -> None:
        fields = {"seen": await self._seen(number)} if number else {}
        click = time.monotonic()
        await self._do(path, **fields)
        self.scene.deeds.append((state, click, time.monotonic()))

    async def _seen(self, number: str) -> str:
        """The version of the question on the desk."""
        desk = (await self._get(f"{self.path}/desk")).text
        for question, version in SEEN.findall(desk):
            if question == number:
                return str(version)
        raise NoAnswer("a question is not on the desk")

    async def _do(self, path: str, **fields: str) -> None:
        """Send a form; a redirect is how they are all answered. Raises NoAnswer."""
        answer = await self.post(path, **fields)
        if answer.status not in (204, 302, 303):
            raise NoAnswer(f"{path} answered {answer.status}")
        self.scene.tally.counts[f"host: {path.rpartition('/')[2]}"] += 1
