"""Tickets: what a page hands to the hub to say who looks, at what, and since when.

A ticket is signed, lives a minute, is bound to one session and opens one subscription. It claims;
whether the person may see the topics is asked anew when it is used.
"""

import re
import secrets
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

from hallway.journal.position import Position

LIFETIME = 60  # seconds
MOST_TOPICS = 900  # a ticket must fit a 4 KiB message, its request Django's 1,000 parameters
KINDS = ("space", "person", "author", "door", "hall", "desk")
SALT = "hallway.hub.ticket"

_TOPIC = re.compile(rf"({'|'.join(KINDS)}):([1-9][0-9]{{0,17}})", re.ASCII)


class Refused(Exception):
    """The ticket is not good; a new one may be."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a ticket says: the person, the hash of their session's key, and what the page shows."""

    person: int
    session: str
    topics: frozenset[str]
    position: Position
    language: str
    incarnation: str
    nonce: str


def is_topic(text: str) -> bool:
    """Whether `text` is spelled like a topic: a known kind, a colon, a plain number."""
    return _TOPIC.fullmatch(text) is not None


def mint(
    person: int,
    session: str,
    topics: Iterable[str],
    position: Position,
    language: str,
    incarnation: str = "",
) -> str:
    """Return a ticket of a minute for `person` in the session whose key hashes to `session`.

    Raises ValueError for a topic that is none, or for more than `MOST_TOPICS` of them.
    """
    wanted = set(topics)
    if len(wanted) > MOST_TOPICS:
        raise ValueError(f"a page has at most {MOST_TOPICS} topics")
    body = [
        person,
        session,
        _packed(wanted),
        str(position),
        language,
        incarnation,
        secrets.token_urlsafe(9),
    ]
    return signing.dumps(body, salt=SALT, compress=True)


def check(token: str) -> Claims:
    """Read a ticket. Raises Refused when it is forged, too old or not a ticket at all."""
    try:
        body = signing.loads(token, salt=SALT, max_age=LIFETIME)
        person, session, topics, position, language, incarnation, nonce = body
        return Claims(
            person=int(person),
            session=str(session),
            topics=_unpacked(topics),
            position=Position.parse(position),
            language=sys.intern(str(language)),
            incarnation=sys.intern(str(incarnation)),
            nonce=str(nonce),
        )
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused("not a good ticket") from error


class Used:
    """Remembers which tickets were used, for as long as they could be used again.

    In the memory of one hub: where several share the work, a ticket may be used once with each,
    and only with the cookie of its session.
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def first(self, nonce: str) -> bool:
        """Note the use of a ticket; False when it had been used before."""
        if nonce in self._until:
            return False
        # Signed times are whole seconds, so a ticket may live up to a second longer.
        self._until[nonce] = time.monotonic() + LIFETIME + 2
        return True

    def forget_expired(self) -> None:
        """Drop the oldest; entries are in the order of their expiry."""
        now = time.monotonic()
        while self._until:
            nonce = next(iter(self._until))
            if self._until[nonce] > now:
                return
            del self._until[nonce]


def _packed(topics: set[str]) -> dict[str, list[int]]:
    """Ids by kind, sorted, each as the distance from the one before: what compresses best."""
    packed: dict[str, list[int]] = {}
    for topic in topics:
        match = _TOPIC.fullmatch(topic)
        if match is None:
            raise ValueError("not a topic")
        packed.setdefault(match[1], []).append(int(match[2]))
    for numbers in packed.values():
        numbers.sort()
        for at in range(len(numbers) - 1, 0, -1):
            numbers[at] -= numbers[at - 1]
    return packed


def _unpacked(packed: dict[str, list[int]]) -> frozenset[str]:
    topics = []
    for kind, distances in packed.items():
        number = 0
        for distance in distances:
            number += distance
            # The same topic is one string for all screens that show it.
            topics.append(sys.intern(f"{kind}:{number}"))
    return frozenset(topics)
