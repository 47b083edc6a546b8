"""React to an entry, change the reaction, take it back."""

from django.db import connection

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.models import Entry, Reaction
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


def react(entry: Entry, kind: str | None, *, by: Person) -> bool:
    """Let `by` feel `kind` about `entry`, or nothing with None; returns whether it changed.

    The counts on the entry are changed in the same transaction, under the entry's lock.
    """
    with writing(), as_system("the caller may react to this entry"):
        rows = Entry.objects.filter(pk=entry.pk)
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        locked = rows.get()
        held = Reaction.objects.filter(entry=entry, person=by).first()
        before = held.kind if held else None
        if before == kind:
            return False
        if kind is None:
            Reaction.objects.filter(entry=entry, person=by).delete()
        else:
            Reaction.objects.update_or_create(entry=entry, person=by, defaults={"kind": kind})
        counts = dict(locked.reaction_counts)
        if before is not None:
            counts[before] -= 1
        if kind is not None:
            counts[kind] = counts.get(kind, 0) + 1
        rows.update(
            reaction_counts={name: count for name, count in counts.items() if count},
            version=locked.version + 1,
        )
        record(
            Verb.ENTRY_REACTED,
            actor=by.pk,
            space=entry.space_id,
            entry=entry.pk,
            kind=entry.kind,
            root=entry.root_id,
            reaction=kind,
        )
    return True
