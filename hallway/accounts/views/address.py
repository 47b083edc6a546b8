"""Moving to another e-mail address: asking for it, and answering the links in the two mails."""

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.actions import agree, ask_address, stop, withdraw_address
from hallway.accounts.forms import NewAddressForm
from hallway.accounts.models import AddressLink
from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.links import over, private, speak
from hallway.core.http import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address, and see which side has agreed."""
    viewer = viewer_of(request)
    form = NewAddressForm(request.POST or None, present=viewer.email)
    if request.method == "POST" and form.is_valid():
        refused = consume_or_429(request, action="change_address")
        if refused:
            return refused  # type: ignore[no-any-return]
        ask_address(viewer, form.cleaned_data["email"])
        return redirect("account_address")
    context = {"form": form, "links": AddressLink.under_way(viewer)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/address.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back what one asked for."""
    withdraw_address(viewer_of(request))
    messages.success(request, _("Your address stays as it is."))
    return redirect("account_address")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What a link from one of the mails opens: agree, or from the old side stop it."""
    link = AddressLink.living(token)
    if link is None:
        return over(request, "address")
    speak(request, link.person.language)
    context = {"link": link, "is_old": link.side == AddressLink.Side.OLD, "state": "asking"}
    if request.method == "POST":
        if "stop" in request.POST and context["is_old"]:
            stop(link)
            context["state"] = "stopped"
        else:
            context["state"] = "done" if agree(link) else "agreed"
    return private(render(request, "accounts/address_answer.html", context))
