"""How one signs in: address, password, authenticator app, passkeys and recovery codes."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.accounts.actions import Refused, end_sessions, remove_factor, renew_codes
from hallway.accounts.factors import held_by
from hallway.accounts.views.confirming import confirm_first
from hallway.core.http import viewer_of


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What one signs in with, and how many recovery codes are left."""
    return render(request, "accounts/security.html", {"held": held_by(viewer_of(request))})


@require_POST
@confirm_first
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove the authenticator app or a passkey."""
    own = Authenticator.objects.filter(user=viewer_of(request))
    factors = own.exclude(type=Authenticator.Type.RECOVERY_CODES)
    try:
        remove_factor(get_object_or_404(factors.select_related("user"), pk=number))
    except Refused as refused:
        messages.error(request, str(refused.words))
    else:
        messages.success(request, _("Removed. We told you by mail, too."))
    return redirect("account_security")


@require_POST
@confirm_first
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    try:
        made = renew_codes(viewer_of(request))
    except Refused as refused:
        messages.error(request, str(refused.words))
        return redirect("account_security")
    return show_codes(request, made)


def show_codes(request: HttpRequest, made: list[str]) -> HttpResponse:
    """The page with codes that were just made; they are shown nowhere else and never again."""
    spaced = [f"{code[:4]} {code[4:]}" for code in made]
    return render(request, "accounts/codes.html", {"codes": spaced})


def added(request: HttpRequest, made: list[str], end_others: bool) -> HttpResponse:
    """Answer after a factor was added: with the first recovery codes, if it was the first."""
    if end_others:
        end_sessions(viewer_of(request), keep=request.session.session_key)
    if made:
        return show_codes(request, made)
    messages.success(request, _("Done. From now on you can sign in with it."))
    return redirect("account_security")
