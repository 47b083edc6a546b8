"""One's own settings: language, password, sessions."""

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hallway.accounts.actions import end_session, end_sessions, set_password
from hallway.accounts.forms import ChangePasswordForm, DisplayForm, ThemeForm
from hallway.accounts.models import Session
from hallway.core.http import viewer_of
from hallway.people.actions import change_profile
from hallway.people.settings_pages import pages_for

MOST_SESSIONS = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All pages of one's settings, of whichever app."""
    pages = pages_for(viewer_of(request))
    return render(request, "accounts/settings.html", {"pages": pages})


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Language, time zone and colours, for all of one's devices."""
    viewer = viewer_of(request)
    form = DisplayForm(request.POST or None, initial=model_to_dict(viewer, DisplayForm.base_fields))
    if request.method == "POST" and form.is_valid():
        change_profile(viewer, by=viewer, **form.cleaned_data)
        with translation.override(viewer.language):
            messages.success(request, _("Saved."))
        return _remembering(redirect("account_display"), viewer.theme)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/display.html", {"form": form}, status=status)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the colours chosen in one's menu."""
    viewer, form = viewer_of(request), ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    change_profile(viewer, by=viewer, **form.cleaned_data)
    return _remembering(HttpResponse(status=204), viewer.theme)


def _remembering(response: HttpResponse, theme: str) -> HttpResponse:
    # For the door and for pages drawn without asking anything, which know no viewer.
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie("theme", theme, 365 * 24 * 3600, secure=secure, samesite="Lax")
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; all other sessions end."""
    viewer = viewer_of(request)
    if request.method == "POST":
        refused = consume_or_429(request, action="change_password")
        if refused:
            return refused  # type: ignore[no-any-return]
    form = ChangePasswordForm(request.POST or None, person=viewer)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "account/password_change.html", {"form": form}, status=status)
    set_password(viewer, form.cleaned_data["password"], keep=request.session.session_key)
    update_session_auth_hash(request, viewer)
    messages.success(request, _("Your password is changed. You are signed out everywhere else."))
    return redirect("account_security")


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, the latest first."""
    own = Session.objects.filter(person=viewer_of(request)).order_by("-used_at", "-pk")
    context = {"sessions": own[:MOST_SESSIONS], "present": request.session.session_key}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_one(request: HttpRequest, handle: str) -> HttpResponse:
    """End one of one's own sessions."""
    own = Session.objects.filter(person=viewer_of(request))
    session = next((session for session in own if session.handle == handle), None)
    if session is None:
        raise Http404
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect(settings.LOGIN_URL)
    end_session(session)
    messages.success(request, _("Signed out there."))
    return redirect("account_sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    end_sessions(viewer_of(request), keep=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account_sessions")
