"""Setting up an authenticator app: scan or type its key, then type what the app makes of it."""

from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hallway.accounts.actions import set_up_app
from hallway.accounts.factors import Factors, held_by
from hallway.accounts.forms import AppForm
from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.security import added
from hallway.core.http import viewer_of
from hallway.core.qr import qr_of

KEY = "app_key"
"""Where the session keeps a key that no app has shown yet; encrypted."""


@require_POST
@confirm_first
def begin(request: HttpRequest) -> HttpResponse:
    """Draw a key by lot."""
    request.session[KEY] = Factors().encrypt(generate_totp_secret())
    return redirect("account_app")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def app(request: HttpRequest) -> HttpResponse:
    """Show the key, and take the first code made with it."""
    key, viewer = _key(request), viewer_of(request)
    if not key:
        return redirect("account_security")
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if validate_totp_code(key, "".join(form.cleaned_data["code"].split())):
            made = set_up_app(viewer, key)
            del request.session[KEY]
            return added(request, made, form.cleaned_data["end_others"])
        form.add_error("code", _("This code is not right. Is the telephone's clock right?"))
    spaced = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    replaces = held_by(viewer).app is not None
    context = {"form": form, "key": spaced, "replaces": replaces}
    context["address"] = Factors().build_totp_url(viewer, key)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/app.html", context, status=status)


@require_safe
@confirm_first
def qr(request: HttpRequest) -> HttpResponse:
    """The key as a picture for the camera of the telephone."""
    key = _key(request)
    if not key:
        raise Http404
    return qr_of(Factors().build_totp_url(viewer_of(request), key))


def _key(request: HttpRequest) -> str:
    kept = request.session.get(KEY)
    return Factors().decrypt(kept) if kept else ""
