"""What simulated people do while a town hall is on air: planned from the seed, done in order.

They ask, back questions, cheer, answer the poll, leave and come back, and lose their connection
in the middle of a vote.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from random import Random
from typing import Any

from hallway.simulation.guest import TROUBLE, Guest, said
from hallway.simulation.scene import Rules

TAKING_BACK = 0.1  # of the votes are for taking one back
WAITING = 0.3  # of the time on air, for the poll to open
LOOKING_SECONDS = 0.25
CHEERS = ("clap", "clap", "clap", "heart", "idea", "laugh")

_ABOUT = (
    "the travel tools", "the new office", "parental leave", "the claims portal", "home office",
    "the pension plan", "our data centre", "the merger", "the training budget", "the canteen",
    "the bonus rules", "open positions", "the customer survey", "our climate goals",
)  # fmt: skip
_ASKED = (
    "When will we hear more about {}?",
    "Who decides about {}, and by when?",
    "What changes for our teams with {}?",
    "Why does it take so long with {}?",
    "How do we find out what was learned from {}?",
)

Deed = Callable[[], Coroutine[Any, Any, None]]
Plan = list[tuple[float, str]]


def plan_of(dice: Random, rules: Rules) -> Plan:
    """What one person does and when, in seconds from the opening of the doors."""
    last = rules.seconds * 0.95
    moments = [(at, "vote") for at in _gaps(dice, rules.votes, last)]
    moments += [(at, "cheer") for at in _gaps(dice, rules.cheers, last)]
    if dice.random() < rules.asked / rules.people:
        moments.append((dice.uniform(0.0, 0.6) * rules.seconds, "ask"))
    if dice.random() < rules.polled:
        moments.append((dice.uniform(0.5, 0.7) * rules.seconds, "choose"))
    way = dice.random()
    if way < rules.leaving:
        moments.append((dice.uniform(0.1, 0.7) * rules.seconds, "leave"))
    elif way < rules.leaving + rules.losing:
        moments.append((dice.uniform(0.1, 0.8) * rules.seconds, "lose"))
    return sorted(moments)


def question(dice: Random) -> str:
    """Words to ask; not twice the same."""
    return f"{dice.choice(_ASKED).format(dice.choice(_ABOUT))} ({dice.getrandbits(24):06x})"


class Player:
    """Plays one guest from the arrival to the end."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        self.backed: set[int] = set()
        self._deeds: dict[str, Deed] = {
            "vote": self._vote,
            "cheer": self._cheer,
            "ask": self._ask,
            "choose": self._choose,
            "leave": self._leave,
            "lose": self._lose,
        }

    async def play(self) -> None:
        """Arrive, wait for the doors to open, do all that is planned; what goes wrong is noted."""
        guest, rules = self.guest, self.guest.scene.rules
        try:
            await asyncio.sleep(guest.dice.uniform(0, rules.arrive))
            await guest.enter()
            await guest.opened.wait()
            began = time.monotonic()
            # Dice of its own: how often somebody had to try before must not change the plan.
            dice = Random(f"plan {rules.seed} {guest.number}")  # noqa: S311 - no secret
            for at, name in plan_of(dice, rules):
                await asyncio.sleep(max(0.0, began + at - time.monotonic()))
                if guest.picture is None or guest.picture.stage == "ended":
                    return
                await self._deeds[name]()
        except TROUBLE as error:
            guest.scene.tally.errors[f"gave up: {said(error)}"] += 1

    async def _vote(self) -> None:
        guest = self.guest
        picture = guest.picture
        if picture is None or not picture.questions:
            return
        shown = [number for number in self.backed if str(number) in picture.questions]
        if shown and guest.dice.random() < TAKING_BACK:
            await self._wish(guest.dice.choice(sorted(shown)), False)
            return
        (number,) = guest.dice.choices(picture.questions, cum_weights=picture.weights)
        if int(number) not in self.backed:
            await self._wish(int(number), True)

    async def _wish(self, number: int, on: bool) -> None:
        guest = self.guest
        outcome, again = await guest.send({"vote": number, "on": on}, "vote")
        if outcome == "done":
            guest.scene.votes.append((guest.person, number, on))
            (self.backed.add if on else self.backed.discard)(number)
        elif again:
            guest.scene.doubtful.append((guest.person, number))

    async def _cheer(self) -> None:
        dice = self.guest.dice
        message = {"cheer": dice.choice(CHEERS), "n": dice.randint(1, 3)}
        await self.guest.send(message, "cheer")

    async def _choose(self) -> None:
        """Answer the poll; where the host takes longer than planned, wait for it for a while."""
        guest = self.guest
        patience = time.monotonic() + WAITING * guest.scene.rules.seconds
        while guest.picture is None or not guest.picture.polls:
            if time.monotonic() > patience:
                return
            await asyncio.sleep(LOOKING_SECONDS)
        picture = guest.picture
        poll = picture.polls[0]
        option = int(guest.dice.choice(picture.options(poll)))
        outcome, _ = await guest.send({"poll": int(poll), "option": option}, "ballot")
        if outcome == "done":
            guest.scene.ballots.append((guest.person, int(poll), option))

    async def _ask(self) -> None:
        guest = self.guest
        began = time.monotonic()
        answer = await guest.post(f"{guest.path}/questions", text=question(guest.dice))
        guest.scene.tally.time("question", time.monotonic() - began)
        if answer.status in (204, 302):
            guest.scene.tally.counts["question done"] += 1
        else:
            guest.scene.tally.errors[f"a question was answered with {answer.status}"] += 1

    async def _leave(self) -> None:
        guest = self.guest
        guest.leave()
        guest.scene.tally.counts["left and came back"] += 1
        await asyncio.sleep(guest.dice.uniform(0.05, 0.15) * guest.scene.rules.seconds)
        await guest.enter()

    async def _lose(self) -> None:
        """Lose the connection with a vote under way: it must count once, whenever it arrived."""
        guest = self.guest
        voting = asyncio.create_task(self._vote())
        await asyncio.sleep(guest.dice.uniform(0, 0.02))
        guest.cut()
        guest.scene.tally.counts["lost the connection"] += 1
        await voting


def _gaps(dice: Random, rate: float, last: float) -> Iterator[float]:
    """Moments up to `last`, `rate` a second on average, as independent people choose them."""
    at = dice.expovariate(rate) if rate > 0 else last
    while at < last:
        yield at
        at += dice.expovariate(rate)
