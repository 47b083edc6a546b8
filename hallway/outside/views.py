"""Pages about being told outside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of
from hallway.outside.actions import choose, stop_digest
from hallway.outside.actions.devices import (
    NoSubscription,
    Subscription,
    add_device,
    end_device,
)
from hallway.outside.digest.writing import person_of
from hallway.outside.forms import ScheduleForm, SubscriptionForm
from hallway.outside.models import Device
from hallway.outside.push.encryption import own_name
from hallway.outside.queries import devices_of, schedule_of
from hallway.people.models import Person


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


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The devices that are told; a form of the script adds the present one."""
    viewer, refused = viewer_of(request), ""
    if request.method == "POST":
        refused = _add(request, viewer)
        if not refused:
            messages.success(request, _("You will be told on this device."))
            return redirect("outside:devices")
    context = {
        "devices": devices_of(viewer),
        "present": request.session.session_key,
        "key": own_name(),
        "refused": refused,
    }
    return render(request, "outside/devices.html", context, status=422 if refused else 200)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Tell nothing any more on one of one's own devices."""
    viewer = viewer_of(request)
    end_device(get_object_or_404(Device, pk=number, person=viewer), by=viewer)
    messages.success(request, _("Nothing is pushed there any more."))
    return redirect("outside:devices")


def _add(request: HttpRequest, viewer: Person) -> str:
    """Add the present device; returns why not, or ''."""
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return _("This browser's subscription cannot be used.")
    try:
        add_device(Subscription(**form.cleaned_data), request.session.session_key or "", by=viewer)
    except NoSubscription as error:
        return str(error)
    return ""


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
