"""What a screen may send from a town hall: a vote, a choice in a poll, or a few cheers."""

from dataclasses import dataclass
from typing import Any

from hallway.hub.screens import Screen
from hallway.townhalls.actions import Cheering, Choice, Deed, Wish
from hallway.townhalls.models import CHEERS

LARGEST = 2**53 - 1  # numbers beyond are not exact in a browser's script
LONGEST_KEY = 64
MOST_CHEERS = 5  # of one person in a second, whatever their screens; further ones are left out
MOST_PURSES = 20_000


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


class Purses:
    """How many cheers people may send: for each person a bucket of a second's worth.

    Kept by person, so that neither more screens nor a new connection fill it.
    """

    def __init__(self) -> None:
        self._left: dict[int, tuple[float, float]] = {}

    def allowed(self, person: int, count: int, now: float) -> int:
        """So many of `count` cheers as the person may send at `now` (seconds)."""
        left, then = self._left.get(person, (float(MOST_CHEERS), now))
        left = min(float(MOST_CHEERS), left + (now - then) * MOST_CHEERS)
        taken = min(count, int(left))
        if len(self._left) >= MOST_PURSES:
            # After a second a purse is full again, and as good as forgotten.
            self._left = {each: kept for each, kept in self._left.items() if kept[1] > now - 1}
        self._left[person] = left - taken, now
        return taken


def _number(message: dict[str, Any], name: str) -> int:
    number = message.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= LARGEST:
        raise Unreadable(name)
    return number
