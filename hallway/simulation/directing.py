"""The process that starts the crowds, watches them, and adds up what they bring home."""

import asyncio
import contextlib
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, TypeAlias

from hallway.simulation.crowd import Part, be_crowd
from hallway.simulation.door import Door
from hallway.simulation.guest import TROUBLE, Guest, said
from hallway.simulation.house import House, NotForSimulation, share_of
from hallway.simulation.measures import Tally
from hallway.simulation.scene import Outcome, Rules, Scene

LOOK_SECONDS = 0.25
STALLED_SECONDS = 60.0  # without anybody coming in, the doors are opened for those who are there
PATIENCE_SECONDS = 300.0  # beyond the time planned


class Failed(Exception):
    """The play came to no end; the text says why."""


@dataclass
class Watched:
    """What whoever watches is shown: the stage of the play, and all counts up to now."""

    phase: str = "arriving"
    tally: Tally = field(default_factory=Tally)
    began: float = field(default_factory=time.monotonic)
    arrived: float = 0.0
    opened: float = 0.0


Watch = Callable[[Watched], None]
Pipe: TypeAlias = "Connection[Any, Any]"


async def require_marked(house: House, rules: Rules) -> None:
    """Raise NotForSimulation unless the instance at the address is the one that was marked.

    Its host must be let in by the session of the mark, and the instance must name the life of its
    journal as the mark does. Nothing is written before.
    """
    scene = Scene(rules, Door(rules.url))
    guest = Guest(*house.host, 0, scene)
    with contextlib.ExitStack() as ending:
        ending.callback(guest.leave)
        ending.callback(setattr, scene, "over", True)
        try:
            await guest.look_in()
        except TROUBLE as error:
            raise NotForSimulation(
                f"{rules.url} does not know the people of this simulation ({said(error)})."
                " Only an instance that was made for simulations is played against."
            ) from error
        if guest.incarnation != house.incarnation:
            raise NotForSimulation(
                f"{rules.url} is another instance than the one that was marked for simulation."
            )
        if guest.picture is None or guest.picture.stage != "announced":
            raise NotForSimulation(
                "This town hall has begun already: it can be played once. Make a new company."
            )


def play(
    house: House,
    rules: Rules,
    *,
    share: tuple[int, int] = (1, 1),
    processes: int = 2,
    by_pages: bool = False,
    watch: Watch = lambda _: None,
) -> tuple[Outcome, Watched]:
    """Play the scene with the people of `share`; the first simulator also plays the host.

    Raises NotForSimulation before anything was done, and Failed.
    """
    asyncio.run(require_marked(house, rules))
    parts = _parts(house, rules, share, processes, by_pages=by_pages)
    with _crowds(parts) as pipes:
        return Direction(parts, pipes, watch).run()


