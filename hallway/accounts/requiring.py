"""Whoever needs a second step and has none sets one up before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hallway.accounts.factors import held_by
from hallway.company.present import company
from hallway.people.models import Person

Next = Callable[[HttpRequest], HttpResponse]

HAS_ONE = "second_step"
"""Where the session notes under which version of the settings somebody was seen to have one.

While that demands it, the last one cannot be removed (`actions.remove_factor`), and whose are reset
has no session left. So it need not be asked again until something is settled anew.
"""

WAYS = frozenset(
    {
        *("account_security", "account_confirm", "account_logout", "account_codes"),
        *("account_app", "account_app_begin", "account_app_qr"),
        *("account_passkey_new", "account_passkey_ask", "account_passkey_options"),
    }
)
"""The addresses by which a second step is set up; besides them, what is open to everybody."""


class SecondStep:
    """Leads everybody else of those to the page of security, and nowhere else.

    `request.locked` says so to the frame of the page, which then has no menu and no open screen.
    Where nobody needs a second step, it asks nothing, and of those who have one it asks once.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _given: Any, _named: Any
    ) -> HttpResponse | None:
        """Send them there, unless that is where they are going, or anybody may."""
        if not is_missing(request) or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        if match is None or match.view_name not in WAYS:
            return redirect("account_security")
        request.locked = True  # type: ignore[attr-defined]
        return None


def is_missing(request: HttpRequest) -> bool:
    """Whether the viewer needs a second step and has none."""
    viewer = request.user
    if not isinstance(viewer, Person):
        return False
    settled = company()
    if not settled.demands_second_step(viewer.is_administrator):
        return False
    if request.session.get(HAS_ONE) == settled.version:
        return False
    if not held_by(viewer).is_any:
        return True
    request.session[HAS_ONE] = settled.version
    return False
