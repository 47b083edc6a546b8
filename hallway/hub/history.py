"""The last minutes of frames, from which a screen that was away is caught up."""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hallway.hub import wire
from hallway.journal.position import Position

MOST_FRAMES = 20_000
MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 600.0
MOST_TOPICS = 200_000
CATCH_UP_BYTES = 128 * 1024  # half of what a connection may have waiting

INSERTING = ("fresh", "asked", "append", "prepend", "before", "after")


@dataclass(frozen=True, slots=True)
class Part:
    """One change to one thing on the page: `target` names the thing, `html` has each language.

    A later part of the same target supersedes an earlier one. An insertion, however, is superseded
    only by another one or by a removal: to replace what was never inserted would show nothing.
    """

    target: str
    html: Mapping[str, str]

    @property
    def action(self) -> str:
        """The Turbo Stream action, read from the first tag."""
        html = next(iter(self.html.values()), "")
        _, _, rest = html[:200].partition('action="')
        return rest.partition('"')[0]

    def in_language(self, language: str) -> str:
        """The HTML in `language`, or in the first language there is."""
        found = self.html.get(language)
        return found if found is not None else next(iter(self.html.values()))


@dataclass(slots=True)
class Frame:
    """What one deed changes on the screens of one topic, encoded once for each language."""

    topic: str
    position: Position
    previous: Position | None
    parts: tuple[Part, ...]
    encoded: dict[str, bytes] = field(default_factory=dict)
    size: int = 0
    at: float = 0.0
    replay: dict[str, bytes] = field(default_factory=dict)

    def encode(self) -> "Frame":
        """Encode for every language that any part has. Returns itself."""
        languages = {language for part in self.parts for language in part.html}
        self.encoded = {
            language: self._bytes(language, self.parts, self.previous) for language in languages
        }
        # Once for the words, once for the replay that may be made of them.
        self.size = 2 * sum(map(len, self.encoded.values())) + 500
        return self

    def in_language(self, language: str) -> bytes:
        """The bytes for screens in `language`, or in the first language there is."""
        found = self.encoded.get(language)
        return found if found is not None else next(iter(self.encoded.values()))

    def again(self, language: str, parts: tuple[Part, ...]) -> bytes:
        """The bytes for catching up: no previous position, since frames may have been left out."""
        if len(parts) < len(self.parts):
            return self._bytes(language, parts, None)
        if language not in self.replay:
            if len(self.replay) > 8:
                self.replay.clear()
            self.replay[language] = self._bytes(language, parts, None)
        return self.replay[language]

    def _bytes(self, language: str, parts: tuple[Part, ...], previous: Position | None) -> bytes:
        return wire.message(
            {
                "t": self.topic,
                "p": str(self.position),
                "q": None if previous is None else str(previous),
                "s": "".join(part.in_language(language) for part in parts),
            }
        )


class History:
    """A ring of frames in order, bounded by number, bytes and age. Lives in the loop's thread."""

    def __init__(self, start: Position) -> None:
        self._start = start
        self._frames: deque[Frame] = deque()
        self._topics: dict[str, deque[Frame]] = {}
        self._missing: dict[str, Position] = {}
        self._forgotten: dict[str, Position] = {}
        self._bytes = 0

    def hold(self, frame: Frame) -> None:
        """Keep a frame that has been told, and let go of the oldest."""
        frame.encoded = {}
        frame.at = time.monotonic()
        if frame.position < self._floor(frame.topic):
            return
        self._frames.append(frame)
        self._topics.setdefault(frame.topic, deque()).append(frame)
        self._bytes += frame.size
        self.trim()

    def trim(self) -> None:
        """Let go of what is too much or too old."""
        oldest = time.monotonic() - MOST_SECONDS
        while self._frames and (
            len(self._frames) > MOST_FRAMES
            or self._bytes > MOST_BYTES
            or self._frames[0].at < oldest
        ):
            frame = self._frames.popleft()
            self._bytes -= frame.size
            held = self._topics.get(frame.topic)
            # A forgotten topic's frames stay in the ring until their turn comes.
            if held and held[0] is frame:
                held.popleft()
                self._missing[frame.topic] = frame.position
                if not held:
                    del self._topics[frame.topic]
        if len(self._missing) > MOST_TOPICS:
            self._start = max(self._missing.values())
            self._missing.clear()

    def forget(self, what: str, position: Position) -> None:
        """Never tell again what a topic, or a kind of topics ("author:"), said before `position`.

        For deeds that change who may see what was told: a screen admitted today must not be
        caught up with what it could not have seen.
        """
        self._forgotten[what] = max(position, self._forgotten.get(what, position))
        if what.endswith(":"):
            for topic in [topic for topic in self._topics if topic.startswith(what)]:
                del self._topics[topic]
        else:
            self._topics.pop(what, None)
        if len(self._forgotten) > MOST_TOPICS:
            self._start = max(self._forgotten.values())
            self._forgotten.clear()

    def last(self, topic: str) -> Position | None:
        """The position of the newest frame held of `topic`."""
        held = self._topics.get(topic)
        return held[-1].position if held else None

    def missed(self, topics: Iterable[str], since: Position, language: str) -> bytes | None:
        """All that changed on `topics` after `since`, in order, each thing only as it is now.

        Returns None when that is no longer held, or is so much that reading the page anew is
        cheaper.
        """
        found: list[tuple[Position, bytes]] = []
        for topic in topics:
            if since < self._floor(topic):
                return None
            for frame, parts in self._surviving(topic, since):
                found.append((frame.position, frame.again(language, parts)))
        found.sort(key=lambda pair: pair[0])
        if sum(len(data) for _, data in found) > CATCH_UP_BYTES:
            return None
        return b"".join(data for _, data in found)

    def _surviving(self, topic: str, since: Position) -> Iterable[tuple[Frame, tuple[Part, ...]]]:
        covered: set[str] = set()
        settled: set[str] = set()
        for frame in reversed(self._topics.get(topic, ())):
            if frame.position <= since:
                return
            kept = []
            for part in reversed(frame.parts):
                if part.target in settled:
                    continue
                action = part.action
                if action in INSERTING or action == "remove":
                    settled.add(part.target)
                elif part.target in covered:
                    continue
                covered.add(part.target)
                kept.append(part)
            if kept:
                yield frame, tuple(reversed(kept))

    def _floor(self, topic: str) -> Position:
        kind = topic.partition(":")[0] + ":"
        return max(
            self._start,
            self._missing.get(topic, self._start),
            self._forgotten.get(topic, self._start),
            self._forgotten.get(kind, self._start),
        )
