"""By which ways news reaches people: what is usual for its kind, and what each chose instead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hallway.notifications.models import Attention, Choice, Notification

Kind = Notification.Kind
Level = Attention.Level


@dataclass(frozen=True, slots=True)
class Channels:
    """Whether news rings the bell, is mailed, and is pushed to devices.

    What takes none of these ways still stands in the list of notifications.
    """

    bell: bool
    mail: bool
    push: bool


_BELL = Channels(bell=True, mail=False, push=False)
_MAIL = Channels(bell=True, mail=True, push=False)
_PUSH = Channels(bell=True, mail=False, push=True)
_ALL = Channels(bell=True, mail=True, push=True)

USUAL: Mapping[str, Channels] = {
    Kind.MENTION: _ALL,
    Kind.REPLY: _ALL,
    Kind.REACTION: _BELL,
    Kind.SHARED: _BELL,
    Kind.POSTED: _PUSH,
    Kind.REPORTED: _ALL,
    Kind.JUDGED: _MAIL,
    Kind.SETTLED: _BELL,
    Kind.UNSENT: _ALL,
    Kind.FOLLOWER: _BELL,
    Kind.ASKED: _ALL,
    Kind.INVITED: _ALL,
    Kind.APPROVED: _MAIL,
    Kind.DECLINED: _MAIL,
    Kind.MANAGER: _MAIL,
    Kind.MEMBER: _BELL,
    Kind.REMOVED: _MAIL,
    Kind.WRITTEN: _ALL,
    Kind.FOLLOWED: _MAIL,
    Kind.OWNER: _ALL,
    Kind.REMINDER: _PUSH,
}
"""What people get who chose nothing."""

ALWAYS_RINGS = frozenset({Kind.UNSENT, Kind.ASKED, Kind.OWNER, Kind.REPORTED})
"""Somebody waits for an answer: the bell of these cannot be turned off."""

OF_WORDS = frozenset({Kind.MENTION, Kind.REPLY, Kind.REACTION, Kind.SHARED, Kind.POSTED})
"""News about what is written; who wants to hear nothing of a space does not hear these of it."""

_offered = ["bell"]


def offer(way: str) -> None:
    """Let people choose `way` ("mail" or "push"); whoever carries news so calls it when ready."""
    if way not in _offered:
        _offered.append(way)


def offered() -> tuple[str, ...]:
    """The ways that people can choose on this installation."""
    return tuple(_offered)


def channels(
    people: Collection[int], kind: Notification.Kind, space: int | None = None
) -> dict[int, Channels]:
    """By which ways each of `people` (ids) hears of news of `kind`.

    `space` is the id of the space that the entry it is about stands in, if it is about one. Who
    wants to hear nothing of it is not in the answer, and not to be told at all. Takes at most two
    statements however many people there are. Says nothing of who may see it.
    """
    chosen = Choice.objects.filter(kind=kind, person__in=people)
    ways = {row.person_id: _of(row) for row in chosen}
    found = {person: ways.get(person, USUAL[kind]) for person in people}
    if kind in OF_WORDS and space is not None:
        deaf = Attention.objects.filter(person__in=people, space_id=space, level=Level.NOTHING)
        for person in deaf.values_list("person_id", flat=True):
            found.pop(person)
    return found


def chosen_by(person: int) -> dict[str, Channels]:
    """By which ways one person hears of each kind; one statement."""
    rows = Choice.objects.filter(person_id=person)
    return {**USUAL, **{row.kind: _of(row) for row in rows}}


def _of(row: Choice) -> Channels:
    return Channels(row.bell or row.kind in ALWAYS_RINGS, row.mail, row.push)
