"""What deeds on entries change on open screens: cards, comments, counts."""

from collections.abc import Callable, Sequence

from django.template.loader import get_template
from django.utils.safestring import mark_safe

from hallway.core.guarding import as_system
from hallway.entries.cards import Card, drawn, load
from hallway.entries.models import Entry
from hallway.entries.reporting import deciders_of
from hallway.hub import frames_of_threads as conversations
from hallway.hub.drawn import Drawn, append, in_all, mine, removed, replace, reread, saved
from hallway.journal.reader import Deed
from hallway.spaces.models import Space


def published(deed: Deed) -> Sequence[Drawn]:
    """A post is offered to every list it belongs to; a comment stands at the end of its thread."""
    card = _standing(deed.entry_id)
    if card is None:
        return ()
    if not card.is_comment:
        return _tell(card, f"entry-{card.id}", lambda: _fresh(card))
    target = f"comments-{card.thread_id}"
    if card.is_reply:
        target = f"replies-{card.parent_id}"
    added = _tell(card, f"place-{card.id}", lambda: _place(card, target), author=False)
    return [*added, *_root(card.thread_id), *conversations.said(card)]


def edited(deed: Deed) -> Sequence[Drawn]:
    """New words; a comment may be the last one on its thread's card, a post may gain tags."""
    card = _standing(deed.entry_id)
    if card is None:
        return ()
    changed = _card(card)
    if card.is_comment:
        return [*changed, *_root(card.thread_id), _quotes(card)]
    tagged = 'entry-stream[topics^="tag:"]'
    lists = [reread(each.topic, tagged, "tags") for each in changed]
    return [*changed, *lists, _quotes(card), _shares(card)]


def pinned(deed: Deed) -> Sequence[Drawn]:
    """The mark on its card, and the page of its space, above whose stream it stands or no more."""
    card = _standing(deed.entry_id)
    if card is None:
        return ()
    space = card.space.pk
    return [*_card(card), reread(f"space:{space}", f"#pinned-{space}", "pinned")]


def reacted(deed: Deed) -> Sequence[Drawn]:
    """New counts for everybody, and on the reader's other screens what they themselves did."""
    card = _standing(deed.entry_id)
    if card is None:
        return ()
    own = [mine(deed.actor_id, card.id, deed.detail.get("reaction"))] if deed.actor_id else []
    return [*_card(card), *own]


def put_by(deed: Deed) -> Sequence[Drawn]:
    """Somebody saved it or let go of it, which only their own screens hear."""
    if deed.actor_id is None or deed.entry_id is None:
        return ()
    mark = saved(deed.actor_id, deed.entry_id, bool(deed.detail.get("on")))
    return [mark, reread(f"person:{deed.actor_id}", "#saved", "saved")]


def scheduled(deed: Deed) -> Sequence[Drawn]:
    """What somebody has waiting, which only their own screens show."""
    return [reread(f"person:{deed.person_id or deed.actor_id}", "#scheduled", "scheduled")]


def judged(deed: Deed) -> Sequence[Drawn]:
    """It was reported, or decided about: the lists of those who decide, and of nobody else."""
    with as_system("who decides about an entry, to tell nobody but them"):
        entry = Entry.objects.select_related("space").filter(pk=deed.entry_id or 0).first()
        people = [] if entry is None else list(deciders_of(entry).values_list("pk", flat=True))
    return [reread(f"person:{pk}", "#reported", "reported") for pk in people]


def deleted(deed: Deed) -> Sequence[Drawn]:
    """It leaves every list; who reads its page is told that it is gone."""
    if deed.entry_id is None:
        return ()
    # Standing or not, the row is there: what it was tells screens whether they had counted it.
    cards = load([deed.entry_id])
    if not cards:
        return ()
    card = cards[0]
    if not card.is_comment:
        gone = _tell(card, f"entry-{card.id}", lambda: _gone(card))
        return [*gone, _quotes(card), _lists(card), _shares(card)]
    place = f"place-{card.id}"
    html = in_all(lambda: removed(place))
    taken = [Drawn(f"space:{card.space.pk}", place, html), *conversations.unsaid(card)]
    return [*taken, *_root(card.thread_id), _quotes(card), _lists(card)]


def restored(deed: Deed) -> Sequence[Drawn]:
    """A post stands again where it stood; of comments only the page knows where that is."""
    card = _standing(deed.entry_id)
    if card is None:
        return ()
    if card.is_comment:
        again = reread(f"space:{card.space.pk}", f"#comments-{card.thread_id}", f"again-{card.id}")
        return [again, *_root(card.thread_id), *conversations.said(card), _lists(card)]
    # Another name than that of the removal, so that who was away is told of both.
    back = _tell(card, f"again-{card.id}", lambda: _fresh(card, back=True))
    thread = f"#conversation-{card.id}"
    threads = (reread(each.topic, thread, f"thread-{card.id}") for each in back)
    return [*back, *threads, _lists(card)]


