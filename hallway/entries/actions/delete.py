"""Delete an entry and bring it back."""

from django.db.models import F, Q
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries import removals
from hallway.entries.actions.holding import demand, holding
from hallway.entries.actions.publish import place
from hallway.entries.models import Entry, EntryTag
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


def delete(entry: Entry, *, by: Person) -> bool:
    """Take the entry, and with it all that answers it, out of sight; returns whether it stood.

    Raises NotAllowed when `by` may not delete it (any more).
    """
    with writing():
        removals.hold(entry)
        return _delete(entry, by)


def restore(entry: Entry, *, by: Person) -> bool:
    """Undo a deletion: the entry stands where it stood; returns whether it was deleted.

    Raises NotAllowed unless `by` deleted it and might do so today: what somebody else deleted
    since, or a manager who is one no longer, stays deleted.
    """
    listed = None
    if entry.parent_id is None:
        listed = place(entry.published_at, entry.pk)
    with holding(entry, "the rule is asked inside") as held:
        if held.state != Entry.State.DELETED:
            return False
        demand(by, "restore", held)
        deleted = Entry.objects.filter(pk=entry.pk, state=Entry.State.DELETED, deleted_by=by)
        back = deleted.update(
            state=Entry.State.PUBLISHED,
            listed=listed,
            deleted_at=None,
            deleted_by=None,
            version=F("version") + 1,
        )
        if back:
            EntryTag.objects.filter(entry=entry).update(listed=listed)
            settle(entry, Verb.ENTRY_RESTORED, by.pk)
    return bool(back)


def _delete(entry: Entry, by: Person) -> bool:
    with holding(entry, "the rule is asked inside") as held:
        if held.state != Entry.State.PUBLISHED:
            return False
        demand(by, "delete", held)
        return take_away(held, by=by)


def take_away(held: Entry, *, by: Person) -> bool:
    """Take an entry that is held out of sight; whoever calls has asked whether `by` may."""
    with as_system("the caller holds it and has asked the rule"):
        gone = Entry.objects.filter(pk=held.pk, state=Entry.State.PUBLISHED).update(
            state=Entry.State.DELETED,
            listed=None,
            pinned_at=None,
            deleted_at=timezone.now(),
            deleted_by=by,
            version=F("version") + 1,
        )
        if gone:
            EntryTag.objects.filter(entry=held).update(listed=None)
            settle(held, Verb.ENTRY_DELETED, by.pk)
            removals.remove(held, by=by)
    return bool(gone)


def settle(entry: Entry, verb: Verb, by: int | None) -> None:
    """Count anew what answers the root of `entry`, and record that it went or came back.

    `by` is None where nobody does it (any more). Inside `writing()`.
    """
    if entry.root_id:
        # Held before counting: somebody may be commenting at this moment.
        Entry.objects.select_for_update(no_key=True).get(pk=entry.root_id)
        standing = Entry.objects.filter(
            Q(parent_id=entry.root_id) | Q(parent__state=Entry.State.PUBLISHED),
            root_id=entry.root_id,
            state=Entry.State.PUBLISHED,
        ).count()
        Entry.objects.filter(pk=entry.root_id).update(
            comment_count=standing, version=F("version") + 1
        )
    record(
        verb,
        actor=by,
        space=entry.space_id,
        entry=entry.pk,
        kind=entry.kind,
        root=entry.root_id,
        parent=entry.parent_id,
    )
