"""Home, tags and the mark of how far one has read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import next_url, viewer_of, watch
from hallway.core.splicing import splice
from hallway.core.text import clean_name, fold_tag
from hallway.entries import access as entries
from hallway.posts.queries import Compose, Place
from hallway.spaces import access as spaces
from hallway.stream.actions import see, see_all
from hallway.stream.asides import aside
from hallway.stream.menu import menu_of
from hallway.stream.paging import before, older_url
from hallway.stream.queries import followed_by, of_tag, saved_by
from hallway.stream.queries import home as home_page
from hallway.stream.reasons import reason
from hallway.stream.welcome import welcome


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest for the viewer; with ?tab=following only from those they follow."""
    viewer = viewer_of(request)
    following_only = request.GET.get("tab") == "following"
    page = home_page(viewer, before(request), following_only=following_only)
    authors = followed_by(viewer)
    if not viewer.is_guest:
        # Oneself for the sake of one's own wall, which stands in no menu.
        watch(request, *(f"author:{pk}" for pk in (viewer.pk, *authors)))
    watch(request, *page.topics)
    context = {
        "cards": splice(request, page.cards),
        "following_only": following_only,
        "topics": _topics(authors) if following_only else "all",
        "older_url": older_url(request, page.older),
        "compose": Compose(_("Share something"), spaces=_places(request), space_id=0),
        "mine": page.mine,
        "welcome": None if following_only else welcome(request, authors),
    }
    return render(request, "stream/home.html", context)


def _places(request: HttpRequest) -> list[Place]:
    spaces = (Place(space.id, space.name) for space in menu_of(request) if space.may_post)
    return [Place(0, _("My wall")), *spaces]


@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    """What stands beside home on wide screens; the page fetches it when it is in sight."""
    return render(request, "stream/beside.html", {"aside": aside(viewer_of(request))})


def _topics(authors: list[int]) -> str:
    """What belongs to the list of those one follows; to an empty one nothing does."""
    return " ".join(f"author:{pk}" for pk in authors) or "nobody"


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Everything with #name that the viewer may see."""
    viewer = viewer_of(request)
    folded = fold_tag(clean_name(name))
    if not folded:
        raise Http404
    page = of_tag(viewer, folded, before(request))
    # The spaces of what is shown; one may read there without belonging.
    watch(request, *(f"space:{pk}" for pk in page.spaces), *page.topics)
    context = {
        "tag": folded,
        "cards": splice(request, page.cards),
        "topics": f"tag:{folded}",
        "older_url": older_url(request, page.older),
        "mine": page.mine,
    }
    return render(request, "stream/tag.html", context)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The viewer's private list of what they put by."""
    page = saved_by(viewer_of(request), before(request))
    watch(request, *(f"space:{pk}" for pk in page.spaces), *page.topics)
    context = {
        "cards": splice(request, page.cards),
        "topics": "nobody",
        "older_url": older_url(request, page.older),
        "mine": page.mine,
    }
    return render(request, "stream/saved.html", context)


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """What brings an entry before the viewer; also shown in place in its menu."""
    viewer = viewer_of(request)
    found = entries.visible_to(viewer).filter(root__isnull=True)
    entry = get_object_or_404(found.select_related("author", "space__owner"), pk=pk)
    context = {"entry": entry, "reason": reason(viewer, entry), "back": entry.url}
    return render(request, "stream/why.html", context)


@require_POST
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that the viewer has read a space up to `entry`, or up to its newest without one."""
    viewer = viewer_of(request)
    space = get_object_or_404(spaces.readable_by(viewer), slug=slug)
    rows = entries.listed_to(viewer).filter(space=space)
    chosen = request.POST.get("entry", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        rows = rows.filter(pk=int(chosen))
    upto = rows.order_by("-listed").values_list("listed", flat=True).first()
    if upto is not None:
        see(space, upto, by=viewer)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(next_url(request, space.url))


@require_POST
def all_seen(request: HttpRequest) -> HttpResponse:
    """Note that nothing is new to the viewer any more, anywhere."""
    see_all(by=viewer_of(request))
    return redirect(next_url(request, reverse("stream:home")))


@require_POST
def space_seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that nothing is new to the viewer in one space."""
    viewer = viewer_of(request)
    space = get_object_or_404(spaces.readable_by(viewer), slug=slug)
    see_all(space, by=viewer)
    return redirect(next_url(request, space.url))
