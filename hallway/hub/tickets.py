"""Tickets: what a page hands to the hub to say who looks, at what, and since when.

A ticket is signed, lives a minute, is bound to one session and opens one subscription. It claims;
whether the person may see the topics is asked anew when it is used. The hub mints them too, for
each open screen to return with, so making one has to be cheap.
"""

import base64
import functools
import hashlib
import hmac
import json
import random
import re
import sys
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.encoding import force_bytes

from hallway.journal.position import Position

LIFETIME = 60  # seconds
MOST_TOPICS = 900  # a ticket must fit a 4 KiB message, its request Django's 1,000 parameters
KINDS = ("space", "person", "author", "door", "hall", "desk")
SALT = "hallway.hub.ticket"
SMALL = 400  # bytes; a longer ticket is compressed
SIGNATURE = 43  # characters of one, at the end of the ticket
LARGEST = 64 * 1024  # bytes of a ticket that is not compressed any more

_compact = json.JSONEncoder(separators=(",", ":")).encode
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
        # Unlike any other; that it cannot be guessed is what the signature is for. Asking the
        # system for chance would let another thread go first, each time.
        f"{random.getrandbits(72):x}",
        round(time.time(), 3),
    ]
    return sealed(body)


def check(token: str) -> Claims:
    """Read a ticket. Raises Refused when it is forged, too old or not a ticket at all."""
    try:
        person, session, topics, position, language, incarnation, nonce, at = _opened(token)
        if time.time() - float(at) > LIFETIME:
            raise Refused("too old")
        return Claims(
            person=int(person),
            session=str(session),
            topics=_unpacked(topics),
            position=Position.parse(position),
            language=sys.intern(str(language)),
            incarnation=sys.intern(str(incarnation)),
            nonce=str(nonce),
        )
    except (ValueError, TypeError, AttributeError) as error:
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
        # A little more than that, for the clocks are not the same.
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


def sealed(body: list[Any]) -> str:
    """Return `body` as text that only who has our key can make."""
    data, mark = _compact(body).encode(), b"."
    if len(data) > SMALL:
        data, mark = zlib.compress(data), b"z"
    text = base64.urlsafe_b64encode(data) + mark
    return (text + _signature(text, settings.SECRET_KEY)).decode()


def _opened(token: str) -> list[Any]:
    """The body of a ticket that we signed. Raises Refused for another, and ValueError."""
    text, signature = token[:-SIGNATURE].encode(), token[-SIGNATURE:].encode()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(_signature(text, key), signature) for key in keys):
        raise Refused("not signed by us")
    data = base64.urlsafe_b64decode(text[:-1])
    if text[-1:] == b"z":
        data = zlib.decompressobj().decompress(data, LARGEST)
    body: list[Any] = json.loads(data)
    return body


def _signature(text: bytes, secret: str | bytes) -> bytes:
    # Keyed BLAKE2 (RFC 7693) instead of an HMAC, which would let other threads go first.
    mac = hashlib.blake2b(text, digest_size=32, key=_key(secret)).digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=")


@functools.lru_cache(maxsize=8)
def _key(secret: str | bytes) -> bytes:
    """A key for tickets alone, so that nothing else that is signed passes for one."""
    return hashlib.sha256(f"{SALT}:".encode() + force_bytes(secret)).digest()


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
