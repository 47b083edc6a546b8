"""What of the cards on a page is the viewer's own: reactions, what they saved, what is new to them.

Cards are neutral (`hallway/entries/cards.py`); this comes beside them, in one statement for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from hallway.core.prepared import asked
from hallway.entries.actions.reading import since
from hallway.people.models import Person

MOST = 100
"""New comments are named up to here, the newest; the card shows "99+"."""

_TOGETHER = {
    "sqlite": "group_concat(q.id, ' ')",
    "postgresql": "string_agg(q.id::text, ' ')",
}

# Callers have loaded the entries through the access rule; whoever may see an entry may see what
# is said about it, unless that answers something deleted.
_MINE = """SELECT e.id, r.kind, b.id, COALESCE(m.upto, CASE WHEN {own} THEN e.id END),
  (SELECT {together} FROM (
    SELECT c.id FROM entries_entry c JOIN entries_entry p ON p.id = c.parent_id
    WHERE c.root_id = e.id AND c.id > COALESCE(m.upto, CASE WHEN {own} THEN e.id END)
      AND c.author_id <> %(viewer)s AND c.state = 'published' AND p.state = 'published'
    ORDER BY c.id DESC LIMIT {most}) q)
FROM entries_entry e
LEFT JOIN entries_reaction r ON r.entry_id = e.id AND r.person_id = %(viewer)s
LEFT JOIN entries_bookmark b ON b.entry_id = e.id AND b.person_id = %(viewer)s
LEFT JOIN entries_threadmark m ON m.thread_id = e.id AND m.person_id = %(viewer)s
WHERE {among} AND (r.kind IS NOT NULL OR b.id IS NOT NULL OR m.upto IS NOT NULL OR ({own}))"""

_OWN = "e.author_id = %(viewer)s AND e.listed > %(since)s"


@dataclass(frozen=True)
class Thread:
    """How far the viewer has read in a conversation, and the comments that are new to them."""

    upto: int
    fresh: tuple[int, ...]


@dataclass(frozen=True)
class Mine:
    """What is the viewer's own; of conversations those in which comments count as new to them."""

    me: int
    reactions: Mapping[int, str]
    saved: Sequence[int]
    threads: Mapping[int, Thread]

    def as_block(self) -> dict[str, object]:
        """What the page carries for its script."""
        return {
            "me": self.me,
            "reactions": {str(pk): kind for pk, kind in self.reactions.items()},
            "saved": self.saved,
            "threads": {
                str(pk): {"upto": thread.upto, "fresh": thread.fresh}
                for pk, thread in self.threads.items()
            },
        }


def mine(viewer: Person, ids: Iterable[int]) -> Mine:
    """What is the viewer's own of these entries, which they may see; one statement."""
    wanted = list(ids)
    if not wanted:
        return Mine(viewer.pk, {}, (), {})
    rows = asked(*_statement(viewer, wanted))
    return Mine(
        viewer.pk,
        reactions={pk: kind for pk, kind, *_ in rows if kind is not None},
        saved=[pk for pk, _, bookmark, *_ in rows if bookmark is not None],
        threads={
            pk: Thread(upto, tuple(sorted(map(int, (fresh or "").split()))))
            for pk, _, _, upto, fresh in rows
            if upto is not None
        },
    )


def _statement(viewer: Person, ids: Sequence[int]) -> tuple[str, dict[str, object]]:
    params: dict[str, object] = {"viewer": viewer.pk, "since": since(timezone.now())}
    if connection.vendor == "postgresql":
        # One text for lists of every length, which a connection plans once.
        among = "e.id = ANY(%(ids)s)"
        params["ids"] = list(ids)
    else:
        among = f"e.id IN ({', '.join(f'%(id{number})s' for number in range(len(ids)))})"
        params |= {f"id{number}": pk for number, pk in enumerate(ids)}
    text = _MINE.format(own=_OWN, together=_TOGETHER[connection.vendor], most=MOST, among=among)
    return text, params
