"""After the town hall: who takes care of a question until when, and what came of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hallway.core.http import viewer_of
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls import access, afterwards, drawing
from hallway.townhalls.actions import Closed, Overtaken, follow_up
from hallway.townhalls.desk import meanwhile
from hallway.townhalls.models import Question
from hallway.townhalls.views.guarding import followed_or_404, version_of, watch_hall

LONGEST_OUTCOME = 600


class FollowUpForm(forms.Form):
    """Who, until when, what came of it, and whether that settles it."""

    owner = forms.CharField(
        label=gettext_lazy("Who takes care of it"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Begin to type a name. Only who may see the town hall is offered."),
    )
    due = forms.DateField(
        label=gettext_lazy("Until when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    outcome = forms.CharField(
        label=gettext_lazy("What came of it, or what is being done"),
        required=False,
        max_length=LONGEST_OUTCOME,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_OUTCOME}),
    )
    done = forms.BooleanField(label=gettext_lazy("This is done"), required=False)

    def __init__(self, question: Question, data: Any = None) -> None:
        self.question = question
        super().__init__(data, initial=_initial(question))
        for name in self.fields:
            if data is not None and self.errors.get(name):
                marks = {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
                self.fields[name].widget.attrs.update(marks)

    def clean_owner(self) -> Person | None:
        handle = self.cleaned_data["owner"].strip().lstrip("@").lower()
        if not handle:
            return None
        owner = access.readers_of(self.question.hall).filter(handle=handle).first()
        if owner is None:
            raise forms.ValidationError(
                _("Nobody of this handle may see the town hall. Choose one of those offered.")
            )
        return owner


@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with its answer, what was promised and what came of it; a form for who may."""
    question = followed_or_404(request, pk)
    viewer = viewer_of(request)
    may = question.owner_id == viewer.pk or access.may(viewer, "follow_up", question.hall)
    if request.method != "POST":
        return _page(request, question, FollowUpForm(question) if may else None)
    if not may:
        raise Http404
    seen, form = version_of(request), FollowUpForm(question, request.POST)
    if not form.is_valid():
        return _page(request, question, form, status=422)
    try:
        follow_up(question, **form.cleaned_data, by=viewer, seen=seen)
    except (NotAllowed, Closed) as error:
        raise Http404 from error
    except Overtaken as error:
        # Words stay in the form; what is stored now stands above it.
        now = followed_or_404(request, pk)
        more = {"overtaken": True, "meanwhile": meanwhile(error.now)}
        return _page(request, now, form, status=422, **more)
    messages.success(request, _("Saved. Everybody who backed the question hears of it."))
    return redirect("townhalls:follow-up", pk)


def _page(
    request: HttpRequest,
    question: Question,
    form: FollowUpForm | None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    watch_hall(request, question.hall)
    question.answer_words = drawing.answer_of(question)  # type: ignore[attr-defined]
    context |= {
        "question": question,
        "hall": question.hall,
        "title": question.hall.entry.text.title,
        "form": form,
        "history": afterwards.history(viewer_of(request), question),
    }
    return render(request, "townhalls/follow_up.html", context, status=status)


def _initial(question: Question) -> dict[str, object]:
    return {
        "owner": f"@{question.owner.handle}" if question.owner else "",
        "due": question.due,
        "outcome": question.outcome,
        "done": question.done,
    }
