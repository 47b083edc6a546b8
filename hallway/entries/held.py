"""What entries hold of a person: all they published, as data, as Markdown and with its pictures."""

from collections.abc import Iterable

from hallway.core.guarding import as_system
from hallway.entries.access import visible_to
from hallway.entries.actions import erase
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
from hallway.people.holdings import Document, Holding, Row
from hallway.people.models import Person
from hallway.spaces import access as spaces

OWN = "what somebody published is theirs"
AT_ONCE = 200


def _own(person: Person) -> Iterable[tuple[Entry, Text]]:
    """What stands, and what they deleted but could still restore."""
    with as_system(OWN):
        rows = Entry.objects.filter(author=person).select_related("space__owner", "text")
        for entry in rows.order_by("pk").iterator(AT_ONCE):
            if entry.text.source or entry.text.title:
                yield entry, entry.text


def _entries(person: Person) -> Iterable[Row]:
    known = set(spaces.visible_to(person).values_list("pk", flat=True))
    for entry, text in _own(person):
        answers = visible_to(person).filter(parent=entry).order_by("pk")
        with as_system(OWN):
            tags = list(EntryTag.objects.filter(entry=entry).values_list("tag", flat=True))
        yield {
            "number": entry.pk,
            "address": entry.url,
            "kind": entry.kind,
            # Of a space one may not know of any more, one's own words are all that is left.
            "space": entry.space.name if entry.space_id in known else None,
            "state": entry.state,
            "published_at": entry.published_at,
            "edited_at": entry.edited_at,
            "deleted_at": entry.deleted_at,
            "answers": entry.parent_id,
            "title": text.title,
            "markdown": text.source,
            "tags": tags,
            "reactions": entry.reaction_counts,
            # Words of others are theirs: only where they are to be found.
            "answered_by": [f"/e/{pk}" for pk in answers.values_list("pk", flat=True)],
        }


def _texts(person: Person) -> Iterable[Document]:
    for entry, text in _own(person):
        title = f"# {text.title}\n\n" if text.title else ""
        moment = entry.published_at.date().isoformat()
        yield Document(f"texts/{moment}-{entry.kind}-{entry.pk}.md", text=f"{title}{text.source}\n")


def _pictures(person: Person) -> Iterable[Document]:
    with as_system(OWN):
        rows = Attachment.objects.filter(entry__author=person).order_by("pk")
        for image in rows.iterator(AT_ONCE):
            largest = max(image.stored, key=int)
            path = f"pictures/{image.entry_id}-{image.place + 1}.webp"
            yield Document(path, stored=image.stored[largest])


def _revisions(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Revision.objects.filter(by=person, entry__author=person).order_by("pk")
        for row in rows.iterator(AT_ONCE):
            yield {
                "entry": row.entry_id,
                "number": row.number,
                "title": row.title,
                "markdown": row.source,
                "replaced_at": row.at,
            }


def _reactions(person: Person) -> Iterable[Row]:
    seen = visible_to(person).values("pk")
    with as_system(OWN):
        rows = Reaction.objects.filter(person=person, entry__in=seen).order_by("pk")
        for row in rows.iterator(AT_ONCE):
            yield {"entry": f"/e/{row.entry_id}", "kind": row.kind, "at": row.at}


def _saved(person: Person) -> Iterable[Row]:
    seen = visible_to(person).values("pk")
    with as_system(OWN):
        rows = Bookmark.objects.filter(person=person, entry__in=seen).order_by("pk")
        for row in rows.iterator(AT_ONCE):
            yield {"entry": f"/e/{row.entry_id}", "at": row.at}


def _reports(person: Person) -> Iterable[Row]:
    seen = visible_to(person).values("pk")
    with as_system(OWN):
        for row in Report.objects.filter(by=person, entry__in=seen).order_by("pk"):
            yield {"entry": f"/e/{row.entry_id}", "reason": row.reason, "at": row.at}


def _decisions(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        for row in Decision.objects.filter(by=person).order_by("pk"):
            yield {
                "entry": f"/e/{row.entry_id}",
                "outcome": row.outcome,
                "reason": row.reason,
                "at": row.at,
            }


def _uploads(person: Person) -> Iterable[Document]:
    with as_system(OWN):
        for row in Upload.objects.filter(person=person).order_by("pk"):
            yield Document(
                f"pictures/unsent-{row.pk}.webp", stored=row.stored[max(row.stored, key=int)]
            )


def _marks(person: Person) -> Iterable[Row]:
    rows = ThreadMark.objects.filter(person=person, thread__in=visible_to(person).values("pk"))
    for row in rows.order_by("pk").iterator(AT_ONCE):
        yield {"conversation": f"/e/{row.thread_id}", "read_up_to": row.upto, "at": row.opened_at}


HELD = (
    Holding(
        "entries.ThreadMark",
        ("person",),
        name="conversations-read",
        told=_marks,
        erase=erase.erase_marks,
    ),
    Holding(
        "entries.Upload",
        ("person",),
        untold="these are pictures of what is not sent yet",
        documents=_uploads,
        erase=erase.erase_uploads,
    ),
    Holding(
        "entries.Bookmark", ("person",), name="saved", told=_saved, erase=erase.erase_bookmarks
    ),
    Holding("entries.Report", ("by",), name="reports", told=_reports, erase=erase.erase_reports),
    Holding(
        "entries.Decision",
        ("by",),
        name="decisions",
        told=_decisions,
        erase=erase.erase_reasons,
    ),
    Holding(
        "entries.Reaction",
        ("person",),
        name="reactions",
        told=_reactions,
        erase=erase.erase_reactions,
    ),
    Holding(
        "entries.Text",
        (),
        untold="it stands with the entries",
        documents=_texts,
        erase=erase.erase_mentions,
    ),
    Holding(
        "entries.Attachment",
        (),
        untold="these are the pictures",
        documents=_pictures,
        stays="it goes with its entry",
    ),
    Holding(
        "entries.Entry",
        ("author", "deleted_by"),
        name="entries",
        told=_entries,
        erase=erase.erase_entries,
    ),
    Holding(
        "entries.Move",
        ("by",),
        untold="it stands in the history of the entry",
        stays="it goes or stays with its entry",
    ),
    Holding(
        "entries.Revision",
        ("by",),
        name="earlier-words",
        told=_revisions,
        stays="it goes or stays with its entry",
    ),
)
