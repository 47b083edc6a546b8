"""The lock against guessing: counts wrong passwords by account, by client, and by both together.

Counters live in the database, so all processes share them. They hold neither addresses nor
names, only keyed hashes, and are deleted 15 minutes after the last wrong password.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hallway.accounts.client import name_hash
from hallway.accounts.known_browser import knows
from hallway.accounts.lockout_limits import COOL_OFF, LIMITS
from hallway.people.models import Person


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Keeps axes from storing more than it needs, and gives each counter its own limit."""

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """The fullest of the three counters, scaled to the limit of the first.

        In a browser where this account has signed in before only the first counts, which is its
        own: otherwise anybody could lock anybody out from afar.
        """
        counters = self.get_user_attempts(request, credentials)
        if knows(request, name_of(request, credentials)):
            counters = counters[:1]
        filled: list[int] = [
            sum(rows.values_list("failures_since_start", flat=True)) * LIMITS[0] // limit
            for rows, limit in zip(counters, LIMITS, strict=False)
        ]
        return max(filled)

    def user_login_failed(
        self, sender: Any, credentials: Any, request: Any = None, **rest: Any
    ) -> None:
        if request is not None:
            request.axes_user_agent = ""
            request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **rest)
        if request is not None:
            # Whatever else was posted is nobody's business; counting needs none of it.
            self.filter_user_attempts(request, credentials)[0].update(get_data="", post_data="")

    def reset_user_attempts(self, request: HttpRequest, credentials: Any = None) -> int:
        """Forget this client's wrong passwords for this account only.

        Whoever guesses at others could otherwise wipe their traces by signing in as themselves.
        """
        gone, _ = self.filter_user_attempts(request, credentials)[0].delete()
        return int(gone)


def name_of(_request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What axes counts as the account: a hash of the address that was typed."""
    return name_hash(str((credentials or {}).get("email") or ""))


def answer(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """The page in place of the sign-in page while it is locked; the same for unknown accounts."""
    context = {"minutes": int(COOL_OFF.total_seconds() // 60)}
    return render(request, "accounts/locked.html", context, status=429)


def is_open(request: HttpRequest, person: Person) -> bool:
    """Whether `person` may go on signing in from here: not too many wrong codes or passwords."""
    return bool(AxesProxyHandler.is_allowed(request, {"email": person.email}))


def count_wrong_code(request: HttpRequest, person: Person) -> None:
    """Count a wrong code as a wrong password; the one too many is answered by `answer`."""
    AxesProxyHandler.user_login_failed(
        sender=count_wrong_code, credentials={"email": person.email}, request=request
    )


def forgive(address: str) -> None:
    """Forget the wrong passwords for the account with `address`: it has a new password."""
    AxesProxyHandler.reset_attempts(username=name_hash(address))
