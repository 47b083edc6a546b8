"""What a deed takes away: read from its row in the journal, applied by the exchange."""

from dataclasses import dataclass

from hallway.journal.position import Position
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb

ENTRY_MOVED = "entry.moved"

VERBS = (
    Verb.SESSION_ENDED,
    Verb.PERSON_DEACTIVATED,
    Verb.PERSON_CHANGED,
    Verb.MEMBER_LEFT,
    Verb.MEMBER_REMOVED,
    Verb.MEMBER_ROLE,
    Verb.SPACE_CHANGED,
    ENTRY_MOVED,
)
"""Deeds that may take something away."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Access that has ended or may have ended at `position`.

    `session` and `person` have ended: their screens close. `doubted_person` and `doubted_topic`
    may still see something: their screens are told nothing until the gate has answered.
    `forgotten` are topics, or kinds of topics, whose past must not be told to newcomers.
    """

    position: Position
    session: str | None = None
    person: int | None = None
    doubted_person: int | None = None
    doubted_topic: str | None = None
    forgotten: tuple[str, ...] = ()


def ending_of(deed: Deed) -> Ending | None:
    """The ending in a deed, or None: most deeds take nothing away."""
    match deed.verb:
        case Verb.SESSION_ENDED:
            return Ending(deed.position, session=deed.session)
        case Verb.PERSON_DEACTIVATED:
            return Ending(deed.position, person=deed.person_id)
        case Verb.PERSON_CHANGED | Verb.MEMBER_LEFT | Verb.MEMBER_REMOVED | Verb.MEMBER_ROLE:
            return Ending(deed.position, doubted_person=deed.person_id)
        case Verb.SPACE_CHANGED:
            return _space_changed(deed)
        case Verb.ENTRY_DELETED:
            return _entry_deleted(deed)
        case str() if deed.verb == ENTRY_MOVED:
            spaces = {deed.space_id, deed.detail.get("from"), deed.detail.get("to")}
            topics = tuple(f"space:{number}" for number in spaces if number)
            return Ending(deed.position, forgotten=(*topics, "author:"))
        case _:
            return None


def _entry_deleted(deed: Deed) -> Ending:
    # What answered it is out of sight too, and of that the row names nothing: so who was away
    # reads the page anew, instead of being told words that nobody may see any more.
    return Ending(deed.position, forgotten=(f"space:{deed.space_id}",))


def _space_changed(deed: Deed) -> Ending | None:
    # A new name takes nothing from anybody.
    if "openness" not in deed.detail:
        return None
    # Authors' topics carried what was posted there while it was open to all.
    return Ending(deed.position, doubted_topic=f"space:{deed.space_id}", forgotten=("author:",))
