"""The kinds of what is sent; each higher floor says at its start how its own are sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hallway.outbox.models import Outgoing
from hallway.outbox.office import PostOffice


def nothing() -> None:
    """What follows from most of what is sent."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is handed over, or there is nothing to say any more.

    `then` is called in the transaction that forgets the row.
    """

    then: Callable[[], None] = nothing


@dataclass(frozen=True, slots=True)
class Later:
    """It may not be sent before `at`."""

    at: datetime


Sender = Callable[[Outgoing, PostOffice], Done | Later]
"""Resolves a row for its person as things are now, and hands it over. Raises `office.NotTaken`."""

_senders: dict[str, Sender] = {}


def register(kind: str, sender: Sender) -> None:
    """Send rows of `kind` by `sender` from now on; call it once, when the app is ready."""
    _senders[kind] = sender


def sender_of(kind: str) -> Sender:
    """How rows of `kind` are sent. Raises KeyError for one that nobody registered."""
    return _senders[kind]
