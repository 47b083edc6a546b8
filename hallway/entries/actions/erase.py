"""What becomes of what somebody published, reacted to and was named in, when they are erased."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.html import escape

from hallway.core.guarding import as_system
from hallway.core.storage import erase_stored
from hallway.core.text.references import fold_handle, references_in
from hallway.core.writing import writing
from hallway.entries.actions.delete import settle
from hallway.entries.models import (
    Attachment,
    Bookmark,
    Decision,
    Entry,
    EntryTag,
    Reaction,
    Report,
    Revision,
    Text,
    ThreadMark,
    Upload,
)
from hallway.journal.verbs import Verb
from hallway.people.former import handle_of_former, name_of_former
from hallway.people.models import Person

GONE = "its author is no longer anybody"
AT_ONCE = 100
"""Rows in one write transaction, so that nobody waits for long."""

_lasting: set[str] = set()


def last(kind: str) -> None:
    """Keep entries of `kind`, since others built on them: they stay under the former member."""
    _lasting.add(kind)


def erase_entries(person: Person, words: bool) -> None:
    """Erase the words of what `person` deleted, and of all they published if `words` says so.

    What is erased is deleted for good: nobody can restore it, and what answered it goes out of
    sight with it. Reactions of others to it stay rows that nobody sees.
    """
    with as_system(GONE):
        rows = Entry.objects.filter(author=person).exclude(text__source="", state="deleted")
        if words:
            rows = rows.exclude(Q(kind__in=_lasting) & Q(state=Entry.State.PUBLISHED))
        else:
            rows = rows.filter(state=Entry.State.DELETED)
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for few in _few(numbers):
        with writing(), as_system(GONE):
            for pk in few:
                _erase_entry(Entry.objects.select_for_update(no_key=True).get(pk=pk))


def erase_reactions(person: Person, _words: bool) -> None:
    """Take back every reaction, and count it no more."""
    with as_system(GONE):
        rows = Reaction.objects.filter(person=person)
        numbers = list(rows.order_by("entry_id").values_list("entry_id", flat=True))
    for few in _few(numbers):
        with writing(), as_system(GONE):
            for pk in few:
                entry = Entry.objects.select_for_update(no_key=True).get(pk=pk)
                held = Reaction.objects.filter(entry=entry, person=person).first()
                if held is None:
                    continue
                held.delete()
                counts = dict(entry.reaction_counts)
                counts[held.kind] = counts.get(held.kind, 1) - 1
                Entry.objects.filter(pk=pk).update(
                    reaction_counts={kind: count for kind, count in counts.items() if count > 0},
                    version=F("version") + 1,
                )


def erase_bookmarks(person: Person, _words: bool) -> None:
    """What they had put by."""
    with writing(), as_system(GONE):
        Bookmark.objects.filter(person=person).delete()


def erase_reports(person: Person, _words: bool) -> None:
    """What they reported; what was decided about it stays on record without their reason."""
    with writing(), as_system(GONE):
        Report.objects.filter(by=person).delete()


def erase_reasons(person: Person, _words: bool) -> None:
    """The reasons they gave for what they decided; that and what they decided stays on record."""
    with writing(), as_system(GONE):
        decided = Decision.objects.filter(by=person)
        decided.filter(outcome=Decision.Outcome.KEPT).update(reason="")
        decided.filter(outcome=Decision.Outcome.REMOVED).update(reason="…")


def erase_marks(person: Person, _words: bool) -> None:
    """How far they have read in conversations."""
    with writing():
        ThreadMark.objects.filter(person=person).delete()


def erase_uploads(person: Person, _words: bool) -> None:
    """Pictures sent ahead for what was never published."""
    with writing(), as_system(GONE):
        for row in Upload.objects.filter(person=person):
            _erase_files(row.stored)
            row.delete()


def erase_mentions(person: Person, _words: bool) -> None:
    """Where others mention `person`, mention a former member; their other words are their own."""
    old, new = person.handle, handle_of_former(person)
    if old == new:
        return
    with as_system(GONE):
        texts = Text.objects.filter(
            Q(html__contains=f'href="/people/{old}"') | Q(source__icontains=f"@{old}")
        )
        numbers = list(texts.values_list("pk", flat=True))
        earlier = Revision.objects.filter(source__icontains=f"@{old}")
        revisions = list(earlier.values_list("pk", flat=True))
    for few in _few(numbers):
        with writing(), as_system(GONE):
            for text in Text.objects.select_for_update(no_key=True).filter(pk__in=few):
                _rename_in(text, old, new)
    for few in _few(revisions):
        with writing(), as_system(GONE):
            for row in Revision.objects.filter(pk__in=few):
                row.source = renamed(row.source, old, new)
                row.save(update_fields=["source"])


def renamed(source: str, old: str, new: str) -> str:
    """`source` with every "@old" made "@new"; longer handles that begin so stay."""
    pieces, position = [], 0
    for reference in references_in(source):
        if reference.kind == "person" and fold_handle(reference.written) == old:
            pieces += [source[position : reference.start], f"@{new}"]
            position = reference.end
    return "".join([*pieces, source[position:]])


def _erase_entry(entry: Entry) -> None:
    standing = Entry.objects.filter(pk=entry.pk, state=Entry.State.PUBLISHED).update(
        state=Entry.State.DELETED, listed=None, pinned_at=None, deleted_at=timezone.now()
    )
    Entry.objects.filter(pk=entry.pk).update(deleted_by=None, version=F("version") + 1)
    Text.objects.filter(entry=entry).update(title="", source="", html="", plain="")
    Revision.objects.filter(entry=entry).delete()
    EntryTag.objects.filter(entry=entry).delete()
    for image in Attachment.objects.filter(entry=entry):
        _erase_files(image.stored)
        image.delete()
    if standing:
        settle(entry, Verb.ENTRY_DELETED, None)


def _erase_files(stored: Mapping[str, str]) -> None:
    for name in stored.values():
        transaction.on_commit(lambda name=name: erase_stored(name))  # type: ignore[misc]


_MENTION = re.compile(r'<a class="mention" href="/people/(?P<handle>[^"]+)">@(?P<name>[^<]*)</a>')


def _rename_in(text: Text, old: str, new: str) -> None:
    called = escape(name_of_former())
    shown: set[str] = set()

    def again(found: re.Match[str]) -> str:
        if found["handle"] != old:
            return found[0]
        shown.add(found["name"])
        return f'<a class="mention" href="/people/{new}">@{called}</a>'

    text.html = _MENTION.sub(again, text.html)
    for name in shown:
        text.plain = text.plain.replace(f"@{unescape(name)}", f"@{name_of_former()}")
    # Where it was no link, as in code, it stands as it was typed.
    text.html, text.plain = renamed(text.html, old, new), renamed(text.plain, old, new)
    text.source = renamed(text.source, old, new)
    text.save(update_fields=["html", "plain", "source"])
    Entry.objects.filter(pk=text.pk).update(version=F("version") + 1)
    roots = Entry.objects.filter(pk=text.pk, root__isnull=False).values("root_id")
    Entry.objects.filter(pk__in=roots).update(version=F("version") + 1)


def _few(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]
