"""The door: signing in and out, asking for a new password, choosing a language before that."""

from typing import Any

from allauth.account.views import LoginView
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hallway.accounts.actions import Refused, ask_join, ask_reset
from hallway.accounts.forms import AddressForm, LanguageForm, SignInForm
from hallway.company.present import company
from hallway.core.http import next_url


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page; a wrong password answers 422 with the words on the page."""

    form_class = SignInForm

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**given),
            "next": self.get_next_url() or "",
            "is_open": company().is_open,
        }


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password; the answer never tells whether one was sent."""
    form = AddressForm(request.POST or None)
    if request.method != "POST":
        return render(request, "account/password_reset.html", {"form": form})
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form}, status=422)
    address = form.cleaned_data["email"]
    refused = consume_or_429(request, action="reset_password", key=address.lower())
    if refused:
        return refused  # type: ignore[no-any-return]
    ask_reset(address)
    return redirect("account_reset_password_done")


@login_not_required
@require_safe
def reset_asked(request: HttpRequest) -> HttpResponse:
    """The answer to `reset`, the same for everybody."""
    return render(request, "account/password_reset_done.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a link to join, where the company lets people in by their address."""
    if not company().is_open:
        raise Http404
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        refused = consume_or_429(request, action="join", key=address.lower())
        if refused:
            return refused  # type: ignore[no-any-return]
        try:
            ask_join(address, get_language() or company().language)
        except Refused as error:
            form.add_error("email", str(error.words))
        else:
            return redirect("account_join_asked")
    context = {"form": form, "domains": company().domains}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/join.html", context, status=status)


@login_not_required
@require_safe
def join_asked(request: HttpRequest) -> HttpResponse:
    """The answer to `join`, the same for everybody."""
    if not company().is_open:
        raise Http404
    return render(request, "accounts/join_asked.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of this browser until somebody signs in, who has their own."""
    form = LanguageForm(request.POST)
    response = redirect(next_url(request, "/"))
    if form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
