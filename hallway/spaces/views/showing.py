"""The pages of one space: stream, members, about."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hallway.core.text import clean_line
from hallway.spaces import queries
from hallway.spaces.forms import OPENNESS, POSTING
from hallway.spaces.sections import sections
from hallway.spaces.views.loading import page_of, standing_or_404

LONGEST_QUERY = 200
WORTH_SEARCHING = 10
"""From so many members on there is a field to search them."""


@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """The stream; who may not read sees the header, the description and the ways in only."""
    standing = standing_or_404(request, slug)
    drawn = sections(request, standing.space) if standing.reads else []
    return page_of(request, "spaces/space.html", standing, sections=drawn, here="stream")


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Members for readers: `?q=` a name, `?after=` a cursor; managers also see who wants in."""
    standing = standing_or_404(request, slug, "read")
    space = standing.space
    words = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"words": words, "here": "members"}
    if words:
        context["found"] = queries.members_called(space, words)
    else:
        page = queries.members(space, after)
        context["found"] = page.rows
        context["more_url"] = f"?{urlencode({'after': page.next})}" if page.next else ""
    # A few are found faster by looking.
    context["searched"] = bool(words or after) or len(context["found"]) >= WORTH_SEARCHING
    if standing.manages and not after and not words:
        context["requests"] = queries.requests(space)[: queries.MOST_OPEN]
        context["invited"] = queries.invited(space)[: queries.MOST_OPEN]
    return page_of(request, "spaces/members.html", standing, **context)


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """What the space is for and how it works, for readers."""
    standing = standing_or_404(request, slug, "read")
    space = standing.space
    context: dict[str, Any] = {
        "openness": next(each for each in OPENNESS if each.value == space.openness),
        "posting": next(each for each in POSTING if each.value == space.posting),
        "managers": queries.managers(space)[: queries.MOST_OPEN],
        "manages": standing.may("manage"),
        "here": "about",
    }
    return page_of(request, "spaces/about.html", standing, **context)
