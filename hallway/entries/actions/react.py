"""React to an entry, change the reaction, take it back."""

from hallway.entries.actions.holding import demand, holding
from hallway.entries.models import Entry, Reaction
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


def react(entry: Entry, kind: str | None, *, by: Person) -> bool:
    """Let `by` feel `kind` about `entry`, or nothing with None; returns whether it changed.

    The counts on the entry are changed in the same transaction, under the entry's lock. Raises
    NotAllowed when `by` may not react to it (any more).
    """
    with holding(entry, "the rule is asked inside") as locked:
        demand(by, "react", locked)
        rows = Entry.objects.filter(pk=entry.pk, state=Entry.State.PUBLISHED)
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
