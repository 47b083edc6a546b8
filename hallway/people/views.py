"""Pages of people: directory, profile, team, unit, followers, one's own profile, photos."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hallway.company.present import company
from hallway.core.http import next_url, viewer_of, watch
from hallway.core.qr import qr_of
from hallway.people import actions, chart, days, queries
from hallway.people.directory import Wanted, choices
from hallway.people.directory import directory as directory_page
from hallway.people.editing import Editing
from hallway.people.forms import FilterForm
from hallway.people.models import Person
from hallway.people.photos import has_cover, has_photo, read_cover, read_photo
from hallway.people.sections import sections
from hallway.people.standing_in import eyes_for, stand_in
from hallway.people.tree import head_of, named_head, tree

# Kept for ten minutes, so that a photo is not seen for long after the person may not be; then the
# browser asks again and is told in a few bytes that it is still the same.
PHOTO_HEADERS = {
    "Cache-Control": "private, max-age=600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Vary": "Cookie",
}


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody the viewer may see; ?q=, unit, location and skill narrow the list."""
    viewer = viewer_of(request)
    form = FilterForm(request.GET, choices=choices(viewer))
    wanted = form.wanted()
    page = directory_page(viewer, wanted, request.GET.get("after", ""))
    context = {"form": form, "page": page, "wanted": wanted}
    if not wanted and "after" not in request.GET:
        context["today"] = days.today(viewer, timezone.now())
    context["older_url"] = _next_page(request, page.after)
    return render(request, "people/directory.html", context)


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """The people to offer for @q, as JSON; those who may read a space are offered by spaces."""
    offers = queries.complete(viewer_of(request), request.GET.get("q", ""))
    return JsonResponse(offers, safe=False)


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Go to one's own page."""
    return redirect(viewer_of(request).url)


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """A profile and what higher floors put below it; one's own with `?as=` as others see it."""
    viewer = viewer_of(request)
    eyes = eyes_for(viewer, request.GET.get("as", "")) if handle == viewer.handle else None
    if eyes and not eyes.viewer:
        return render(request, "people/unseen.html", {"eyes": eyes, "person": viewer})
    request.eyes = eyes  # type: ignore[attr-defined]
    try:
        profile = queries.profile(stand_in(request) or viewer, handle)
    except Person.DoesNotExist:
        raise Http404 from None
    if not viewer.is_guest and not eyes:
        watch(request, f"author:{profile.person.pk}")
    drawn = sections(request, profile.person)
    context = {
        "eyes": eyes,
        "profile": profile,
        "person": profile.person,
        "sections": drawn,
        # As one would read it out, for those who type it instead of pointing a camera at it.
        "address": f"{settings.BASE_URL}{profile.person.url}".partition("://")[2],
    }
    return render(request, "people/person.html", context)


@require_safe
def team(request: HttpRequest, handle: str) -> HttpResponse:
    """The org chart around somebody: those above, and a page of those who report to them."""
    if not company().shows("manager"):
        raise Http404
    shown, after = visible(request, handle), request.GET.get("after", "")
    found = chart.team(viewer_of(request), shown, after)
    context = {"team": found, "person": shown, "older_url": _next_page(request, found.after)}
    return render(request, "people/team.html", context)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit with the units around it, who leads it, and a page of its people."""
    viewer = viewer_of(request)
    known = tree(viewer, pk)
    if known is None:
        raise Http404
    page = directory_page(viewer, Wanted(unit=pk), request.GET.get("after", ""))
    named = named_head(viewer, pk)
    context = {
        "unit": known.units[pk],
        "above": known.above(pk),
        "below": known.below(pk),
        "head": named or head_of(viewer, known, pk),
        "head_is_named": named is not None,
        "page": page,
        "older_url": _next_page(request, page.after),
    }
    return render(request, "people/unit.html", context)


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The address of one's own profile as a picture that telephones read."""
    return qr_of(settings.BASE_URL + viewer_of(request).url)


@require_safe
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    """Who follows somebody."""
    shown = visible(request, handle)
    circle = queries.followers(viewer_of(request), shown, before(request))
    return _circle(request, shown, circle, "followers")


@require_safe
def following(request: HttpRequest, handle: str) -> HttpResponse:
    """Whom somebody follows."""
    shown = visible(request, handle)
    circle = queries.following(viewer_of(request), shown, before(request))
    return _circle(request, shown, circle, "following")


@require_POST
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    """Follow somebody."""
    shown = visible(request, handle)
    actions.follow(shown, by=viewer_of(request))
    return redirect(next_url(request, shown.url))


@require_POST
def unfollow(request: HttpRequest, handle: str) -> HttpResponse:
    """Stop following somebody."""
    shown = visible(request, handle)
    actions.unfollow(shown, by=viewer_of(request))
    return redirect(next_url(request, shown.url))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Change one's own profile."""
    viewer = viewer_of(request)
    if request.method != "POST":
        return render(request, "people/edit.html", Editing(viewer).context)
    sent = Editing(viewer, request.POST, request.FILES)
    if not sent.is_valid():
        return render(request, "people/edit.html", sent.context, status=422)
    sent.apply()
    return redirect(viewer.url)


@require_safe
def photo(request: HttpRequest, handle: str, version: str, size: int) -> HttpResponse:
    """One size of the photo somebody has now."""
    return _picture(request, handle, version, size, has_photo, read_photo)


@require_safe
def cover(request: HttpRequest, handle: str, version: str, size: int) -> HttpResponse:
    """One size of the cover somebody has now."""
    return _picture(request, handle, version, size, has_cover, read_cover)


def visible(request: HttpRequest, handle: str) -> Person:
    """The person with this handle; raises Http404 if the viewer may not see them."""
    try:
        return queries.person(viewer_of(request), handle)
    except Person.DoesNotExist:
        raise Http404 from None


def before(request: HttpRequest) -> int | None:
    """The place in `?before=`, if it is one."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _picture(
    request: HttpRequest,
    handle: str,
    version: str,
    size: int,
    has: Callable[[Person, str], bool],
    read: Callable[[Person, str, int], bytes | None],
) -> HttpResponse:
    shown, tag = visible(request, handle), f'"{version}-{size}"'
    headers = PHOTO_HEADERS | {"ETag": tag}
    if request.headers.get("If-None-Match") == tag and has(shown, version):
        return HttpResponse(status=304, headers=headers)
    data = read(shown, version, size)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/webp", headers=headers)


def _next_page(request: HttpRequest, after: str) -> str:
    """The same list from `after` on, or '' where it ends."""
    if not after:
        return ""
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


def _circle(request: HttpRequest, shown: Person, circle: queries.Circle, kind: str) -> HttpResponse:
    heading = _("Followers") if kind == "followers" else pgettext("somebody follows", "Following")
    older = f"{reverse(f'people:{kind}', args=[shown.handle])}?before={circle.older}"
    context = {
        "person": shown,
        "page": circle,
        "kind": kind,
        "heading": heading,
        "older_url": older if circle.older else "",
    }
    return render(request, "people/circle.html", context)
