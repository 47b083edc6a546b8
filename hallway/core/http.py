"""What every view needs to know of its request, with types."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from hallway.people.models import Person


def viewer_of(request: HttpRequest) -> "Person":
    """The signed-in person; every view has one unless it is marked as open to the signed-out."""
    return cast("Person", request.user)


def watch(request: HttpRequest, *topics: str) -> None:
    """Let this page's screen hear of `topics` (such as "space:3") besides those every page has."""
    held: list[str] = request.__dict__.setdefault("topics", [])
    held.extend(topic for topic in topics if topic not in held)


def next_url(request: HttpRequest, default: str) -> str:
    """Where to go after a deed: the form's `next` if it stays on this site, else `default`."""
    wanted = request.POST.get("next") or request.headers.get("Referer") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return default
