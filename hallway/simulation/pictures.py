"""What screens show, as values: each state of the hall exists once, however many screens show it.

A screen holds a picture; a frame leads from one picture to the next. That step is computed once
for all screens that stand at the same picture and hear the same frame. Screens that missed
something hold another picture: nothing is shared but the arithmetic.
"""

import hashlib
import itertools
from collections.abc import Collection
from functools import cached_property, lru_cache
from typing import TypeVar

from hallway.simulation.reading import Change, Thing, Things, changes_in, things_in

K = TypeVar("K")

MOST_STEPS = 4096  # remembered; screens are seldom further apart


class Picture:
    """One state of a hall as a screen shows it. `key` is the hash of all of it."""

    __slots__ = ("__dict__", "key", "things")

    def __init__(self, things: Things, key: int) -> None:
        self.things = things
        self.key = key

    @cached_property
    def stage(self) -> str:
        """`announced`, `on_air` or `ended`."""
        return self._data("stage", "data-stage")

    @cached_property
    def answering(self) -> str:
        """The number of the question on stage, or ''."""
        return self._data("stage", "data-now")

    @cached_property
    def questions(self) -> list[str]:
        """The numbers of the questions that can be backed."""
        return [
            dict(thing.data)["data-question"]
            for name, thing in self.things.items()
            if name.startswith("question-")
            and dict(thing.data).get("data-state") in ("open", "on_stage")
        ]

    @property
    def questions_shown(self) -> list[str]:
        """The numbers of all questions with their words, settled ones included."""
        return [name[9:] for name in self.things if name.startswith("question-")]

    @cached_property
    def weights(self) -> list[int]:
        """For each question, running up, how likely somebody is to back it: as it has votes."""
        return list(itertools.accumulate(self.votes(number) + 3 for number in self.questions))

    @cached_property
    def polls(self) -> list[str]:
        """The numbers of the open polls."""
        return [
            name.removeprefix("poll-")
            for name, thing in self.things.items()
            if name.startswith("poll-") and dict(thing.data).get("data-state") == "open"
        ]

    def options(self, poll: str) -> list[str]:
        """The numbers of the answers of an open poll."""
        thing = self.things.get(f"poll-{poll}")
        return [value for name, value in thing.data if name == "option"] if thing else []

    @cached_property
    def present(self) -> int:
        """How many are there, as the stage says."""
        return next(
            (
                count
                for name, thing in self.things.items()
                if name.startswith("status-")
                for _, count in thing.counts
            ),
            0,
        )

    def votes(self, number: str) -> int:
        """The votes of a question as shown."""
        return dict(self.things[f"question-{number}"].counts).get(f"question {number}", 0)

    def differences(self, other: "Picture", kinds: Collection[str] = ()) -> list[str]:
        """What `other` shows differently, for people to read; only of the `kinds` given, if any."""
        return [
            f"{name}: {_shown(self.things.get(name))} instead of {_shown(other.things.get(name))}"
            for name in sorted(self.things.keys() | other.things.keys())
            if self.things.get(name) != other.things.get(name)
            and (not kinds or name.partition("-")[0] in kinds)
        ]

    def _data(self, kind: str, name: str) -> str:
        found = (thing for key, thing in self.things.items() if key.startswith(f"{kind}-"))
        thing = next(found, None)
        return "" if thing is None else dict(thing.data).get(name, "")


def asks_to_be_read(html: str, shown: str) -> bool:
    """Whether a frame has the page read anew that shows an element of the id `shown`."""
    return any(
        change.action == "refresh" or (change.action == "reread" and change.target in ("", shown))
        for change in _changes(html)
    )


class Pictures:
    """All pictures of one process, and the steps between them."""

    def __init__(self) -> None:
        self._known: dict[int, Picture] = {}
        self._pages: dict[str, Picture] = {}
        self._steps: dict[tuple[int, str], Picture] = {}

    def of_page(self, neutral: str) -> Picture:
        """The picture of a page just read."""
        found = self._pages.get(neutral)
        if found is None:
            found = _kept(self._pages, neutral, self._one(things_in(neutral)))
        return found

    def after(self, picture: Picture, html: str) -> Picture:
        """What a screen that shows `picture` shows when it has heard a frame."""
        found = self._steps.get((picture.key, html))
        if found is None:
            things = dict(picture.things)
            for change in _changes(html):
                _apply(change, things)
            found = _kept(self._steps, (picture.key, html), self._one(things))
        return found

    def _one(self, things: Things) -> Picture:
        key = 0
        for name, thing in things.items():
            key ^= _digest(name, thing)
        found = self._known.get(key)
        return found or _kept(self._known, key, Picture(things, key))


def _kept(held: dict[K, Picture], key: K, picture: Picture) -> Picture:
    if len(held) >= MOST_STEPS:
        del held[next(iter(held))]
    held[key] = picture
    return picture


@lru_cache(maxsize=512)
def _changes(html: str) -> list[Change]:
    return changes_in(html)


@lru_cache(maxsize=8192)
def _digest(name: str, thing: Thing) -> int:
    text = repr((name, *thing)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")


def _apply(change: Change, things: Things) -> None:
    """Change the things as the page's script would."""
    match change.action:
        case "replace":
            _replace(change, things)
        case "remove":
            if change.target in things:
                _drop(things, change.target)
        case "append" | "prepend" | "asked":
            if change.target in things:
                _insert(change, things)
        case "tally":
            _count(change, things)


def _replace(change: Change, things: Things) -> None:
    old = things.get(change.target)
    if old is None:
        return
    _drop(things, change.target)
    for name, thing in change.things.items():
        things[name] = thing._replace(within=(*old.within, *thing.within))


def _insert(change: Change, things: Things) -> None:
    place = (*things[change.target].within, change.target)
    for name, thing in change.things.items():
        if name in things:
            _drop(things, name)
        things[name] = thing._replace(within=(*place, *thing.within))


def _drop(things: Things, name: str) -> None:
    del things[name]
    for other in [other for other, thing in things.items() if name in thing.within]:
        del things[other]


def _count(change: Change, things: Things) -> None:
    name, count = change.number
    names = (name, f"{name} sorted")
    for key, thing in things.items():
        if any(of in names for of, _ in thing.counts):
            things[key] = thing._replace(
                counts=tuple((of, count if of in names else held) for of, held in thing.counts)
            )


def _shown(thing: Thing | None) -> str:
    if thing is None:
        return "nothing"
    return f"{dict(thing.data)} {thing.words[:60]!r} {dict(thing.counts)}"
