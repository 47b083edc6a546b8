"""Scripted colleagues who go on working while somebody watches, through everybody's doors.

They post, comment, react and follow every ten to twenty seconds, one at a time, in threads that
make sense, and answer when one of the three demo people writes. Nothing is said twice within an
hour, not even over a restart.
"""

import http.client
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from hallway.demo.browsing import Browser, Refused, cards, words_of
from hallway.demo.cast import leading_roles
from hallway.demo.conversations import Scene, actors, places, remarks, scenes
from hallway.demo.founding import PASSWORD

log = logging.getLogger(__name__)

BEFORE_FIRST = 5.0
"""Seconds until the first deed, a post that everybody sees, so that one need not wait for life."""
PAUSE = (10.0, 20.0)
"""Seconds between two deeds."""
AFTER_FAILURE = (5.0, 15.0, 60.0)
"""Seconds to wait after the first, second … failure in a row, while the server is away."""
HOUR = 3600.0

_KINDS = ("like", "like", "like", "love", "celebrate", "laugh", "insightful", "support")
_GERMAN = {"und", "der", "die", "das", "ich", "nicht", "ist", "wir", "ein", "eine", "mit", "für"}

Deed = Callable[[], None]


class Memory:
    """When each text was last said, kept in a file so that a restart repeats nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._said: dict[str, float] = {}
        if path.exists():
            self._said = json.loads(path.read_text("utf-8"))

    def is_fresh(self, *texts: str) -> bool:
        """Whether none of `texts` was said within the last hour."""
        return all(self._said.get(text, 0.0) < time.time() - HOUR for text in texts)

    def note(self, text: str) -> None:
        """`text` is being said now."""
        now = time.time()
        self._said = {old: when for old, when in self._said.items() if when > now - HOUR}
        self._said[text] = now
        self._path.write_text(json.dumps(self._said), "utf-8")


class Colleagues:
    """All scripted colleagues of one server; `memory` is the file of what they said."""

    def __init__(self, address: str, memory: Path, dice: Random | None = None) -> None:
        self._dice = dice or Random()
        self._memory = Memory(memory)
        emails = {role.key: role.email for role in leading_roles()}
        self._browsers = {key: Browser(address, emails[key], PASSWORD) for key in actors()}
        self._watchers = {role.key for role in leading_roles() if role.part}
        self._names = {place.key: place.name for place in places()}
        self._answered: set[int] | None = None
        self._deeds = self._all_deeds()

    def run(self, stop: threading.Event) -> None:
        """Do one thing after the other until `stop` is set; a server that is away is awaited."""
        failures = 0
        pause = BEFORE_FIRST
        while not stop.wait(pause):
            try:
                self.step()
            except (OSError, http.client.HTTPException, Refused) as error:
                pause = AFTER_FAILURE[min(failures, len(AFTER_FAILURE) - 1)]
                failures += 1
                log.info("a colleague of the demo waits: %s", error)
            else:
                failures = 0
                pause = self._dice.uniform(*PAUSE)

    def step(self) -> None:
        """Do one thing: answer what a demo person wrote, else the next deed of the day.

        Raises what `browsing.Browser` raises.
        """
        if not self._answer():
            next(self._deeds)()

    def play(self, scene: Scene) -> Iterator[Deed]:
        """The deeds of one scene: the post, then replies with reactions between them."""
        entry: list[int] = []

        def begin() -> None:
            self._memory.note(scene.text)
            entry.append(self._browsers[scene.by].post(self._names[scene.space], scene.text))

        yield begin
        others = [key for key in self._browsers if key != scene.by]
        for who, text in scene.replies:
            for reader in self._dice.sample(others, self._dice.choice((0, 1, 1, 2))):
                yield self._reaction(reader, entry)
            yield self._reply(who, text, entry)
        yield self._reaction(self._dice.choice(others), entry)

    def _all_deeds(self) -> Iterator[Deed]:
        order = scenes()
        while True:
            self._dice.shuffle(order)
            order.sort(key=lambda scene: scene.space != "company" or not self._is_fresh(scene))
            self._dice.shuffle(tail := order[1:])
            order[1:] = tail
            for scene in order:
                if self._is_fresh(scene):
                    yield from self.play(scene)
                yield from self._wander()

    def _is_fresh(self, scene: Scene) -> bool:
        return self._memory.is_fresh(scene.text, *(text for _, text in scene.replies))

    def _wander(self) -> Iterator[Deed]:
        """What people do between conversations."""
        for _ in range(self._dice.randint(2, 4)):
            yield self._dice.choice((self._react_somewhere, self._react_somewhere, self._follow))

    def _reaction(self, reader: str, entry: list[int]) -> Deed:
        def do() -> None:
            if entry:  # the post may have failed while the server was away
                self._browsers[reader].react(entry[0], self._dice.choice(_KINDS))

        return do

    def _reply(self, who: str, text: str, entry: list[int]) -> Deed:
        def do() -> None:
            if entry:
                self._memory.note(text)
                self._browsers[who].comment(entry[0], text)

        return do

    def _react_somewhere(self) -> None:
        key = self._dice.choice(list(self._browsers))
        seen = [pk for pk, author in cards(self._browsers[key].read("/")) if author != key]
        if seen:
            self._browsers[key].react(self._dice.choice(seen[:8]), self._dice.choice(_KINDS))

    def _follow(self) -> None:
        key = self._dice.choice(list(self._browsers))
        others = [role.key for role in leading_roles() if role.kind == "employee"]
        others.remove(key)
        self._browsers[key].follow(self._dice.choice(others))

    def _answer(self) -> bool:
        """Answer the newest post of a demo person, if there is a new one; returns whether.

        What stood there at the start is left alone.
        """
        key = self._dice.choice(list(self._browsers))
        page = self._browsers[key].read("/")
        theirs = {pk for pk, author in cards(page) if author in self._watchers}
        if self._answered is None:
            self._answered = theirs
        new = sorted(theirs - self._answered)
        if not new:
            return False
        self._answered.add(new[-1])
        words = set(words_of(page, new[-1]).lower().split())
        fitting = remarks()["de" if len(words & _GERMAN) > 1 else "en"]
        fresh = [text for text in fitting if self._memory.is_fresh(text)]
        self._browsers[key].react(new[-1], self._dice.choice(_KINDS))
        if fresh:
            text = self._dice.choice(fresh)
            self._memory.note(text)
            self._browsers[key].comment(new[-1], text)
        return True
