"""The reader that makes notifications of the journal: who is told of which deed."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from hallway.core.guarding import as_system
from hallway.entries.models import Entry
from hallway.journal.following import Follower
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb
from hallway.notifications import of_comments, of_halls, of_posts, of_reports, of_shares
from hallway.notifications.models import Attention, Notification
from hallway.notifications.of_comments import RECENT_COMMENTS, readers
from hallway.notifications.telling import News, ring, rows_like, take_back, tell
from hallway.notifications.threads import listening
from hallway.people.access import visible_to as people_visible_to
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Membership, Space

Kind = Notification.Kind


def follower() -> Follower:
    """The journal reader "notifications"; one cursor, whoever runs it."""
    return Follower("notifications", handle)


def handle(deed: Deed) -> None:
    """Do what one deed means for people's notifications; inside the transaction of the cursor."""
    deal = _DEALS.get(deed.verb)
    if deal is not None:
        with as_system("each recipient is checked against the access rule"):
            deal(deed)


def _published(deed: Deed) -> None:
    if deed.actor_id is None:
        return
    if deed.detail.get("root") is None:
        of_posts.posted(deed)
        if deed.verb == Verb.ENTRY_PUBLISHED and deed.detail.get("kind") == "share":
            of_shares.shared(deed)
        return
    of_comments.commented(deed)


def _mentioned(deed: Deed) -> None:
    if deed.actor_id is None or deed.person_id in (None, deed.actor_id):
        return
    entry = _entry(deed.entry_id)
    if entry is not None and deed.person_id is not None:
        news = _of_itself(Kind.MENTION, deed.actor_id, deed, entry)
        tell(readers(entry, [deed.person_id]), news)


def _reacted(deed: Deed) -> None:
    entry = _entry(deed.entry_id)
    if entry is None or deed.actor_id is None or deed.actor_id == entry.author_id:
        return
    news = _of_itself(Kind.REACTION, deed.actor_id, deed, entry)
    if deed.detail.get("reaction") is None:
        take_back(rows_like(news).filter(person_id=entry.author_id), deed.actor_id)
    else:
        tell(readers(entry, listening([entry.author_id], entry.thread_id)), news)


def _deleted(deed: Deed) -> None:
    """Where an earlier comment still stands, a row about the deleted one goes back to that."""
    rows = list(Notification.objects.filter(kind=Kind.REPLY, latest_id=deed.entry_id))
    if rows:
        standing = list(
            Entry.objects.filter(
                Q(parent_id=deed.detail["root"]) | Q(parent__state=Entry.State.PUBLISHED),
                root_id=deed.detail["root"],
                state=Entry.State.PUBLISHED,
            )
            .order_by("-pk")
            .values_list("pk", "author_id")[:RECENT_COMMENTS]
        )
        Notification.objects.bulk_update(
            [row for row in rows if _fall_back(row, standing)], ["latest", "actor", "actors"]
        )
    _shown_or_hidden(deed)


def _fall_back(row: Notification, standing: list[tuple[int, int]]) -> bool:
    remaining = {author for _, author in standing}
    for pk, author in standing:
        if author in row.actors and author != row.person_id:
            left = [person for person in row.actors if person in remaining and person != author]
            row.latest_id, row.actor_id, row.actors = pk, author, [author, *left]
            return True
    return False


def _shown_or_hidden(deed: Deed) -> None:
    """An entry and all that answers it went or came back, so bells count differently."""
    touched = Q(latest_id=deed.entry_id) | Q(about_id=deed.entry_id)
    if deed.detail.get("root") is None:
        touched |= Q(latest__root_id=deed.entry_id)
    else:
        touched |= Q(latest__parent_id=deed.entry_id)
    _ring_unread(touched)


def _space_changed(deed: Deed) -> None:
    if "openness" in deed.detail:
        if deed.detail["openness"] != Space.Openness.CLOSED:
            # Only a closed space is asked; the requests went with the change.
            asked = Notification.objects.filter(Q(kind=Kind.ASKED, space_id=deed.space_id))
            people = list(asked.filter(read_at__isnull=True).values_list("person_id", flat=True))
            asked.delete()
            ring(people)
        _ring_unread(Q(space_id=deed.space_id) | Q(latest__space_id=deed.space_id))


def _ring_unread(rows: Q) -> None:
    unread = Notification.objects.filter(rows, read_at__isnull=True)
    ring(unread.values_list("person_id", flat=True).distinct())


def _followed(deed: Deed) -> None:
    _tell_one(deed, Kind.FOLLOWER)


def _refused(deed: Deed) -> None:
    """What somebody had scheduled was not allowed any more: nobody else hears of it."""
    if deed.person_id is not None:
        tell([deed.person_id], News(Kind.UNSENT, deed.person_id, deed.at))


def _unfollowed(deed: Deed) -> None:
    if deed.actor_id is not None:
        rows = Notification.objects.filter(Q(person_id=deed.person_id, kind=Kind.FOLLOWER))
        take_back(rows, deed.actor_id)


def _asked(deed: Deed) -> None:
    if deed.person_id is None:
        return
    space = Space.objects.filter(Q(pk=deed.space_id)).first()
    if space is not None:
        managers = spaces.managers_of(space).exclude(person_id=deed.person_id)
        news = News(Kind.ASKED, deed.person_id, deed.at, space=space.pk)
        tell(list(managers.values_list("person_id", flat=True)), news)


def _settled(deed: Deed) -> None:
    """A request is answered or withdrawn: managers need not look any more."""
    if deed.person_id is not None:
        rows = Notification.objects.filter(Q(kind=Kind.ASKED, space_id=deed.space_id))
        take_back(rows, deed.person_id)


