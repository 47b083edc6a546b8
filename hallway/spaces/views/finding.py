"""Finding spaces, and the people one may name in them."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.core.text import clean_line
from hallway.people.queries import complete as offered
from hallway.spaces import access, queries
from hallway.spaces.models import Space
from hallway.spaces.views.loading import standing_or_404

KINDS = [(kind.value, kind.label) for kind in Space.Kind if kind != Space.Kind.WALL]
LONGEST_QUERY = 200
LONGEST_NUMBER = 18


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The spaces the viewer may know of: `?q=` words, `?kind=`, `?mine=1`, `?after=` a cursor."""
    viewer = viewer_of(request)
    kind = request.GET.get("kind", "")
    wish = queries.Wish(
        words=clean_line(request.GET.get("q", ""))[:LONGEST_QUERY],
        kind=kind if kind in Space.Kind.values else "",
        mine=request.GET.get("mine") == "1",
    )
    after = request.GET.get("after", "")
    found, following = queries.find(viewer, wish, after)
    chosen = {"q": wish.words, "kind": wish.kind, "mine": "1" if wish.mine else ""}
    kept = {name: value for name, value in chosen.items() if value}
    at_start = not (after or kept)
    context = {
        "found": found,
        "wish": wish,
        "kinds": KINDS,
        "at_start": at_start,
        "invitations": queries.invitations(viewer) if at_start else [],
        "more_url": f"?{urlencode({**kept, 'after': following})}" if following else "",
        "all_url": f"?{urlencode({**kept, 'mine': ''})}",
        "mine_url": f"?{urlencode({**kept, 'mine': '1'})}",
        "may_found": not viewer.is_guest,
    }
    return render(request, "spaces/find.html", context)


@require_safe
def complete(request: HttpRequest, slug: str) -> JsonResponse:
    """Whom to offer after an @ in this space: some of its readers whose names fit `?q=`."""
    standing = standing_or_404(request, slug, "read")
    return _completions(request, standing.space)


@require_safe
def complete_by_number(request: HttpRequest) -> JsonResponse:
    """The same for the space with the number `?space=`, walls included."""
    number = request.GET.get("space", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    space = access.readable_by(viewer_of(request)).filter(pk=int(number)).first()
    if space is None:
        raise Http404
    return _completions(request, space)


def _completions(request: HttpRequest, space: Space) -> JsonResponse:
    words = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    # Only readers are offered: a mention of anybody else would reach nobody.
    people = offered(viewer_of(request), words, access.readers_of(space))
    return JsonResponse(people, safe=False)
