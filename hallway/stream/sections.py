"""The streams that stand inside the pages of spaces and people."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hallway.core.http import viewer_of, watch
from hallway.core.splicing import splice
from hallway.people.models import Person
from hallway.people.standing_in import stand_in
from hallway.posts.queries import Compose
from hallway.spaces import access
from hallway.spaces.models import Space
from hallway.stream.newest import END
from hallway.stream.paging import before, older_url
from hallway.stream.queries import Page, of_person, of_space


def stream_of_space(request: HttpRequest, space: Space) -> SafeString:
    """The box for writing, if the viewer may, and what was published here."""
    viewer = viewer_of(request)
    compose = None
    if access.may(viewer, "post", space):
        placeholder = _("Share something with %(space)s") % {"space": space.name}
        compose = Compose(placeholder, space_id=space.pk, where=space.name)
    place = before(request)
    page = of_space(viewer, space, place)
    return _section(
        request,
        page,
        topics=f"space:{space.pk}",
        compose=compose,
        empty_title="" if page.pinned else _("Nothing here yet"),
        empty_text=_("Write the first post.") if compose else "",
        empty_url="#compose" if compose else "",
        empty_action=_("Write a post"),
        seen=space.slug,
        pinned=splice(request, page.pinned),
        pinned_in=space.pk if place == END else None,
    )


def stream_of_person(request: HttpRequest, person: Person) -> SafeString:
    """What a person published where the viewer may see it; on one's own page a box for writing."""
    viewer = viewer_of(request)
    also = stand_in(request)
    own = viewer.pk == person.pk and also is None
    compose = None
    if own:
        compose = Compose(_("Share something on your wall"), space_id=0, where=_("My wall"))
    page = of_person(viewer, person, before(request), also=also)
    return _section(
        request,
        page,
        topics=f"author:{person.pk}",
        compose=compose,
        empty_title=_("Nothing here yet"),
        empty_text=_("Write the first post.") if own else "",
        empty_url="#compose" if own else "",
        empty_action=_("Write a post"),
    )


def _section(request: HttpRequest, page: Page, **context: object) -> SafeString:
    # The frame of the page prints one block for all that is the viewer's own.
    request.mine = page.mine  # type: ignore[attr-defined]
    cards = splice(request, page.cards)
    watch(request, *page.topics)
    context |= {"page": page, "cards": cards, "older_url": older_url(request, page.older)}
    return render_to_string("stream/_section.html", context, request)
