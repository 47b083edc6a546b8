"""Back a question, cheer, answer a poll: one click each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.townhalls import access, actions
from hallway.townhalls.actions import Outcome
from hallway.townhalls.actions.poll import choose as choose_option
from hallway.townhalls.models import CHEERS, TownHall
from hallway.townhalls.views.loading import (
    back,
    by_script,
    hall_or_404,
    poll_or_404,
    question_or_404,
)

MOST_AT_ONCE = 20
"""Cheers in one form; what a hand can click between two of them."""

REASONS: dict[Outcome, Promise | str] = {
    Outcome.CLOSED: gettext_lazy("This town hall is over: votes are no longer counted."),
    Outcome.SETTLED: gettext_lazy("This question has been settled: its votes stay as they are."),
}


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Back a question (`on=1`), or no longer (`on=0`); without `on` the other way than before."""
    viewer = viewer_of(request)
    question = question_or_404(request, pk)
    wanted = request.POST.get("on", "")
    if wanted in ("0", "1"):
        on = wanted == "1"
    else:
        on = not access.votes_of(viewer).filter(question=question).exists()
    try:
        spend(viewer.pk, "vote")
    except TooFast as error:
        return told(refused(request, question.hall, str(error), status=429), error)
    outcome = actions.vote(question, on, by=viewer)
    if outcome is Outcome.UNKNOWN:
        raise Http404
    if outcome is not Outcome.DONE:
        return refused(request, question.hall, str(REASONS[outcome]), outcome=outcome)
    if not by_script(request):
        said = _("You back this question.") if on else _("You no longer back this question.")
        messages.success(request, said)
    return back(request, question.hall)


@require_POST
def cheer(request: HttpRequest, pk: int) -> HttpResponse:
    """Add `n` of one `kind` to the counters; nobody is noted."""
    viewer = viewer_of(request)
    hall = hall_or_404(request, pk)
    kind, count = request.POST.get("kind", ""), request.POST.get("n", "1")
    if kind not in CHEERS or not (count.isascii() and count.isdigit() and len(count) < 3):
        raise Http404
    times = max(1, min(int(count), MOST_AT_ONCE))
    try:
        spend(viewer.pk, "cheer", times)
    except TooFast as error:
        return told(refused(request, hall, str(error), status=429), error)
    if not actions.cheer(hall.pk, {kind: times}):
        return refused(request, hall, _("One can clap while it is on air."))
    actions.tell_or_owe(hall.pk, actions.News(cheers=True))
    return back(request, hall)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose one answer of an open poll, instead of the one chosen before."""
    viewer = viewer_of(request)
    poll = poll_or_404(request, pk)
    chosen = request.POST.get("option", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise Http404
    option = access.options_of([poll]).filter(pk=int(chosen)).first()
    if option is None:
        raise Http404
    try:
        spend(viewer.pk, "vote")
        choose_option(poll, option, by=viewer)
    except TooFast as error:
        return told(refused(request, poll.hall, str(error), status=429), error)
    except actions.NotAllowed as error:
        raise Http404 from error
    except actions.Closed:
        return refused(request, poll.hall, _("This poll is closed: its votes stay as they are."))
    if not by_script(request):
        messages.success(request, _("You chose “%(option)s”.") % {"option": option.text})
    return back(request, poll.hall)


def refused(
    request: HttpRequest,
    hall: TownHall,
    sentence: str,
    *,
    status: int = 409,
    outcome: Outcome = Outcome.CLOSED,
) -> HttpResponse:
    """Say why not: to a script in a header, to everybody else on the page they came from."""
    if by_script(request):
        plain = "text/plain; charset=utf-8"
        said = HttpResponse(sentence, status=status, content_type=plain)
        said.headers["X-Outcome"] = outcome
        return said
    messages.warning(request, sentence)
    return back(request, hall)
