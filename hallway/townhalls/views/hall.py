"""The page of a town hall in its three stages: announced, on air, ended."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of, watch
from hallway.core.middleware import policy
from hallway.core.splicing import splice
from hallway.entries.forms import new_key
from hallway.townhalls import access, afterwards, queries
from hallway.townhalls.picture import picture_of
from hallway.townhalls.player import origin_of
from hallway.townhalls.united import with_what_stays
from hallway.townhalls.views.loading import hall_or_404

MOST_WORDS = 1000
"""Questions among which browsers look for similar ones."""

TABS = ("top", "new", "answered", "mine")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall; `?tab=` chooses what the list of questions begins with."""
    return page(request, pk)


@require_safe
def words(request: HttpRequest, pk: int) -> JsonResponse:
    """Numbers, words and votes of the open questions, the same for everybody.

    Browsers look for similar ones in it by themselves, so that nothing is sent before it is asked.
    """
    hall = hall_or_404(request, pk)
    rows = access.questions_in(hall).order_by("-votes", "pk").values("pk", "text", "votes", "state")
    return JsonResponse({"questions": list(rows[:MOST_WORDS])})


def page(request: HttpRequest, pk: int, status: int = 200, **context: object) -> HttpResponse:
    """Draw the page of hall `pk`; `context` carries what was wrong with a form on it.

    Raises Http404 unless the viewer may see it.
    """
    viewer = viewer_of(request)
    if not queries.seen_by(viewer, [pk]):
        raise Http404
    picture = picture_of(request, pk)
    bill, hall = picture.bill, picture.bill.hall
    watch(request, f"hall:{pk}", f"space:{hall.space_id}")
    request.space_id = hall.space_id  # type: ignore[attr-defined]
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "top"
    own = queries.own(viewer, hall)
    request.mine = own.block  # type: ignore[attr-defined]
    rows = picture.rows
    if tab == "mine":
        # Whole for readers without a script; the other tabs show and hide what they have.
        rows = [row for row in rows if row.author == viewer.pk or row.question in own.votes]
    context |= {
        "bill": bill,
        "title": bill.title,
        "hall": hall,
        "people": bill.people,
        "staged": hall.answering,
        "present": bill.present,
        "has_words": picture.has_words,
        "words": picture.words,
        "rows": splice(request, [row.html for row in rows]),
        "answered": splice(request, picture.answered),
        "answered_count": len(picture.answered),
        "further": picture.further,
        "after": afterwards.after(viewer, hall) if hall.is_ended else None,
        "declined": picture.declined,
        "polls": picture.polls,
        "cheers": picture.cheers,
        "yours": with_what_stays(own.questions),
        "tab": tab,
        "key": new_key(),
        "may_host": own.may_host,
        "may_moderate": own.may_moderate,
        "may_stage": own.may_stage,
        "reminded": own.reminded,
        "frame_origin": origin_of(hall.player_url),
        "zone": timezone.get_current_timezone_name(),
    }
    response = render(request, "townhalls/hall.html", context, status=status)
    if origin := origin_of(hall.player_url):
        nonce = getattr(request, "csp_nonce", "")
        response.headers["Content-Security-Policy"] = f"{policy(nonce)}; frame-src {origin}"
    return response
