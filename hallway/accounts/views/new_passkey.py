"""Adding a passkey: the browser makes it, we keep its public half."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts import passkeys
from hallway.accounts.actions import Refused, add_passkey
from hallway.accounts.agents import describe
from hallway.accounts.forms import NewPasskeyForm
from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.security import added
from hallway.core.http import viewer_of


@require_POST
@confirm_first
def ask(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(passkeys.creation_options(viewer_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def new(request: HttpRequest) -> HttpResponse:
    """Name a passkey and have the browser make it."""
    browser, _slash, system = describe(request.headers.get("User-Agent", "")).partition("/")
    form = NewPasskeyForm(request.POST or None, initial={"name": system or browser})
    if request.method == "POST" and form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        try:
            passkeys.check_new(credential)
            made = add_passkey(viewer_of(request), name, credential)
        except ValidationError:
            form.add_error(None, _("The browser made no passkey. Try again."))
        except Refused as refused:
            form.add_error(None, str(refused.words))
        else:
            return added(request, made, form.cleaned_data["end_others"])
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/new_passkey.html", {"form": form}, status=status)
