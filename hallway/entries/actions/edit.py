"""Change the words of an entry and keep what they were."""

from django.db.models import F
from django.utils import timezone

from hallway.entries.actions.holding import demand, holding
from hallway.entries.actions.publish import tell_mentioned, write_tags
from hallway.entries.actions.words import words
from hallway.entries.models import Entry, Revision, Text
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


class EditConflict(Exception):
    """Somebody (the same person on another screen) changed the words since they were read."""


def edit(entry: Entry, *, title: str, text: str, by: Person, edits: int | None = None) -> bool:
    """Replace title and words; returns whether they changed.

    `edits` is the number of revisions the writer had seen; another number means the words on
    their screen are not the latest, and EditConflict is raised instead of losing either.
    Only those newly named are told. Raises core.text.TextTooLong, and NotAllowed when `by` may not
    edit it (any more).
    """
    written = words(title, text, entry.space)
    with holding(entry, "the rule is asked inside") as held:
        demand(by, "edit", held)
        rows = Text.objects.filter(entry=entry, entry__state=Entry.State.PUBLISHED)
        before = rows.get()
        count = Revision.objects.filter(entry=entry).count()
        if edits is not None and edits != count:
            raise EditConflict
        if (before.title, before.source) == (written.title, written.source):
            return False
        Revision.objects.create(
            entry=entry, number=count + 1, title=before.title, source=before.source, by=by
        )
        rows.update(
            title=written.title,
            source=written.source,
            html=written.rendered.html,
            plain=written.rendered.plain,
        )
        write_tags(entry, written.rendered.tags)
        standing = Entry.objects.filter(pk=entry.pk, state=Entry.State.PUBLISHED)
        standing.update(edited_at=timezone.now(), version=F("version") + 1)
        if entry.root_id:
            Entry.objects.filter(pk=entry.root_id).update(version=F("version") + 1)
        record(
            Verb.ENTRY_EDITED,
            actor=by.pk,
            space=entry.space_id,
            entry=entry.pk,
            kind=entry.kind,
            root=entry.root_id,
        )
        named_before = words(before.title, before.source, entry.space).mentioned
        already = {person.pk for person in named_before}
        tell_mentioned(entry, [p for p in written.mentioned if p.pk not in already], by)
    return True
