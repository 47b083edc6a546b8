"""Putting one piece of news in front of people: a new row, or the row they have, bumped."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb
from hallway.journal.writer import record, record_each
from hallway.notifications.channels import Channels, channels
from hallway.notifications.models import MOST_ACTORS, Notification

Kind = Notification.Kind

COUNTED_ONCE = {Kind.REACTION, Kind.FOLLOWER, Kind.ASKED}
"""Deeds of which one person does at most one; doing it again in another way is no news."""


RUNG_SINGLY = 20
"""Of more people than these, whose bells ring at once, screens read themselves anew in turn."""

TOLD_AT_ONCE = 500
"""People told in one transaction, so that none is long."""


Herald = Callable[[Sequence[Notification]], None]
"""Is given the rows that are news to people who want them pushed, in the transaction itself."""

_heralds: list[Herald] = []


@dataclass(frozen=True, slots=True)
class News:
    """A deed as those whom it concerns hear of it; ids only, their meaning as in `Notification`.

    `within` is the space that what was written stands in.
    """

    kind: Notification.Kind
    actor: int
    at: datetime
    about: int | None = None
    latest: int | None = None
    space: int | None = None
    question: int | None = None
    within: int | None = None


def tell(people: Collection[int], news: News) -> None:
    """Give each of `people` (ids; checked before that they may see it) this news, as they want it.

    Takes seven statements however many they are. Call inside a write transaction.
    """
    if not people:
        return
    ways = channels(people, news.kind, news.within)
    held = {row.person_id: row for row in rows_like(news).filter(person_id__in=ways)}
    counted_before = {person for person, row in held.items() if row.is_counted}
    new = [_row(person, news, ways[person]) for person in ways if person not in held]
    bumped = [row for row in held.values() if _bump(row, news, ways[row.person_id])]
    Notification.objects.bulk_create(new)
    Notification.objects.bulk_update(
        bumped, ["kind", "actor", "actors", "latest", "bumped_at", "read_at", "seen_at"]
    )
    pushed = [row for row in (*new, *bumped) if ways[row.person_id].push]
    for herald in _heralds:
        herald(pushed)
    # A bell that counts the row already need not ring: a storm of reactions rings once.
    ring(
        row.person_id
        for row in (*new, *bumped)
        if row.is_counted != (row.person_id in counted_before)
    )


def register(herald: Herald) -> None:
    """Have `herald` carry what is to be pushed, too; call it once, when the app is ready."""
    if herald not in _heralds:
        _heralds.append(herald)


def rows_like(news: News) -> QuerySet[Notification]:
    """The rows, of everybody, that this news would bump."""
    if news.kind in (Kind.FOLLOWER, Kind.UNSENT):
        return Notification.objects.filter(kind=news.kind)
    if news.question is not None:
        return Notification.objects.filter(kind=news.kind, question_id=news.question)
    if news.space is None:
        return Notification.objects.filter(kind=news.kind, about_id=news.about)
    rows = Notification.objects.filter(space_id=news.space)
    if news.kind is Kind.ASKED:
        return rows.filter(kind=Kind.ASKED)
    return rows.exclude(kind=Kind.ASKED)


def take_back(rows: QuerySet[Notification], actor: int) -> None:
    """`actor` has undone their part in `rows`; rows without anybody left go away."""
    changed, empty = [], []
    for row in rows:
        if actor not in row.actors:
            continue
        row.actors = [person for person in row.actors if person != actor]
        if row.actors:
            row.actor_id = row.actors[0]
            changed.append(row)
        else:
            empty.append(row)
    Notification.objects.bulk_update(changed, ["actor", "actors"])
    if empty:
        Notification.objects.filter(pk__in=[row.pk for row in empty]).delete()
        ring(row.person_id for row in empty if row.is_new)


def ring(people: Iterable[int]) -> None:
    """Let the bells of `people` be counted anew, on every screen they have open.

    Of many at once the journal says so in one row, so that nobody else's news waits for theirs.
    """
    rung = sorted(set(people))
    if len(rung) <= RUNG_SINGLY:
        record_each(Verb.NOTICE_CHANGED, rung)
    else:
        record(Verb.NOTICE_CHANGED, people=rung)


def _row(person: int, news: News, ways: Channels) -> Notification:
    return Notification(
        person_id=person,
        kind=news.kind,
        about_id=news.about,
        latest_id=news.latest,
        space_id=news.space,
        question_id=news.question,
        actor_id=news.actor,
        actors=[news.actor],
        bumped_at=news.at,
        seen_at=_seen(news, ways),
    )


def _seen(news: News, ways: Channels) -> datetime | None:
    """What is not to ring counts as seen from the first; it stands in the list nevertheless."""
    return None if ways.bell else news.at


def _bump(row: Notification, news: News, ways: Channels) -> bool:
    """Write the news into the row; False when it holds nothing the person does not know."""
    again = row.kind == news.kind and news.actor in row.actors
    if again and news.kind in COUNTED_ONCE:
        return False
    others: list[int] = []
    if row.kind == news.kind and row.is_new:
        others = [person for person in row.actors if person != news.actor]
    row.kind = news.kind
    row.actor_id = news.actor
    row.actors = [news.actor, *others][:MOST_ACTORS]
    row.latest_id = news.latest
    row.bumped_at = news.at
    row.read_at, row.seen_at = None, _seen(news, ways)
    return True


def tell_later(deed: Deed, after: int, named: Iterable[int], **detail: Any) -> None:
    """Leave the people after `after` to another row of the journal; `named` hear it otherwise."""
    record(
        Verb.ENTRY_TELLING,
        actor=deed.actor_id,
        space=deed.space_id,
        entry=deed.entry_id,
        after=after,
        named=list(named),
        **detail,
    )