class Direction:
    """One play over all processes."""

    def __init__(
        self, parts: Sequence[Part], pipes: Sequence["tuple[Pipe, Pipe]"], watch: Watch
    ) -> None:
        self._parts = parts
        self._words = [words for words, _ in pipes]
        self._pipes = [news for _, news in pipes]
        self._watch = watch
        self._watched = Watched()
        self._tallies: dict[int, Tally] = {}
        self._stages: dict[int, set[str]] = {}
        self._compared = 0
        self._outcomes: list[Outcome] = []
        self._people = sum(len(part.people) for part in parts)
        self._rules = parts[0].rules
        self._inside, self._moved = 0, time.monotonic()

    def run(self) -> tuple[Outcome, Watched]:
        """Until every process has brought its part home. Raises Failed."""
        self._until(self._all_in)
        self._watched.arrived = time.monotonic()
        self._say("open")
        self._until(lambda: self._all_show("on_air"))
        self._phase("on air")
        self._watched.opened = time.monotonic()
        self._until(self._is_over, self._rules.seconds)
        self._phase("comparing")
        self._say("compare")
        self._until(lambda: self._compared == len(self._pipes))
        self._say("end")
        self._until(lambda: self._all_show("ended"))
        self._phase("comparing after the end")
        self._say("settle")
        self._until(lambda: len(self._outcomes) == len(self._pipes))
        self._say("stop")
        return _joined(self._outcomes), self._watched

    def _until(self, reached: Callable[[], bool], planned: float = 0.0) -> None:
        deadline = time.monotonic() + planned + PATIENCE_SECONDS
        while not reached():
            # Arriving takes as long as it takes; who stalls is seen to in `_all_in`.
            if self._watched.phase != "arriving" and time.monotonic() > deadline:
                raise Failed(f"The play got stuck while {self._watched.phase}.")
            for pipe in wait(self._pipes, LOOK_SECONDS):
                self._take(self._pipes.index(pipe))  # type: ignore[arg-type]
            self._watched.tally = Tally()
            for tally in self._tallies.values():
                self._watched.tally.join(tally)
            self._watch(self._watched)

    def _take(self, number: int) -> None:
        try:
            kind, value = self._pipes[number].recv()
        except EOFError as error:
            raise Failed("A process of the simulation ended before its time.") from error
        if kind == "done":
            self._outcomes.append(value)
        elif kind == "compared":
            self._compared += 1
        elif kind == "failed":
            raise Failed(f"The play was given up: {value}")
        else:
            self._tallies[number], self._stages[number] = value

    def _all_show(self, stage: str) -> bool:
        """Whether each process has a screen that shows this stage, or a later one."""
        reached = {stage, "ended"}
        return len(self._stages) == len(self._pipes) and all(
            stages & reached for stages in self._stages.values()
        )

    def _is_over(self) -> bool:
        return time.monotonic() > self._watched.opened + self._rules.seconds

    def _all_in(self) -> bool:
        """Whether everybody has come, or nobody comes any more."""
        inside, now = self._watched.tally.inside, time.monotonic()
        if inside != self._inside:
            self._inside, self._moved = inside, now
        everybody = self._people + sum(part.host is not None for part in self._parts)
        if inside >= everybody:
            return True
        return now - self._moved > (STALLED_SECONDS if inside else PATIENCE_SECONDS)

    def _phase(self, name: str) -> None:
        self._watched.phase = name

    def _say(self, word: str) -> None:
        for pipe in self._words:
            pipe.send(word)


def _parts(
    house: House, rules: Rules, share: tuple[int, int], processes: int, *, by_pages: bool
) -> list[Part]:
    people = share_of(house.people, share)
    parts = []
    for number in range(processes):
        part = people[number::processes]
        # Numbers apart from those of other processes, for addresses and dice.
        first = (share[0] - 1) * 1_000_000 + number * 100_000 + 1
        host = house.host if number == 0 and share[0] == 1 else None
        parts.append(Part(rules, part, first, host, by_pages))
    return [part for part in parts if part.people or part.host]


@contextlib.contextmanager
def _crowds(parts: Sequence[Part]) -> Iterator[list["tuple[Pipe, Pipe]"]]:
    """Run a process for each part; yields where to say words and to hear news of each.

    They end with the block.
    """
    context = multiprocessing.get_context("spawn")
    processes, pipes = [], []
    try:
        for part in parts:
            heard, words = context.Pipe(duplex=False)
            news, told = context.Pipe(duplex=False)
            process = context.Process(target=be_crowd, args=(part, heard, told), daemon=True)
            process.start()
            heard.close()
            told.close()
            processes.append(process)
            pipes.append((words, news))
        yield pipes
    finally:
        for words, news in pipes:
            words.close()  # means `stop` to those who have not been told
            news.close()
        for process in processes:
            process.join(timeout=10)
            if process.is_alive():
                process.terminate()
                process.join()


def _joined(outcomes: Sequence[Outcome]) -> Outcome:
    whole = Outcome()
    for each in outcomes:
        whole.tally.join(each.tally)
        whole.votes += each.votes
        whole.ballots += each.ballots
        whole.doubtful += each.doubtful
        whole.deeds += each.deeds
        whole.screens += each.screens
        whole.right += each.right
        whole.wrong += each.wrong
        whole.missing += each.missing
        whole.cpu += each.cpu
        for position, screens in each.told.items():
            whole.told.setdefault(position, Counter()).update(screens)
        for state, moments in each.heard.items():
            if state in whole.heard:
                whole.heard[state].extend(moments)
            else:
                whole.heard[state] = moments
    return whole
