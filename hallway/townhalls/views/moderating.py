"""What moderators do with one question; nobody's work is lost when two are at it at once."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of
from hallway.spaces.actions import NotAllowed
from hallway.townhalls import access
from hallway.townhalls.actions import Closed, Overtaken, moderate
from hallway.townhalls.desk import meanwhile
from hallway.townhalls.models import Question
from hallway.townhalls.similar import most_alike
from hallway.townhalls.views.guarding import question_or_404, version_of, watch_hall

Deed = Callable[..., object]

OTHER_CHANGED = gettext_lazy(
    "The question that stays was changed meanwhile. Look at it again, then decide."
)

MOST_OFFERED = 30
MOST_COMPARED = 1000  # those with the most votes, as browsers compare too
"""Questions offered to be united with, the most alike first."""

PLAIN: Mapping[str, Deed] = {
    "release": moderate.release,
    "stage": moderate.put_on_stage,
    "unstage": moderate.take_off_stage,
    "answered": moderate.mark_answered,
    "reopen": moderate.reopen,
}
"""Deeds that need no words."""


@require_POST
def plain(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one of the deeds in PLAIN."""
    question = question_or_404(request, pk)
    seen = version_of(request)
    return _try(request, question, deed, lambda: PLAIN[deed](question, by=_me(request), seen=seen))


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a question for a `reason` that everybody reads."""
    question = question_or_404(request, pk)
    if request.method != "POST":
        return _page(request, question, "decline")
    seen, reason = version_of(request), request.POST.get("reason", "")
    return _try(
        request,
        question,
        "decline",
        lambda: moderate.decline(question, reason, by=_me(request), seen=seen),
        words=reason,
        missing=_("Say why: everybody reads the reason, nobody the question."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question in writing (`answer`); everybody reads it."""
    question = question_or_404(request, pk)
    if request.method != "POST":
        return _page(request, question, "answer", words=question.answer)
    seen, text = version_of(request), request.POST.get("answer", "")
    return _try(
        request,
        question,
        "answer",
        lambda: moderate.answer(question, text, by=_me(request), seen=seen),
        words=text,
        missing=_("An answer has at least one and at most 4,000 characters."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Unite a question with another of its hall (`into`); the similar ones are offered first."""
    question = question_or_404(request, pk)
    if request.method != "POST":
        return _page(request, question, "merge")
    seen, chosen = version_of(request), request.POST.get("into", "")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 17 else 0
    target = access.desk_questions(_me(request), question.hall).filter(pk=number).first()
    if target is None and chosen:
        raise Http404
    seen_into = None if target is None else version_of(request, f"seen-{target.pk}")

    def deed() -> object:
        if target is None:
            raise ValueError("no question was chosen")
        return moderate.merge(question, target, by=_me(request), seen=seen, seen_into=seen_into)

    missing = _("Choose the question that stays.")
    return _try(request, question, "merge", deed, words=chosen, missing=missing)


def _me(request: HttpRequest) -> Any:
    return viewer_of(request)


def _try(
    request: HttpRequest,
    question: Question,
    name: str,
    deed: Deed,
    *,
    words: str = "",
    missing: str = "",
) -> HttpResponse:
    """Do it; where somebody else was faster, say who did what, and keep the words."""
    try:
        deed()
    except NotAllowed as error:
        raise Http404 from error
    except Overtaken as error:
        if error.now.pk != question.pk:
            # The other of two was changed: it stands in the list as it is now, if it still may.
            return _page(request, question, name, words, errors=[OTHER_CHANGED], status=422)
        return _page(request, question, name, words, now=error.now, status=422)
    except Closed as error:
        return _page(request, question, name, words, closed=error.why, status=422)
    except ValueError:
        return _page(request, question, name, words, errors=[missing], status=422)
    messages.success(request, _done(name))
    return redirect("townhalls:desk", question.hall_id)


def _page(
    request: HttpRequest,
    question: Question,
    name: str,
    words: str = "",
    *,
    now: Question | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page of one deed; `now` is how the question is after somebody else changed it."""
    hall = question.hall
    watch_hall(request, hall, desk=True)
    if now is not None:
        question = question_or_404(request, now.pk)
        context |= {"overtaken": True, "meanwhile": meanwhile(now)}
    if name == "merge":
        rows = access.desk_questions(_me(request), hall).filter(state__in=("open", "on_stage"))
        others = rows.exclude(pk=question.pk).select_related("author")
        others = others.defer("answer", "answer_html").order_by("-votes", "pk")[:MOST_COMPARED]
        context["others"] = most_alike(question, others)[:MOST_OFFERED]
    context |= {
        "hall": hall,
        "title": hall.entry.text.title,
        "question": question,
        "deed": name,
        "words": words,
        "possible": question.state in STATES[name],
    }
    return render(request, "townhalls/deed.html", context, status=status)


_S = Question.State
STATES: Mapping[str, tuple[str, ...]] = {
    "release": (_S.HELD, _S.DECLINED),
    "stage": (_S.OPEN, _S.ANSWERED, _S.WRITTEN),
    "unstage": (_S.ON_STAGE,),
    "answered": (_S.OPEN, _S.ON_STAGE),
    "reopen": (_S.ANSWERED, _S.WRITTEN),
    "decline": (_S.HELD, _S.OPEN),
    "answer": (_S.OPEN, _S.ANSWERED, _S.WRITTEN),
    "merge": (_S.HELD, _S.OPEN),
}
"""In which states a question can be the object of each deed, as `actions.moderate` has it."""


def _done(name: str) -> str:
    return {
        "release": _("Everybody sees it now."),
        "stage": _("It is on stage."),
        "unstage": _("It is back in the list."),
        "answered": _("Marked as answered."),
        "reopen": _("It is open again."),
        "decline": _("Declined. Everybody reads the reason."),
        "answer": _("Answered in writing."),
        "merge": _("United. Nobody's vote was lost or counted twice."),
    }[name]