def moved(deed: Deed) -> Sequence[Drawn]:
    """It leaves the lists of where it stood, and is offered where it stands now.

    Who reads both sees it go and come back in its place; who reads only the old space is told
    nothing of it from this position on, for a card is told where it stands when it is drawn.
    """
    cards = load([deed.entry_id]) if deed.entry_id is not None else []
    if not cards:
        return ()
    card, origin = cards[0], int(deed.detail["from"])
    with as_system("whether the space it left is open, to tell those who follow the author"):
        was_open = Space.objects.filter(pk=origin, openness=Space.Openness.OPEN).exists()
    topics = [f"space:{origin}", *([f"author:{card.author.pk}"] if was_open else [])]
    html = in_all(lambda: _left(card))
    gone = [Drawn(topic, f"entry-{card.id}", html) for topic in topics]
    thread, name = f"#conversation-{card.id}", f"thread-{card.id}"
    told = [*gone, *(reread(topic, thread, name) for topic in topics)]
    told += [_quotes(card, origin), _lists(card, origin), _shares(card, origin)]
    told.append(reread(f"space:{origin}", f"#pinned-{origin}", "pinned"))
    return [*told, *(restored(deed) if card.space.pk != origin else ())]


def card_of(entry_id: int) -> Sequence[Drawn]:
    """The card of an entry as it looks now, if it still stands."""
    card = _standing(entry_id)
    return _card(card) if card else ()


def _card(card: Card) -> Sequence[Drawn]:
    target = f"entry-{card.id}"
    # Streams of authors show no comments, and keep nothing of them when they are deleted.
    author = not card.is_comment
    return _tell(card, target, lambda: replace(target, drawn(card)), author=author)


def _quotes(card: Card, space: int = 0) -> Drawn:
    """Lists of notifications that quote it."""
    return reread(
        f"space:{space or card.space.pk}", f'[data-latest="{card.id}"]', f"quotes-{card.id}"
    )


def _shares(card: Card, space: int = 0) -> Drawn:
    """Cards elsewhere that carry it, on the screens of those who may see it: only these know."""
    return reread(
        f"space:{space or card.space.pk}", f'[data-shared="{card.id}"]', f"shares-{card.id}"
    )


def _lists(card: Card, space: int = 0) -> Drawn:
    """Lists of what people saved; with an entry all that answers it goes and comes back."""
    return reread(f"space:{space or card.space.pk}", "#saved", "saved")


def _root(thread_id: int) -> Sequence[Drawn]:
    """The card a conversation hangs on, whose count and last comment changed."""
    return card_of(thread_id)


def _standing(pk: int | None) -> Card | None:
    if pk is None or not _stands(pk):
        return None
    cards = load([pk])
    return cards[0] if cards else None


def _stands(pk: int) -> bool:
    published = Entry.State.PUBLISHED
    with as_system("whether an entry still stands, for nobody in particular"):
        entry = Entry.objects.select_related("parent", "root").filter(pk=pk).first()
        if entry is None or entry.state != published:
            return False
        above = (entry.parent, entry.root)
        return all(other is None or other.state == published for other in above)


def _tell(
    card: Card, target: str, html: Callable[[], str], *, author: bool = True
) -> Sequence[Drawn]:
    """For the space's topic, and the author's if every employee may read the space."""
    in_each = in_all(html)
    topics = [f"space:{card.space.pk}"]
    if author and card.space.openness == Space.Openness.OPEN:
        topics.append(f"author:{card.author.pk}")
    return [Drawn(topic, target, in_each) for topic in topics]


def _data(card: Card) -> str:
    """What screens need in order to say whether it belongs to a list or a count of theirs."""
    return (
        f'data-entry="{card.id}" data-space="{card.space.pk}" data-author="{card.author.pk}"'
        f' data-place="{card.place}"'
    )


def _fresh(card: Card, *, back: bool = False) -> str:
    again = ' data-back="1"' if back else ""
    return (
        f'<turbo-stream action="fresh" {_data(card)} data-tags="{" ".join(card.tags)}"{again}>'
        f"<template>{drawn(card)}</template></turbo-stream>"
    )


def _gone(card: Card) -> str:
    note = get_template("entries/_gone.html").render({"id": card.id})
    return (
        f'<turbo-stream action="remove" target="entry-{card.id}" {_data(card)}></turbo-stream>'
        + replace(f"conversation-{card.id}", note)
    )


def _left(card: Card) -> str:
    note = get_template("entries/_moved.html").render({"id": card.id, "url": card.url})
    return (
        f'<turbo-stream action="remove" target="entry-{card.id}" {_data(card)}></turbo-stream>'
        + replace(f"conversation-{card.id}", note)
    )


def _place(card: Card, target: str) -> str:
    place = {"id": card.id, "card": mark_safe(drawn(card)), "replies": []}
    comment = get_template("comments/_comment.html")
    return append(target, comment.render({"comment": place, "is_reply": card.is_reply}))
