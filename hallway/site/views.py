"""Pages and small files that belong to the site as a whole."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hallway.company.present import company
from hallway.core.http import viewer_of
from hallway.core.storage import open_stored
from hallway.core.text import clean_line, fold_tag
from hallway.hub.health import Looks
from hallway.people.queries import search as search_people
from hallway.spaces.queries import search as search_spaces
from hallway.stream.tags import tags_like

SHOWN = 10
_looks = Looks()
KEEP = "public, max-age=86400"

# The mark, with its doorway lit: in a tab there is no telling what colour is behind it.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="8" fill="oklch(46.5% .09 {hue})"/>'
    '<path d="M10 32V17a6 6 0 0 1 12 0v15z" fill="#fff"/></svg>'
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People, spaces and tags that match `?q=`, each through its own access rule."""
    viewer = viewer_of(request)
    query = clean_line(request.GET.get("q", ""))[:200]
    context = {
        "query": query,
        "people": search_people(viewer, query.lstrip("@#"), SHOWN) if query else [],
        "spaces": search_spaces(viewer, query.lstrip("@#"), SHOWN) if query else [],
        "tags": tags_like(viewer, fold_tag(query.lstrip("#")) or "", SHOWN) if query else [],
    }
    return render(request, "site/search.html", context)


@login_not_required
@require_safe
def brand(request: HttpRequest, hue: int) -> HttpResponse:
    """The company's one number as a style sheet; its address carries it, so it may be kept."""
    if hue > 360:
        raise Http404
    return HttpResponse(
        f":root{{--hue:{hue}}}", content_type="text/css", headers={"Cache-Control": KEEP}
    )


@login_not_required
@require_safe
def icon(request: HttpRequest, hue: int) -> HttpResponse:
    """The mark in the company's colour, for the browser's tabs and bookmarks."""
    if hue > 360:
        raise Http404
    return HttpResponse(
        ICON.format(hue=hue), content_type="image/svg+xml", headers={"Cache-Control": KEEP}
    )


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that were not told: files, feeds and fragments have no head to tell."""
    response = redirect("site:icon", company().hue)
    response.headers["Cache-Control"] = KEEP
    return response


@login_not_required
@require_safe
def logo(request: HttpRequest) -> FileResponse:
    """The company's logo, as uploaded by an administrator or else from the environment."""
    uploaded, path = company().logo, settings.CONFIG.logo
    if uploaded:
        file = open_stored(uploaded)
        return FileResponse(file, content_type="image/webp", headers={"Cache-Control": KEEP})
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), headers={"Cache-Control": KEEP})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and the database takes writes; for load balancers."""
    found = _looks.get()
    return HttpResponse(str(found), content_type="text/plain", status=found.status)
