"""Pages about being told outside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hallway.core.http import viewer_of
from hallway.outside.actions import choose, stop_digest
from hallway.outside.digest.writing import person_of
from hallway.outside.forms import ScheduleForm
from hallway.outside.queries import schedule_of


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """How often one gets a digest, and when one wants to hear nothing."""
    viewer = viewer_of(request)
    form = ScheduleForm(request.POST or None, schedule=schedule_of(viewer))
    if request.method == "POST" and form.is_valid():
        choose(form.plan, by=viewer)
        messages.success(request, _("Saved."))
        return redirect("outside:mail")
    status = 422 if request.method == "POST" else 200
    return render(request, "outside/mail.html", {"form": form, "viewer": viewer}, status=status)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End somebody's digest by the link in it, without signing in.

    Mail programs send the form themselves (RFC 8058), without cookies and so without a token
    against forgery: the address is the secret. Looking at it changes nothing, for scanners do.
    """
    person = person_of(token)
    if person is None:
        raise Http404
    translation.activate(person.language)
    request.LANGUAGE_CODE = person.language
    if request.method == "POST":
        stop_digest(by=person)
    response = render(request, "outside/unsubscribe.html", {"done": request.method == "POST"})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Language"] = person.language
    return response
