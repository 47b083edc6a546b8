"""Going for good, for oneself and, by administrators, for somebody; and staying after all."""

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hallway.accounts.actions import Refused
from hallway.accounts.models.link import digest_of
from hallway.accounts.views.guard import administrators_only
from hallway.core.http import viewer_of
from hallway.owndata.actions import leave, stay
from hallway.owndata.forms import LeaveForm
from hallway.owndata.models import GRACE, Farewell
from hallway.people.models import Person


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Say what is erased and what stays, then do it."""
    viewer = viewer_of(request)
    answer = _leave(request, viewer)
    if answer is not None:
        return answer
    # The session is gone by now, and so is the right to write: only the cookie is left.
    request.session.modified = False
    response = redirect("owndata:left")
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def of_somebody(request: HttpRequest, handle: str) -> HttpResponse:
    """The same for somebody who asked for it, by an administrator."""
    person = get_object_or_404(Person, handle=handle, erased_at=None)
    if person.pk == viewer_of(request).pk:
        return redirect("owndata:leave")
    answer = _leave(request, person)
    if answer is not None:
        return answer
    messages.success(request, _("The account is switched off and will be erased in a week."))
    return redirect(person.url)


@login_not_required
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """What somebody sees who has just gone."""
    return render(request, "owndata/left.html", {"days": GRACE.days})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the account, by the link in the mail; opening it changes nothing."""
    found = Farewell.objects.filter(digest=digest_of(token), due_at__gt=timezone.now())
    over = not found.exists()
    kept = request.method == "POST" and not over and stay(token) is not None
    context = {"over": over, "kept": kept}
    response = render(request, "owndata/stay.html", context, status=404 if over else 200)
    # The address is a key, so it is told to nobody, not even to our own log.
    response.headers["Referrer-Policy"] = "no-referrer"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _leave(request: HttpRequest, person: Person) -> HttpResponse | None:
    """The page about it, or None when it is done."""
    viewer = viewer_of(request)
    if request.method == "POST":
        refused = consume_or_429(request, action="change_password")
        if refused:
            return refused  # type: ignore[no-any-return]
    form = LeaveForm(request.POST or None, person=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            leave(person, form.cleaned_data["words"] == "erase", by=viewer)
        except Refused as error:
            form.add_error(None, str(error.words))
        else:
            return None
    own = person.pk == viewer.pk
    farewell = None if own else Farewell.objects.filter(person=person).first()
    context = {"form": form, "person": person, "own": own, "farewell": farewell}
    context["days"] = GRACE.days
    status = 422 if request.method == "POST" else 200
    return render(request, "owndata/leave.html", context, status=status)
