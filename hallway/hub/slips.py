"""What a screen may send from a town hall: a vote, a choice in a poll, or a few cheers."""

from dataclasses import dataclass
from typing import Any

from hallway.hub.screens import Screen
from hallway.townhalls.actions import Cheering, Choice, Deed, Wish
from hallway.townhalls.models import CHEERS

LARGEST = 2**53 - 1  # numbers beyond are not exact in a browser's script
LONGEST_KEY = 64
MOST_CHEERS = 5  # of one screen in a second; further ones are left out


@dataclass(slots=True)
class Slip:
    """One message on its way: what is wanted, when it came, and which screen is to be answered."""

    screen: Screen
    key: str
    deed: Deed
    came: float


class Unreadable(ValueError):
    """It is no message that a screen of ours sends."""


def topic_of(message: dict[str, Any]) -> str:
    """The topic of the hall that a message is for. Raises Unreadable."""
    return f"hall:{_number(message, 'hall')}"


def key_of(message: dict[str, Any]) -> str:
    """What the sender calls the message, and its answer. Raises Unreadable."""
    key = message.get("key")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        raise Unreadable("key")
    return key


def deed_of(message: dict[str, Any], person: int) -> Deed:
    """What `person` wants with `message`. Raises Unreadable."""
    hall = _number(message, "hall")
    if "vote" in message:
        on = message.get("on")
        if not isinstance(on, bool):
            raise Unreadable("on")
        return Wish(person, _number(message, "vote"), on, hall)
    if "poll" in message:
        return Choice(person, _number(message, "poll"), _number(message, "option"), hall)
    kind = message.get("cheer")
    if not isinstance(kind, str) or kind not in CHEERS:
        raise Unreadable("cheer")
    return Cheering(person, hall, kind, _number(message, "n"))


def allowed(screen: Screen, count: int, now: float) -> int:
    """So many of `count` cheers as the screen may send now (a bucket of a second's worth)."""
    refilled = screen.cheers + (now - screen.cheered) * MOST_CHEERS
    screen.cheers, screen.cheered = min(float(MOST_CHEERS), refilled), now
    taken = min(count, int(screen.cheers))
    screen.cheers -= taken
    return taken


def _number(message: dict[str, Any], name: str) -> int:
    number = message.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= LARGEST:
        raise Unreadable(name)
    return number
