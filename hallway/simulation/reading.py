"""What stands in a hall page, and in the frames that change it, without a browser.

Only what tells of the hall is kept: elements of the ids in `KINDS`, each with its data
attributes, its words and its counts. How it looks, in which order a list stands and what a
browser settles for its reader is left out.
"""

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any, NamedTuple

LISTS = ("questions", "answered", "polls", "hall", "on")
KINDS = ("question", "answered", "poll", "stage", "status", "ask", "cheers", "declined", "air")
# On a fresh page only, or told by a count.
PASSED_BY = {"data-fresh", "data-votes", "data-similar", "data-asked", "data-held"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}

_NAME = re.compile(rf"({'|'.join({*LISTS, *KINDS})})-(\d+|air)")
_HALL = re.compile(r"<town-hall\b.*?</town-hall>", re.DOTALL)
# What is the reader's own inside: with a token that is another one each time.
_OWN = re.compile(r'<form id="asking".*?</form>|<ul class="yours".*?</ul>', re.DOTALL)
_AIR = re.compile(r'<div id="on-air".*?</div>', re.DOTALL)
_LIVE = re.compile(r'<live-screen ticket="([^"]+)" position="([^"]+)"')
_MINE = re.compile(r'<script id="mine" type="application/json">(.*?)</script>', re.DOTALL)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Thing(NamedTuple):
    """One element: the known elements around it, its data, its words, its counts by name."""

    within: tuple[str, ...]
    data: tuple[tuple[str, str], ...]
    words: str
    counts: tuple[tuple[str, int], ...]


Things = dict[str, Thing]


class Change(NamedTuple):
    """One Turbo Stream: what it does, to which element, with which things or which count.

    For `reread` the element is the one whose pages are to be read anew; '' means every page.
    """

    action: str
    target: str
    things: Things
    number: tuple[str, int]


class NotTheHall(Exception):
    """The page is not that of the hall; the text says what it lacks."""


class Page(NamedTuple):
    """A page just read: the part that is the same for everybody, and what is the reader's own."""

    neutral: str
    ticket: str
    position: str
    token: str
    mine: dict[str, Any]


def read_page(text: str) -> Page:
    """Take a hall page apart. Raises NotTheHall for any other page."""
    hall, live, mine = _HALL.search(text), _LIVE.search(text), _MINE.search(text)
    token, air = _TOKEN.search(text), _AIR.search(text)
    if hall is None or live is None or mine is None or token is None:
        raise NotTheHall("this is no page of a town hall for somebody who is signed in")
    neutral = (air[0] if air else "") + _OWN.sub("", hall[0])
    return Page(neutral, live[1], live[2], token[1], json.loads(mine[1]))


def things_in(html: str) -> Things:
    """The things of a piece of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


def changes_in(html: str) -> list[Change]:
    """The Turbo Streams of a frame, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finished()
    return reader.changes


class _Reader(HTMLParser):
    """Collects things, and Turbo Streams with the things in them."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []
        self._stack: list[tuple[str, str, str]] = []  # tag, name of a thing, name of a count
        self._lists: set[str] = set()
        self._data: dict[str, tuple[tuple[str, str], ...]] = {}
        self._within: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, list[str]] = {}
        self._counts: dict[str, dict[str, str]] = {}
        self._stream: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "turbo-stream":
            self.finished()
            self._stream = given
        name = given.get("id", "")
        if not _NAME.fullmatch(name):
            name = ""
        else:
            self._begin(name, tag, given)
        if tag == "button" and given.get("name") == "option":
            self._offer(given.get("value", ""))
        if tag not in VOID:
            self._stack.append((tag, name, _count_of(given)))

    def handle_startendtag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        """Icons end themselves and say nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass
        if tag == "turbo-stream" and self._stream is not None:
            self.changes.append(_change(self._stream, self.finished()))
            self._stream = None

    def handle_data(self, data: str) -> None:
        thing = next((name for _, name, _ in reversed(self._stack) if name), "")
        if not thing or thing in self._lists:
            return
        count = next((count for _, _, count in reversed(self._stack) if count), "")
        if count:
            counts = self._counts[thing]
            counts[count] = counts.get(count, "") + data
        else:
            self._words[thing].append(data)

    def _offer(self, option: str) -> None:
        """Note an answer of the open poll around it."""
        poll = next((name for _, name, _ in reversed(self._stack) if name.startswith("poll-")), "")
        if poll:
            self._data[poll] = (*self._data[poll], ("option", option))

    def finished(self) -> Things:
        """The things up to here; begins anew."""
        things = {
            name: Thing(
                self._within[name],
                data,
                " ".join("".join(self._words[name]).split()),
                tuple(sorted((of, _number(text)) for of, text in self._counts[name].items())),
            )
            for name, data in self._data.items()
        }
        for kept in (self._data, self._within, self._words, self._counts):
            kept.clear()
        self._stack = []
        return things

    def _begin(self, name: str, tag: str, given: dict[str, str]) -> None:
        self._within[name] = tuple(around for _, around, _ in self._stack if around)
        self._words[name] = []
        self._counts[name] = {}
        self._data[name] = ()
        # The list of what was answered is called as its lines are.
        if name.partition("-")[0] in LISTS and tag != "li":
            self._lists.add(name)
            return
        self._data[name] = tuple(
            sorted(
                (key, value)
                for key, value in given.items()
                if key.startswith("data-") and key not in PASSED_BY
            )
        )
        # Shown beside the words as well, and sorted by.
        if "data-votes" in given:
            self._counts[name][f"question {given['data-question']} sorted"] = given["data-votes"]


def _count_of(given: dict[str, str]) -> str:
    """The name of the number that an element shows, or ''."""
    name = given.get("id", "")
    if name.startswith("votes-"):
        return f"question {name[6:]}"
    if "data-votes-of" in given:
        return f"question {given['data-votes-of']}"
    if "data-cheer" in given:
        return f"cheer {given['data-cheer']}"
    if name.startswith("present-") or "data-present" in given:
        return "present"
    return ""


def _change(stream: dict[str, str], things: Things) -> Change:
    count = ("", 0)
    if stream.get("action") == "tally":
        of, what = stream.get("data-of", ""), stream.get("data-id", "")
        name = of if of == "present" else f"{of} {what}"
        count = (name, _number(stream.get("data-count", "")))
    # The bar above the pages is the one thing that is aimed at with a selector.
    targets = stream.get("targets") or stream.get("where", "")
    target = stream.get("target") or targets.rpartition("#")[2]
    return Change(stream.get("action", ""), target, things, count)


def _number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)) or 0)
