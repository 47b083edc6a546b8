"""What deeds about people, spaces and membership change on open screens.

Names and photos stand in many places of many pages, so these deeds mostly tell a page that it is
to be read anew, if it shows whom they concern.
"""

from collections.abc import Iterable, Sequence

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.translation import gettext

from hallway.core.guarding import as_system
from hallway.entries.models import Entry
from hallway.hub.drawn import Drawn, append_where, in_all, refresh, replace, reread
from hallway.journal.reader import Deed
from hallway.notifications.queries import unread_count
from hallway.people.models import Person
from hallway.spaces.models import Membership
from hallway.stream.menu import my_menu

RECENT = 200
"""Of so many newest posts in a space the authors' followers hear when the space changes."""


def person_changed(deed: Deed) -> Sequence[Drawn]:
    """Name, photo, title: on the cards and lists of every space they write in or belong to."""
    person = Person.objects.filter(pk=deed.person_id or 0).first()
    if person is None:
        return ()
    shown = f'[data-author="{person.pk}"], a[href="{person.url}"]'
    told = [f"author:{person.pk}", *(f"space:{space}" for space in _spaces_of(person))]
    return [
        refresh(f"person:{person.pk}"),
        *(reread(topic, shown, f"person-{person.pk}") for topic in told),
    ]


def followed(deed: Deed) -> Sequence[Drawn]:
    """Who follows hears of other people from now on; both profiles count anew."""
    if deed.actor_id is None or deed.person_id is None:
        return ()
    counted = f'[data-profile="{deed.person_id}"]'
    return [
        refresh(f"person:{deed.actor_id}"),
        reread(f"person:{deed.person_id}", counted, "profile"),
        reread(f"author:{deed.person_id}", counted, "profile"),
        reread(f"author:{deed.actor_id}", f'[data-profile="{deed.actor_id}"]', "profile"),
    ]


def space_changed(deed: Deed) -> Sequence[Drawn]:
    """Its name stands in menus and on cards; a new openness changes what is to be seen at all."""
    where = "" if "openness" in deed.detail else f'[data-space="{deed.space_id}"]'
    if deed.space_id is None:
        return ()
    with as_system("whose followers have cards from this space before them"):
        recent = Entry.objects.filter(space_id=deed.space_id, listed__isnull=False)
        newest = recent.order_by("-listed").values_list("author_id", flat=True)[:RECENT]
        authors = set(newest)
    return [
        reread(f"space:{deed.space_id}"),
        reread(f"door:{deed.space_id}"),
        *(reread(f"author:{author}", where, f"space-{deed.space_id}") for author in authors),
    ]


def membership(deed: Deed) -> Sequence[Drawn]:
    """Who belongs, asks or is invited: pages of the space, and all of that person's own.

    Theirs are read anew because other topics than before are due on them.
    """
    shown = f'[data-members="{deed.space_id}"]'
    told = [reread(f"{kind}:{deed.space_id}", shown, "members") for kind in ("space", "door")]
    return [*told, refresh(f"person:{deed.person_id}")] if deed.person_id else told


def ruled(deed: Deed) -> Sequence[Drawn]:
    """Many came or went by a rule: pages of the space, and all of theirs, are read anew."""
    where = f'[data-members="{deed.space_id}"]'
    told = [reread(f"{kind}:{deed.space_id}", where, "members") for kind in ("space", "door")]
    return [*told, *_notice_for_many(deed.detail["people"])]


def removed(deed: Deed) -> Sequence[Drawn]:
    """Who has the space before them is told why it changes, or is gone, under their eyes."""

    def told() -> str:
        # Without its name, which is told only to those who may know of the space.
        words = escape(gettext("You no longer belong to this space."))
        return append_where(
            f'body:has([data-members="{deed.space_id}"]) #toasts',
            f'<toast-note class="toast" data-client>{words}</toast-note>',
        )

    person, name = f"person:{deed.person_id}", f"removed-{deed.space_id}"
    return [Drawn(person, name, in_all(told)), *membership(deed)]


def seen(deed: Deed) -> Sequence[Drawn]:
    """What one has read on one screen is no longer new on the others."""
    person = Person.objects.filter(pk=deed.actor_id or 0, is_active=True).first()
    if person is None:
        return ()
    given = {"spaces": my_menu(person)}
    template = get_template("site/_your_spaces.html")
    html = in_all(lambda: replace("your-spaces-list", template.render(given)))
    return [Drawn(f"person:{person.pk}", "menu", html)]


def all_seen(deed: Deed) -> Sequence[Drawn]:
    """Nothing is new on any card, or of one space: one's own pages are read anew, which are few."""
    return [refresh(f"person:{deed.actor_id}")]


def notice(deed: Deed) -> Sequence[Drawn]:
    """The bells count anew, and the list of notifications is read again where it is open."""
    if "people" in deed.detail:
        return _notice_for_many(deed.detail["people"])
    person = Person.objects.filter(pk=deed.person_id or 0).first()
    if person is None:
        return ()
    given = {"id": "bell", "bell": unread_count(person)}

    def bells() -> str:
        above = get_template("site/_bell.html").render(given)
        below = get_template("site/_bottom_bell.html").render(given)
        return replace("bell", above) + replace("bottom-bell", below)

    topic = f"person:{person.pk}"
    return [Drawn(topic, "bell", in_all(bells)), reread(topic, "#notices", "notices")]


def _notice_for_many(people: Iterable[int]) -> Sequence[Drawn]:
    """Their pages are read anew: counting for each would hold up all that is told to others.

    Without a topic in it, the pages take as long over that as those of the largest crowd.
    """
    html = in_all(lambda: '<turbo-stream action="reread" where="#bell"></turbo-stream>')
    return [Drawn(f"person:{person}", "bell", html) for person in people]


def _spaces_of(person: Person) -> Iterable[int]:
    with as_system("where somebody is shown, for nobody in particular"):
        written = Entry.objects.filter(author=person).order_by().values_list("space_id", flat=True)
        joined = Membership.objects.filter(person=person).values_list("space_id", flat=True)
        return sorted({*written.distinct(), *joined})
