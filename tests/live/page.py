"""A page as a browser shows it, without one: applies what the hub tells, as the client does.

The rules are those of the elements in `frontend/src`; the browser tests hold those to them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml.html import HtmlElement

from hallway.journal.position import START, Position
from tests.live import halls

SELECTOR = re.compile(r'([a-z-]+)?\[([a-z-]+)(?:(\^?)="([^"]*)")?\]|#([\w-]+)')
HAS = re.compile(r"body:has\((.+)\) #([\w-]+)")


class Page:
    """One page shown to somebody; `stale` once the client would read it anew."""

    def __init__(self, text: str, status: int = 200) -> None:
        self.status = status
        self.root = lxml.html.document_fromstring(text)
        self.waiting: dict[str, HtmlElement] = {}
        self.come: dict[str, set[int]] = {}
        self.gone: dict[str, set[int]] = {}
        self.stale = ""
        live = self.root.find(".//live-screen")
        self.ticket = live.get("ticket") if live is not None else ""
        self.position = Position.parse(live.get("position")) if live is not None else START
        self.seen: dict[str, Position] = {}
        block = self.root.get_element_by_id("mine", None)
        self.mine: dict[str, Any] = json.loads(block.text) if block is not None else {}

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message of the hub."""
        if "ready" in message or "ticket" in message:
            return
        if "s" not in message:
            self.stale = self.stale or json.dumps(message)
            return
        position = Position.parse(message["p"])
        before = self.seen.get(message["t"], self.position)
        if position <= before:
            return
        if message["q"] is not None and Position.parse(message["q"]) > before:
            self.stale = self.stale or f"gap in {message['t']}"
        self.seen[message["t"]] = position
        for stream in lxml.html.fragments_fromstring(message["s"]):
            self.apply(stream)

    def apply(self, stream: HtmlElement) -> None:
        """Do what one Turbo Stream says."""
        action, template = stream.get("action"), stream.find("template")
        content = list(template) if template is not None else []
        target = self.find(stream.get("target"))
        match action:
            case "replace":
                self._replace(stream.get("target"), target, content[0])
            case "append":
                where = self._where(stream.get("targets"))
                self._append(target if where is None else where, content)
            case "asked":
                halls.put(self.root, target, content[0])
            case "desk":
                halls.put_on_desk(self.root, stream.get("data-question"), (*content, None)[0])
            case "tally":
                of, name = stream.get("data-of"), stream.get("data-id")
                halls.tally(self.root, of, name, stream.get("data-count"))
            case "remove":
                self._remove(stream, target)
            case "fresh":
                self._offer(stream, content[0])
            case "mine":
                self._mark(stream)
            case "said" | "unsaid" | "read":
                self._converse(action, stream)
            case "refresh":
                self.stale = self.stale or "refresh"
            case "reread":
                where = stream.get("where")
                if not where or selected(self.root, where):
                    self.stale = self.stale or f"reread {where}"
            case _:
                raise AssertionError(f"no client knows the action {action}")

    def tap(self) -> None:
        """Tap the pill: what waits comes to the top."""
        for card in sorted(self.waiting.values(), key=place_of):
            for cards in self.lists():
                cards.insert(0, card)
        self.waiting.clear()

    @property
    def text(self) -> str:
        """All words on the page."""
        return str(self.root.text_content())

    def find(self, name: str | None) -> HtmlElement | None:
        """The element with this id."""
        return None if name is None else self.root.get_element_by_id(name, None)

    def _where(self, css: str | None) -> HtmlElement | None:
        """What `body:has(something) #something` finds, of other forms nothing."""
        match = HAS.fullmatch(css or "")
        if match is None or not selected(self.root, match[1]):
            return None
        return self.find(match[2])

    def lists(self) -> Iterator[HtmlElement]:
        """Where cards stand; a page has one stream at most."""
        yield from self.root.find_class("stream-cards")

    def unread(self) -> dict[str, int]:
        """The numbers beside the spaces, as they are shown."""
        counts = {row.get("space"): int(row.get("count")) for row in self.root.iter("unread-count")}
        return {
            space: max(0, count + len(self.come.get(space, ())) - len(self.gone.get(space, ())))
            for space, count in counts.items()
        }

    def _replace(self, name: str, target: HtmlElement | None, new: HtmlElement) -> None:
        if name.removeprefix("entry-") in self.waiting:
            self.waiting[name.removeprefix("entry-")] = new
        if target is None:
            return
        current = {row.get("id") for row in target.iter() if row.get("aria-current")}
        for row in new.iter():
            if row.get("id") in current:
                row.set("aria-current", "page")
        target.getparent().replace(target, new)
        if name == "your-spaces-list":
            for row in new.iter("unread-count"):
                self.gone.pop(row.get("space"), None)
                newest = int(row.get("newest"))
                come = self.come.get(row.get("space"), set())
                self.come[row.get("space")] = {place for place in come if place > newest}

    def _append(self, target: HtmlElement | None, content: list[HtmlElement]) -> None:
        if target is None:
            return
        for element in content:
            held = self.find(element.get("id"))
            if held is not None:
                held.drop_tree()
            target.append(element)

    def _remove(self, stream: HtmlElement, target: HtmlElement | None) -> None:
        if target is not None:
            target.drop_tree()
        entry = stream.get("data-entry")
        if entry is None:
            return
        self.waiting.pop(entry, None)
        row, place = self._row_of(stream), int(stream.get("data-place"))
        if row is None or place <= int(row.get("after")):
            return
        space = row.get("space")
        if place in self.come.get(space, ()):
            self.come[space].discard(place)
        elif place <= int(row.get("newest")):
            self.gone.setdefault(space, set()).add(place)

    def _offer(self, stream: HtmlElement, card: HtmlElement) -> None:
        self._count(stream)
        if int(stream.get("data-author")) == self.mine.get("me"):
            self._begin(stream)
        entry, place = stream.get("data-entry"), int(stream.get("data-place"))
        own = int(stream.get("data-author")) == self.mine.get("me")
        for cards in self.lists():
            if not belongs(stream, cards.getparent()) or self.find(f"entry-{entry}") is not None:
                continue
            shown = list(cards)
            if shown and place < place_of(shown[0]):
                after = [other for other in shown if place_of(other) < place]
                if after:
                    after[0].addprevious(card)
                elif not cards.getparent().find_class("stream-older"):
                    cards.append(card)
            elif own or not shown:
                cards.insert(0, card)
            else:
                self.waiting[entry] = card

    def _count(self, stream: HtmlElement) -> None:
        row, place = self._row_of(stream), int(stream.get("data-place"))
        if row is None or place <= int(row.get("after")):
            return
        space = row.get("space")
        if place in self.gone.get(space, ()):
            self.gone[space].discard(place)
        elif stream.get("data-back") or place > int(row.get("newest")):
            self.come.setdefault(space, set()).add(place)

    def _begin(self, stream: HtmlElement) -> None:
        """Comments on what one wrote oneself count as new."""
        entry = stream.get("data-entry")
        if stream.get("data-back"):
            self.stale = self.stale or "what one wrote is back, with what was new there"
        self.mine.setdefault("threads", {}).setdefault(entry, {"upto": int(entry), "fresh": []})

    def _converse(self, action: str, stream: HtmlElement) -> None:
        """What was said, is gone or was read in a conversation in which something may be new."""
        known = self.mine.setdefault("threads", {})
        thread = stream.get("data-thread")
        if action == "read":
            held = known.setdefault(thread, {"upto": 0, "fresh": []})
            held["upto"] = max(held["upto"], int(stream.get("data-upto")))
            held["fresh"] = [pk for pk in held["fresh"] if pk > held["upto"]]
        elif thread in known:
            pk = int(stream.get("data-entry"))
            others = {other for other in known[thread]["fresh"] if other != pk}
            own = int(stream.get("data-author")) == self.mine["me"]
            if action == "said" and not own and pk > known[thread]["upto"]:
                others.add(pk)
            known[thread]["fresh"] = sorted(others)

    def _row_of(self, stream: HtmlElement) -> HtmlElement | None:
        """The count of the space, unless the deed is one's own."""
        if int(stream.get("data-author")) == self.mine.get("me"):
            return None
        rows = selected(self.root, f'unread-count[space="{stream.get("data-space")}"]')
        return rows[0] if rows else None

    def recall(self, before: "Page") -> None:
        """A tab remembers what an earlier page said of entries that this one does not show."""
        shown = {each.get("data-entry") for each in selected(self.root, "[data-entry]")}
        held = [pk for pk in before.mine.get("saved", []) if str(pk) not in shown]
        if "saved" in self.mine:
            self.mine["saved"] = [*self.mine["saved"], *held]

    def _mark(self, stream: HtmlElement) -> None:
        entry, kind = stream.get("data-entry"), stream.get("data-kind")
        if not self.mine:
            return
        if kind is None:
            if "saved" not in self.mine:
                return  # a page without cards
            others = [pk for pk in self.mine["saved"] if str(pk) != entry]
            self.mine["saved"] = [*others, int(entry)] if stream.get("data-saved") else others
            return
        self.mine["reactions"].pop(entry, None)
        if kind:
            self.mine["reactions"][entry] = kind


def selected(root: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements of a CSS selector of the few forms that the hub uses."""
    found: list[HtmlElement] = []
    for part in css.split(", "):
        match = SELECTOR.fullmatch(part)
        assert match, f"a selector the tests do not know: {part}"
        tag, name, how, value, identity = match.groups()
        if identity:
            found += root.xpath("//*[@id=$value]", value=identity)
        elif how == "^":
            found += root.xpath(f"//{tag or '*'}[starts-with(@{name}, $value)]", value=value)
        elif value is not None:
            found += root.xpath(f"//{tag or '*'}[@{name}=$value]", value=value)
        else:
            found += root.xpath(f"//{tag or '*'}[@{name}]")
    return found


def belongs(stream: HtmlElement, offered_to: HtmlElement) -> bool:
    """Whether a list of cards takes this entry."""
    own = {"all", f"space:{stream.get('data-space')}", f"author:{stream.get('data-author')}"}
    own |= {f"tag:{tag}" for tag in stream.get("data-tags").split()}
    return bool(own & set(offered_to.get("topics").split()))


def place_of(card: HtmlElement) -> int:
    """Where a card stands among others."""
    return int(card.get("data-place"))
