"""What two pages must agree about: cards, conversations, counts, bells, menu, lists of people."""

import re
from typing import Any

import lxml.html
from lxml.html import HtmlElement

from tests.live.halls import state_of_hall
from tests.live.page import Page, selected

COMPARED = (
    "bell",
    "bottom-bell",
    "your-spaces-list",
)
CLASSES = ("stream-cards", "conversation", "banner", "rows")


def state_of(page: Page) -> dict[str, Any]:
    """What the page says, by part; words that are being written are no part of it."""
    if page.status != 200 or is_gone(page):
        return {"status": 404}
    parts: dict[str, Any] = {"unread": page.unread()}
    for name in COMPARED:
        element = page.find(name)
        parts[name] = None if element is None else written(element)
    for name in CLASSES:
        for number, element in enumerate(page.root.find_class(name)):
            parts[f"{name} {number}"] = written(element)
    shown = {card.get("data-entry") for card in selected(page.root, "[data-entry]")}
    reactions = page.mine.get("reactions", {})
    parts |= state_of_hall(page.root, written)
    parts["mine"] = {entry: kind for entry, kind in reactions.items() if entry in shown}
    threads = page.mine.get("threads", {})
    parts["threads"] = {pk: each for pk, each in threads.items() if pk in shown}
    parts["saved"] = sorted({str(pk) for pk in page.mine.get("saved", [])} & shown)
    return parts


def is_gone(page: Page) -> bool:
    """Whether the page is that of an entry, and says that this was deleted."""
    return any(part[0].tag == "p" for part in page.root.find_class("conversation"))


def written(element: HtmlElement) -> list[str]:
    """The element as lines, without what differs from page to page by intention."""
    copy = lxml.html.fromstring(lxml.html.tostring(element))
    for box in [*copy.iter("compose-box", "form"), *copy.find_class("new-line")]:
        # Where the new begins is said when a conversation is opened, and of that visit.
        box.drop_tree()
    for told in copy.iter("thread-seen"):
        told.attrib.pop("upto")
    for count in copy.iter("unread-count"):
        # Compared as the number shown: the element writes it anew over what the server wrote.
        count.text = None
        for word in list(count):
            count.remove(word)
        for name in ("count", "after", "newest"):
            count.attrib.pop(name, None)
    html = re.sub(r"\s+", " ", lxml.html.tostring(copy, encoding="unicode"))
    return [line.strip() for line in html.replace("<", "\n<").split("\n") if line.strip()]


def differences(held: Page, fresh: Page) -> list[str]:
    """One line for each part that differs, with the first place where it does."""
    left, right = state_of(held), state_of(fresh)
    found = []
    for name in sorted(left.keys() | right.keys()):
        one, other = left.get(name), right.get(name)
        if one != other:
            found.append(f"{name}: {_first(one, other)}")
    return found


def _first(one: Any, other: Any) -> str:
    if not isinstance(one, list) or not isinstance(other, list):
        return f"shows {one!r:.200}, is {other!r:.200}"
    for number in range(max(len(one), len(other))):
        pair = [lines[number] if number < len(lines) else "nothing" for lines in (one, other)]
        if pair[0] != pair[1]:
            return f"shows {pair[0]:.200}, is {pair[1]:.200}"
    return "differs"
