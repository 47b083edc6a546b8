"""From a deed to what it changes on open screens, drawn with the pages' own partials.

Only what is neutral goes to a space's or author's topic; a person's own topic carries their
bell and menu. Every change is idempotent: a screen that gets it twice stays true.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from hallway.core.guarding import as_system
from hallway.entries.cards import Card, draw, load
from hallway.entries.models import Entry
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb
from hallway.notifications.queries import unread_count
from hallway.people.models import Person
from hallway.spaces.models import Space
from hallway.stream.menu import my_menu


@dataclass(frozen=True, slots=True)
class Drawn:
    """One change for the screens of one topic: `html` is a Turbo Stream per language.

    `target` names what is changed; a later change of the same target replaces this one when a
    screen catches up.
    """

    topic: str
    target: str
    html: Mapping[str, str]


def frames_of(deed: Deed) -> Sequence[Drawn]:
    """What `deed` changes on open screens; empty for deeds nobody sees.

    Runs in the drawing thread and reads the database as it is now, which may be later than the
    deed: what has been deleted since is not drawn any more.
    """
    drawer = _DRAWERS.get(deed.verb)
    return drawer(deed) if drawer else ()


def _published(deed: Deed) -> Sequence[Drawn]:
    card = _standing(deed)
    if card is None:
        return ()
    if not card.is_comment:
        return _tell(card, f"entry-{card.id}", lambda: _fresh(card))
    target = f"comments-{card.thread_id}"
    if card.is_reply:
        target = f"replies-{card.parent_id}"
    added = _tell(card, f"place-{card.id}", lambda: _append(card, target), author=False)
    return [*added, *_root(card.thread_id)]


def _changed(deed: Deed) -> Sequence[Drawn]:
    card = _standing(deed)
    if card is None:
        return ()
    target = f"entry-{card.id}"
    changed = _tell(card, target, lambda: _replace(target, draw([card.id])[card.id]))
    if card.is_comment and deed.verb == Verb.ENTRY_EDITED:
        return [*changed, *_root(card.thread_id)]
    return changed


def _deleted(deed: Deed) -> Sequence[Drawn]:
    if deed.entry_id is None or deed.space_id is None:
        return ()
    root = deed.detail.get("root")
    if root:
        html = f'<turbo-stream action="remove" target="place-{deed.entry_id}"></turbo-stream>'
        gone = Drawn(f"space:{deed.space_id}", f"place-{deed.entry_id}", _in_all(lambda: html))
        return [gone, *_root(root)]

    def leave() -> str:
        note = get_template("entries/_gone.html").render({"id": deed.entry_id})
        return (
            f'<turbo-stream action="remove" target="entry-{deed.entry_id}"></turbo-stream>'
            + _replace(f"conversation-{deed.entry_id}", note)
        )

    html_by_language = _in_all(leave)
    topics = [f"space:{deed.space_id}"]
    with as_system("who wrote what was deleted, to reach the screens that follow them"):
        entry = Entry.objects.filter(pk=deed.entry_id).select_related("space").first()
    if entry is not None and entry.space.is_open:
        topics.append(f"author:{entry.author_id}")
    return [Drawn(topic, f"entry-{deed.entry_id}", html_by_language) for topic in topics]


def _restored(deed: Deed) -> Sequence[Drawn]:
    """Where it stands among the others only the page knows, so the screens read it anew."""
    card = _standing(deed)
    return _tell(card, "page", lambda: REFRESH) if card else ()


def _person_changed(deed: Deed) -> Sequence[Drawn]:
    if deed.person_id is None:
        return ()
    html = _in_all(lambda: REFRESH)
    return [Drawn(f"{kind}:{deed.person_id}", "page", html) for kind in ("person", "author")]


def _space_changed(deed: Deed) -> Sequence[Drawn]:
    return [Drawn(f"space:{deed.space_id}", "page", _in_all(lambda: REFRESH))]


def _membership(deed: Deed) -> Sequence[Drawn]:
    """Members come and go: the menu of the person concerned, and pages that list members."""
    lists = [Drawn(f"space:{deed.space_id}", "members", _in_all(lambda: MEMBERS))]
    return [*lists, *_menu(deed.person_id)]


def _requests(deed: Deed) -> Sequence[Drawn]:
    lists = [Drawn(f"space:{deed.space_id}", "members", _in_all(lambda: MEMBERS))]
    own = Drawn(f"person:{deed.person_id}", "page", _in_all(lambda: REFRESH))
    return [*lists, own] if deed.person_id else lists


def _seen(deed: Deed) -> Sequence[Drawn]:
    return _menu(deed.actor_id)


def _notice(deed: Deed) -> Sequence[Drawn]:
    person = Person.objects.filter(pk=deed.person_id or 0).first()
    if person is None:
        return ()
    bell = get_template("site/_bell.html")
    nav = {"bell": unread_count(person)}
    html = _in_all(lambda: _replace("bell", bell.render({"id": "bell", "nav": nav})))
    return [Drawn(f"person:{person.pk}", "bell", html)]


def _menu(person_id: int | None) -> Sequence[Drawn]:
    person = Person.objects.filter(pk=person_id or 0, is_active=True).first()
    if person is None:
        return ()
    nav = {"spaces": my_menu(person)}
    template = get_template("site/_your_spaces.html")
    html = _in_all(lambda: _replace("your-spaces-list", template.render({"nav": nav})))
    return [Drawn(f"person:{person.pk}", "menu", html)]


def _root(thread_id: int) -> Sequence[Drawn]:
    """The card a conversation hangs on, whose count and last comment changed."""
    cards = load([thread_id])
    if not cards or not _stands(thread_id):
        return ()
    target = f"entry-{thread_id}"
    return _tell(cards[0], target, lambda: _replace(target, draw([thread_id])[thread_id]))


def _standing(deed: Deed) -> Card | None:
    if deed.entry_id is None or not _stands(deed.entry_id):
        return None
    cards = load([deed.entry_id])
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
    drawn = _in_all(html)
    topics = [f"space:{card.space.pk}"]
    if author and card.space.openness == Space.Openness.OPEN:
        topics.append(f"author:{card.author.pk}")
    return [Drawn(topic, target, drawn) for topic in topics]


def _fresh(card: Card) -> str:
    tags = " ".join(card.tags)
    return (
        f'<turbo-stream action="fresh" data-entry="{card.id}" data-space="{card.space.pk}"'
        f' data-author="{card.author.pk}" data-tags="{tags}"><template>'
        f"{draw([card.id])[card.id]}</template></turbo-stream>"
    )


def _append(card: Card, target: str) -> str:
    place = {"id": card.id, "card": mark_safe(draw([card.id])[card.id]), "replies": []}
    html = get_template("comments/_comment.html").render(
        {"comment": place, "is_reply": card.is_reply}
    )
    return (
        f'<turbo-stream action="append" target="{target}"><template>{html}</template>'
        "</turbo-stream>"
    )


def _replace(target: str, html: str) -> str:
    return (
        f'<turbo-stream action="replace" method="morph" target="{target}"><template>{html}'
        "</template></turbo-stream>"
    )


def _in_all(html: Callable[[], str]) -> dict[str, str]:
    drawn = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            drawn[language] = html()
    return drawn


REFRESH = '<turbo-stream action="refresh"></turbo-stream>'
MEMBERS = '<turbo-stream action="members"></turbo-stream>'

_DRAWERS: dict[str, Callable[[Deed], Sequence[Drawn]]] = {
    Verb.ENTRY_PUBLISHED: _published,
    Verb.ENTRY_EDITED: _changed,
    Verb.ENTRY_REACTED: _changed,
    Verb.ENTRY_DELETED: _deleted,
    Verb.ENTRY_RESTORED: _restored,
    Verb.SPACE_CHANGED: _space_changed,
    Verb.MEMBER_JOINED: _membership,
    Verb.MEMBER_LEFT: _membership,
    Verb.MEMBER_REMOVED: _membership,
    Verb.MEMBER_ROLE: _membership,
    Verb.JOIN_ASKED: _requests,
    Verb.JOIN_DECLINED: _requests,
    Verb.JOIN_INVITED: _requests,
    Verb.JOIN_WITHDRAWN: _requests,
    Verb.SPACE_SEEN: _seen,
    Verb.PERSON_CHANGED: _person_changed,
    Verb.NOTICE_CHANGED: _notice,
}
