"""What a deed takes away: read from its row in the journal, applied by the exchange.

A town hall is seen by those who may read its space, so what takes away a space takes away its
halls, at the same position. Which halls those are is asked when the row is read, which is later:
a hall that a screen showed by then is among them, for halls stay in their space for good.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hallway.journal.position import Position
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb

VERBS = (
    Verb.SESSION_ENDED,
    Verb.PERSON_DEACTIVATED,
    Verb.PERSON_CHANGED,
    Verb.MEMBER_LEFT,
    Verb.MEMBER_REMOVED,
    Verb.MEMBERS_RULED,
    Verb.MEMBER_ROLE,
    Verb.SPACE_CHANGED,
    Verb.ENTRY_DELETED,
    Verb.HALL_CHANGED,
    Verb.ENTRY_MOVED,
)
"""Deeds that may take something away."""

Halls = Callable[[int], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Ending:
    """Access that has ended or may have ended at `position`.

    `session` and `person` have ended: their screens close. `doubted_person` and whoever shows one
    of `doubted_topics` may still see something: their screens are told nothing until the gate has
    answered.
    `forgotten` are topics, or kinds of topics, whose past must not be told to newcomers.
    """

    position: Position
    session: str | None = None
    person: int | None = None
    doubted_person: int | None = None
    doubted_topics: frozenset[str] = frozenset()
    forgotten: tuple[str, ...] = ()


def ending_of(deed: Deed, halls_in: Halls) -> Ending | None:
    """The ending in a deed, or None: most deeds take nothing away.

    `halls_in` says which town halls there are in a space.
    """
    match deed.verb:
        case Verb.SESSION_ENDED:
            return Ending(deed.position, session=deed.session)
        case Verb.PERSON_DEACTIVATED:
            return Ending(deed.position, person=deed.person_id)
        case Verb.PERSON_CHANGED | Verb.MEMBER_LEFT | Verb.MEMBER_REMOVED | Verb.MEMBER_ROLE:
            return Ending(deed.position, doubted_person=deed.person_id)
        case Verb.MEMBERS_RULED:
            return _ruled(deed, halls_in)
        case Verb.SPACE_CHANGED:
            return _space_changed(deed, halls_in)
        case Verb.ENTRY_DELETED:
            return _entry_deleted(deed)
        case Verb.HALL_CHANGED:
            # Who moderates it may have changed; who takes part has not.
            return Ending(deed.position, doubted_topics=frozenset({f"desk:{deed.entry_id}"}))
        case Verb.ENTRY_MOVED:
            # Who may not see it any more was told words of it where it stood.
            spaces = {deed.space_id, deed.detail.get("from"), deed.detail.get("to")}
            topics = tuple(f"space:{number}" for number in spaces if number)
            return Ending(deed.position, forgotten=(*topics, "author:"))
        case _:
            return None


def _entry_deleted(deed: Deed) -> Ending:
    # What answered it is out of sight too, and of that the row names nothing: so who was away
    # reads the page anew, instead of being told words that nobody may see any more.
    # If it was a town hall, that is gone for everybody; of other entries there is no such topic.
    halls = _topics_of([deed.entry_id])
    return Ending(
        deed.position,
        doubted_topics=frozenset(halls),
        forgotten=(f"space:{deed.space_id}", *halls),
    )


def _space_changed(deed: Deed, halls_in: Halls) -> Ending | None:
    # A new name takes nothing from anybody.
    if "openness" not in deed.detail or deed.space_id is None:
        return None
    topics = {f"space:{deed.space_id}", *_topics_of(halls_in(deed.space_id))}
    # Authors' topics carried what was posted there while it was open to all.
    return Ending(deed.position, doubted_topics=frozenset(topics), forgotten=("author:",))


def _ruled(deed: Deed, halls_in: Halls) -> Ending | None:
    # Many at once: whoever shows the space is asked about, which costs less than naming each.
    if not deed.detail.get("left") or deed.space_id is None:
        return None
    topics = {f"space:{deed.space_id}", *_topics_of(halls_in(deed.space_id))}
    return Ending(deed.position, doubted_topics=frozenset(topics))


def _topics_of(halls: Iterable[int | None]) -> list[str]:
    return [f"{kind}:{hall}" for hall in halls if hall for kind in ("hall", "desk")]
