"""Pages and small files that belong to the site as a whole."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.core.text import fold_tag
from hallway.people.queries import search as search_people
from hallway.spaces.queries import search as search_spaces
from hallway.stream.tags import tags_like

SHOWN = 10
KEEP = "public, max-age=86400"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People, spaces and tags that match `?q=`, each through its own access rule."""
    viewer = viewer_of(request)
    query = request.GET.get("q", "").strip()[:200]
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
def logo(request: HttpRequest) -> FileResponse:
    """The company's logo from the settings."""
    path = settings.CONFIG.logo
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
    """Whether this process answers and reaches the database; for load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