def _declined(deed: Deed) -> None:
    _settled(deed)
    _tell_one(deed, Kind.DECLINED)


def _invited(deed: Deed) -> None:
    _tell_one(deed, Kind.INVITED)


def _withdrawn(deed: Deed) -> None:
    _settled(deed)
    _forget_place(deed, [Kind.INVITED])


def _joined(deed: Deed) -> None:
    _settled(deed)
    if deed.actor_id == deed.person_id:
        _forget_place(deed, [Kind.INVITED, Kind.DECLINED, Kind.REMOVED])
    else:
        _tell_one(deed, Kind.APPROVED)
    _shown_again_to_one(deed)


def _left(deed: Deed) -> None:
    # Whoever comes back is told the usual.
    Attention.objects.filter(Q(person_id=deed.person_id, space_id=deed.space_id)).delete()
    _forget_place(deed, [Kind.APPROVED, Kind.MANAGER, Kind.MEMBER])
    _shown_again_to_one(deed)


def _ruled(deed: Deed) -> None:
    """A rule is nobody who tells: only what is settled by it goes."""
    people = deed.detail["people"]
    there = Notification.objects.filter(Q(space_id=deed.space_id, person__in=people))
    shown = Q(space_id=deed.space_id) | Q(latest__space_id=deed.space_id)
    _ring_unread(Q(person__in=people) & shown)
    if deed.detail["left"]:
        Attention.objects.filter(Q(space_id=deed.space_id, person__in=people)).delete()
        there.filter(kind__in=[Kind.APPROVED, Kind.MANAGER, Kind.MEMBER]).delete()
        return
    there.filter(kind__in=[Kind.INVITED, Kind.DECLINED, Kind.REMOVED]).delete()
    asked = Notification.objects.filter(Q(kind=Kind.ASKED, space_id=deed.space_id))
    for row in asked:
        for person in set(row.actors) & set(people):
            take_back(asked.filter(pk=row.pk), person)


def _removed(deed: Deed) -> None:
    _left(deed)
    _tell_one(deed, Kind.REMOVED)


def _role(deed: Deed) -> None:
    manager = deed.detail.get("role") == Membership.Role.MANAGER
    _tell_one(deed, Kind.MANAGER if manager else Kind.MEMBER)
    # Requests to join are shown to managers only.
    _shown_again_to_one(deed)


def _tell_one(deed: Deed, kind: Notification.Kind) -> None:
    """Tell the person of the deed what the actor did to them, if they may know of either."""
    if deed.actor_id in (None, deed.person_id):
        return
    person = Person.objects.filter(Q(pk=deed.person_id)).first()
    if person is None or deed.actor_id is None:
        return
    if kind is Kind.FOLLOWER:
        may_know = people_visible_to(person).filter(pk=deed.actor_id).exists()
        space = None
    else:
        may_know = spaces.visible_to(person).filter(Q(pk=deed.space_id)).exists()
        space = deed.space_id
    if may_know:
        tell([person.pk], News(kind, deed.actor_id, deed.at, space=space))


def _forget_place(deed: Deed, kinds: Iterable[Notification.Kind]) -> None:
    rows = Notification.objects.filter(
        Q(person_id=deed.person_id, space_id=deed.space_id, kind__in=list(kinds))
    )
    if rows.delete()[0] and deed.person_id is not None:
        ring([deed.person_id])


def _shown_again_to_one(deed: Deed) -> None:
    _ring_unread(
        Q(person_id=deed.person_id)
        & (Q(space_id=deed.space_id) | Q(latest__space_id=deed.space_id))
    )


def _entry(pk: int | None) -> Entry | None:
    entries_by_pk = Entry.objects.filter(Q(pk=pk))
    return entries_by_pk.select_related("space", "parent", "root").first()


def _of_itself(kind: Notification.Kind, actor: int, deed: Deed, entry: Entry) -> News:
    return News(kind, actor, deed.at, entry.pk, entry.pk, within=entry.space_id)


_DEALS: dict[str, Callable[[Deed], None]] = {
    Verb.ENTRY_PUBLISHED: _published,
    Verb.ENTRY_TELLING: _published,
    Verb.ENTRY_DELETED: _deleted,
    Verb.ENTRY_RESTORED: _shown_or_hidden,
    Verb.ENTRY_MOVED: _shown_or_hidden,
    Verb.ENTRY_REACTED: _reacted,
    Verb.ENTRY_REPORTED: of_reports.reported,
    Verb.ENTRY_JUDGED: of_reports.judged,
    Verb.POST_REFUSED: _refused,
    Verb.MENTIONED: _mentioned,
    Verb.SPACE_CHANGED: _space_changed,
    Verb.MEMBER_JOINED: _joined,
    Verb.MEMBER_LEFT: _left,
    Verb.MEMBERS_RULED: _ruled,
    Verb.MEMBER_REMOVED: _removed,
    Verb.MEMBER_ROLE: _role,
    Verb.JOIN_ASKED: _asked,
    Verb.JOIN_DECLINED: _declined,
    Verb.JOIN_INVITED: _invited,
    Verb.JOIN_WITHDRAWN: _withdrawn,
    Verb.HALL_QUESTION: of_halls.question,
    Verb.HALL_TELLING: of_halls.question,
    Verb.HALL_REMINDED: of_halls.reminded,
    Verb.PERSON_FOLLOWED: _followed,
    Verb.PERSON_UNFOLLOWED: _unfollowed,
}
