"""The access rule: who may see an entry, who may do what with it, who its readers are.

Every door (stream, permalink, fragment, search, count, notification, image, live frame) asks
here. What hangs on an entry is visible exactly when the entry is.
"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from hallway.entries import kinds
from hallway.entries.models import (
    Attachment,
    Bookmark,
    Entry,
    EntryTag,
    Move,
    Reaction,
    Revision,
    Text,
    Upload,
)
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space

M = TypeVar("M", bound=Model)

PUBLISHED = Entry.State.PUBLISHED


def visible(viewer: Person, entry: str = "") -> Q:
    """The one expression for "viewer may see this entry".

    `entry` is the path from the filtered table to its entry with a trailing "__". An entry is
    visible when its space is readable, it is published, and all it answers is published too.
    """
    return stands(entry) & spaces.readable(viewer, f"{entry}space__")


def stands(entry: str = "") -> Q:
    """The expression for "published, and so is all it answers"; says nothing of who may read."""
    answered = Q(**{f"{entry}parent__isnull": True}) | Q(
        **{f"{entry}parent__state": PUBLISHED, f"{entry}root__state": PUBLISHED}
    )
    return Q(**{f"{entry}state": PUBLISHED}) & answered


def visible_to(viewer: Person | None) -> QuerySet[Entry]:
    """The entries `viewer` may see."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Entry).none()
    return QuerySet(Entry).filter(visible(viewer))


def listed_to(viewer: Person | None) -> QuerySet[Entry]:
    """Those of the visible entries that stand in streams (published, not comments)."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Entry).none()
    return QuerySet(Entry).filter(spaces.readable(viewer, "space__"), listed__isnull=False)


def pinned_to(viewer: Person | None, space: Space) -> QuerySet[Entry]:
    """What is pinned in `space`, if the viewer may see it; the latest pinned first."""
    rows = listed_to(viewer).filter(space=space, pinned_at__isnull=False)
    return rows.order_by("-pinned_at", "-pk")


def texts_to(viewer: Person | None) -> QuerySet[Text]:
    """The words of visible entries."""
    return _children(Text, viewer)


def revisions_to(viewer: Person | None) -> QuerySet[Revision]:
    """Earlier words of visible entries."""
    return _children(Revision, viewer)


def reactions_to(viewer: Person | None) -> QuerySet[Reaction]:
    """Reactions to visible entries."""
    return _children(Reaction, viewer)


def images_to(viewer: Person | None) -> QuerySet[Attachment]:
    """Images of visible entries."""
    return _children(Attachment, viewer)


def uploads_of(viewer: Person | None) -> QuerySet[Upload]:
    """The pictures `viewer` has sent ahead for entries that are still being written."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Upload).none()
    return QuerySet(Upload).filter(person=viewer)


def tags_to(viewer: Person | None) -> QuerySet[EntryTag]:
    """Tags of visible entries."""
    return _children(EntryTag, viewer)


def bookmarks_to(viewer: Person | None) -> QuerySet[Bookmark]:
    """What the viewer has saved and may still see; nobody is shown what others save."""
    rows = _children(Bookmark, viewer)
    return rows if viewer is None else rows.filter(person_id=viewer.pk)


def _children(model: type[M], viewer: Person | None) -> QuerySet[M]:
    if viewer is None or not viewer.is_active:
        return QuerySet(model).none()
    return QuerySet(model).filter(visible(viewer, "entry__"))


def deleted_by(viewer: Person) -> QuerySet[Entry]:
    """What `viewer` deleted, in spaces they can still read."""
    if not viewer.is_active:
        return QuerySet(Entry).none()
    return QuerySet(Entry).filter(
        spaces.readable(viewer, "space__"), state=Entry.State.DELETED, deleted_by=viewer
    )


def readers_of(entry: Entry) -> QuerySet[Person]:
    """The active people who may see `entry`: the inverse of `visible_to`."""
    if not QuerySet(Entry).filter(stands(), pk=entry.pk).exists():
        return Person.objects.none()
    return spaces.readers_of(entry.space)


def may(viewer: Person, verb: str, entry: Entry) -> bool:
    """Whether `viewer` may do `verb` with `entry`; "may do" implies "may see".

    Verbs: see, comment, react, save, share, report, edit, pin, move, delete, history; and restore,
    for who deleted it and might delete it today. Raises ValueError for another verb.
    """
    if verb not in _RULES:
        raise ValueError(f"no such verb: {verb}")
    rows = deleted_by(viewer) if verb == "restore" else visible_to(viewer)
    if not rows.filter(pk=entry.pk).exists():
        return False
    return _RULES[verb](viewer, entry)


def _everyone(viewer: Person, entry: Entry) -> bool:
    return True


def _authors(viewer: Person, entry: Entry) -> bool:
    return entry.author_id == viewer.pk


def _others(viewer: Person, entry: Entry) -> bool:
    return not _authors(viewer, entry)


def _authors_and_managers(viewer: Person, entry: Entry) -> bool:
    return _authors(viewer, entry) or spaces.may(viewer, "manage", entry.space)


def _not_comments(viewer: Person, entry: Entry) -> bool:
    return not entry.is_comment


def _managers_not_comments(viewer: Person, entry: Entry) -> bool:
    # A wall has no page of its own above whose stream anything could stand.
    if entry.is_comment or entry.space.is_wall:
        return False
    return spaces.may(viewer, "manage", entry.space)


def _movers(viewer: Person, entry: Entry) -> bool:
    if entry.is_comment or not kinds.moves(entry.kind):
        return False
    return _moves_as_author(viewer, entry) or spaces.may(viewer, "manage", entry.space)


def _moves_as_author(viewer: Person, entry: Entry) -> bool:
    return _authors(viewer, entry) and spaces.may(viewer, "post", entry.space)


def places_to_move(viewer: Person, entry: Entry) -> QuerySet[Space]:
    """Where `viewer` may move an entry that they may move, in the order of their menu.

    Authors where they may post, others where they manage as well; never onto a wall.
    """
    own = _moves_as_author(viewer, entry)
    found = spaces.postable_by(viewer) if own else spaces.managed_by(viewer)
    return found.exclude(pk=entry.space_id)


def moves_to(viewer: Person | None) -> QuerySet[Move]:
    """The moves of visible entries."""
    return _children(Move, viewer)


_RULES = {
    "see": _everyone,
    "comment": _everyone,
    "react": _everyone,
    "save": _everyone,
    "share": _not_comments,
    "report": _others,
    "history": _everyone,
    "edit": _authors,
    "pin": _managers_not_comments,
    "move": _movers,
    "delete": _authors_and_managers,
    "restore": _authors_and_managers,
}


def reaction_of(viewer: Person, entry: Entry) -> str | None:
    """The kind of the viewer's own reaction to an entry they may see, or None."""
    rows = reactions_to(viewer).filter(entry=entry, person=viewer)
    return rows.values_list("kind", flat=True).first()


def saved(viewer: Person, entry: Entry) -> bool:
    """Whether the viewer has put an entry they may see on their list."""
    return bookmarks_to(viewer).filter(entry=entry).exists()
