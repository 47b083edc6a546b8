"""Where Hallway differs from allauth's ways."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from hallway.accounts.agents import describe
from hallway.accounts.client import pseudonym_of
from hallway.accounts.known_browser import remember
from hallway.people.models import Person

FIRST_STEP = "first_step"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation, import or command, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: allauth's JSON answers are a second door nobody watches."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may go to `url` after signing in: only on the host that is asked."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        return pseudonym_of(request)

    def add_message(self, *given: Any, **named: Any) -> None:
        """Say nothing: the page one arrives at shows that it worked."""

    def pre_login(self, request: HttpRequest, user: Person, **given: Any) -> HttpResponse | None:
        """Tie a second step to the password with which the first was done."""
        if not user.is_active:
            return redirect("account_login")
        request.session[FIRST_STEP] = user.get_session_auth_hash()
        return None

    def post_login(self, request: HttpRequest, user: Person, **given: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **given)
        if user.steps_left and response.headers.get("Location") == settings.LOGIN_REDIRECT_URL:
            # Whoever was on the way to something else gets there; the steps wait on the home page.
            response.headers["Location"] = reverse("stream:welcome")
        remember(request, response, user.email)
        return response

    def login(self, request: HttpRequest, user: Person) -> None:
        request.session.pop(FIRST_STEP, None)
        super().login(request, user)
        request.session.begin(describe(request.headers.get("User-Agent", "")))  # type: ignore[attr-defined]
