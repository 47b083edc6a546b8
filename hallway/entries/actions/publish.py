"""Publish an entry: row, words, images, tags and the journal in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions.images import Ahead, NewImage, drop, hang
from hallway.entries.actions.words import Words, words
from hallway.entries.models import Entry, EntryTag, Text
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.spaces.models import Space

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Draft:
    """What somebody wants to publish. `key` is the client's number for this deed."""

    text: str
    title: str = ""
    images: Sequence[NewImage | Ahead] = field(default_factory=tuple)
    key: uuid.UUID | None = None


def publish(
    kind: str, draft: Draft, space: Space, *, by: Person, parent: Entry | None = None
) -> Entry:
    """Publish `draft` as an entry of `kind` and return it; the same key returns the first one.

    The caller has asked the access rule. With `parent` it becomes a comment in the space of
    `parent`. Mentions of people who may not see it stay plain text.
    Raises core.text.TextTooLong, NotAllowed when `parent` has just been moved, and ImageGone when a
    picture sent ahead is not kept any more.
    """
    written = words(draft.title, draft.text, space)
    with writing(), as_system("the caller may publish here"):
        known = _published_before(draft.key, by)
        if known:
            drop(draft.images, known)
            return known
        if parent is not None:
            _stay_with(parent, space)
        entry = _insert(kind, draft, space, by, parent)
        _insert_words(entry, written)
        hang(draft.images, entry)
        if parent is not None:
            Entry.objects.filter(pk=parent.thread_id).update(
                comment_count=F("comment_count") + 1, version=F("version") + 1
            )
        record(
            Verb.ENTRY_PUBLISHED,
            actor=by.pk,
            space=space.pk,
            entry=entry.pk,
            kind=kind,
            root=entry.root_id,
            parent=entry.parent_id,
        )
        tell_mentioned(entry, written.mentioned, by)
    return entry


def place(moment: datetime, pk: int) -> int:
    """The value of `Entry.listed`: microseconds since 1970 times 1,000 plus the id modulo 1,000."""
    return (moment - EPOCH) // timedelta(microseconds=1) * 1000 + pk % 1000


def tell_mentioned(entry: Entry, people: Sequence[Person], by: Person) -> None:
    """Record who was named, except the author; the notification reader takes it from there."""
    for person in people:
        if person.pk != by.pk:
            record(
                Verb.MENTIONED,
                actor=by.pk,
                space=entry.space_id,
                entry=entry.pk,
                person=person.pk,
                root=entry.root_id,
            )


def write_tags(entry: Entry, tags: Sequence[str]) -> None:
    """Make the entry's tag rows equal `tags`; comments carry theirs without standing in streams."""
    EntryTag.objects.filter(entry=entry).exclude(tag__in=tags).delete()
    held = set(EntryTag.objects.filter(entry=entry).values_list("tag", flat=True))
    EntryTag.objects.bulk_create(
        EntryTag(entry=entry, tag=tag, listed=entry.listed) for tag in tags if tag not in held
    )


def _published_before(key: uuid.UUID | None, by: Person) -> Entry | None:
    if key is None:
        return None
    if connection.vendor == "postgresql":
        # Two requests with one key at once: the second waits here and finds the first's entry.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [by.pk % 2**31, key.int % 2**31])
    return Entry.objects.filter(author=by, key=key).first()


def _stay_with(parent: Entry, space: Space) -> None:
    """Hold what is answered, which may have been moved since it was loaded."""
    root = Entry.objects.select_for_update(no_key=True).get(pk=parent.thread_id)
    if root.space_id != space.pk:
        raise NotAllowed("comment")


def _insert(kind: str, draft: Draft, space: Space, by: Person, parent: Entry | None) -> Entry:
    entry = Entry(kind=kind, space=space, author=by, key=draft.key, published_at=timezone.now())
    if parent is not None:
        # Replies have one level: an answer to a reply joins the replies of the same comment.
        entry.root_id = parent.thread_id
        entry.parent_id = parent.pk
        if parent.parent_id is not None and parent.parent_id != parent.root_id:
            entry.parent_id = parent.parent_id
    entry.save(force_insert=True)
    if parent is None:
        entry.listed = place(entry.published_at, entry.pk)
        Entry.objects.filter(pk=entry.pk).update(listed=entry.listed)
    return entry


def _insert_words(entry: Entry, written: Words) -> None:
    rendered = written.rendered
    Text.objects.create(
        entry=entry,
        title=written.title,
        source=written.source,
        html=rendered.html,
        plain=rendered.plain,
    )
    write_tags(entry, rendered.tags)
