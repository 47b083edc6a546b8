"""Ask a question with one's name, change its words, take it back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of, watch
from hallway.core.limits import TooFast, spend, told
from hallway.townhalls import actions
from hallway.townhalls.actions.ask import LONGEST, MOST_WAITING, SHORTEST, is_open
from hallway.townhalls.models import Question
from hallway.townhalls.views.hall import page
from hallway.townhalls.views.loading import by_script, hall_or_404, own_question_or_404

BAD: dict[str, Promise | str] = {
    "short": gettext_lazy("That is too short to be a question: write at least %(shortest)d signs."),
    "long": gettext_lazy("That is too long: a question has at most %(longest)d signs."),
    "many": gettext_lazy(
        "%(waiting)d questions of yours wait for an answer already. Withdraw one, or back others."
    ),
}
NUMBERS = {"shortest": SHORTEST, "longest": LONGEST, "waiting": MOST_WAITING}

CLOSED: dict[str, Promise | str] = {
    "asking": gettext_lazy("No questions are taken just now. Your words are kept below."),
    "question": gettext_lazy("This question has been taken up meanwhile, so it stays as it is."),
    "hall": gettext_lazy("This town hall is over."),
}


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask `text`; what does not go is explained beside the words, which stay."""
    viewer = viewer_of(request)
    hall = hall_or_404(request, pk)
    text = request.POST.get("text", "")
    if "nameless" in request.POST:
        # Sent past the script that hides who asks: taken like this, it would carry the name.
        sentence = _("It was not sent, because your name would have gone with it. Try again.")
        return page(request, pk, status=422, ask_text=text, ask_errors=[sentence])
    try:
        spend(viewer.pk, "ask")
        question = actions.ask(hall, text, by=viewer, key=_key(request))
    except (actions.BadQuestion, actions.Closed, TooFast) as error:
        if by_script(request):
            status = 429 if isinstance(error, TooFast) else 422
            plain = "text/plain; charset=utf-8"
            return told(HttpResponse(why(error), status=status, content_type=plain), error)
        # The hall may have changed since it was loaded: the page shows how it is now.
        hall = hall_or_404(request, pk)
        answer = page(request, pk, status=422, ask_text=text, ask_errors=[why(error)])
        return told(answer, error)
    except actions.NotAllowed as error:
        raise Http404 from error
    held = question.state == Question.State.HELD
    if by_script(request):
        return HttpResponse(status=202 if held else 204)
    if held:
        messages.success(request, _("Thank you. A moderator looks at your question first."))
    else:
        messages.success(request, _("Your question is there."))
    return redirect(f"{hall.url}?tab=mine" if held else question.url)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of one's own question while nobody has taken it up, or withdraw it."""
    viewer = viewer_of(request)
    question = own_question_or_404(request, pk)
    watch(request, f"space:{question.hall.space_id}")
    if request.method != "POST":
        return _form(request, question, question.text)
    text = request.POST.get("text", "")
    try:
        spend(viewer.pk, "ask")
        actions.edit(question, text, by=viewer, seen=_seen(request))
    except (actions.BadQuestion, actions.Closed, TooFast) as error:
        return told(_form(request, question, text, errors=[why(error)]), error)
    except actions.Overtaken as error:
        sentence = _("It was changed meanwhile. Compare, then save again.")
        return _form(request, error.now, text, errors=[sentence], other=error.now.text)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Saved."))
    return redirect(f"{question.hall.url}?tab=mine")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own question back; its words are erased."""
    question = own_question_or_404(request, pk)
    try:
        actions.withdraw(question, by=viewer_of(request))
    except actions.NotAllowed as error:
        raise Http404 from error
    except actions.Closed as error:
        messages.warning(request, why(error))
    else:
        messages.success(request, _("Your question is withdrawn, its words are erased."))
    return redirect(question.hall.url)


def why(error: Exception) -> str:
    """The reason of a refusal as a sentence."""
    if isinstance(error, actions.BadQuestion):
        return str(BAD[error.why]) % NUMBERS
    if isinstance(error, actions.Closed):
        return str(CLOSED[error.why])
    return str(error)


def _form(
    request: HttpRequest,
    question: Question,
    text: str,
    *,
    errors: list[str] | None = None,
    other: str = "",
) -> HttpResponse:
    context = {
        "question": question,
        "hall": question.hall,
        "text": text,
        "errors": errors,
        "other": other,
        "open": is_open(question, question.hall),
        "longest": LONGEST,
    }
    return render(request, "townhalls/question.html", context, status=422 if errors else 200)


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None
