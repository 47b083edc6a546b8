"""Headers that every answer carries, and the check of where an unsafe request comes from."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
GUARDS_OVER_TLS = {**GUARDS, "Strict-Transport-Security": "max-age=31536000"}


def guards() -> dict[str, str]:
    """What every answer says to the browser, also those that no page of Django gives."""
    return GUARDS_OVER_TLS if settings.CONFIG.is_secure else GUARDS


class SecurityHeaders:
    """Puts the content security policy and its companions on every answer.

    `request.csp_nonce` is the number that admits this page's script and style elements. Pages
    of signed-in people are never stored by anybody (private, no-store) but, the last home page, by
    our own worker in their browser (`frontend/src/worker/last-page.ts`); views that serve
    immutable public bytes set their own Cache-Control before.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.CONFIG.is_secure and request.META.get("HTTP_X_FORWARDED_PROTO") == "http":
            # Only where the proxy says so: without its word nobody knows, and would go in circles.
            return _over_tls(request)
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy(nonce))
        for name, value in guards().items():
            headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            headers.setdefault("Cache-Control", "private, no-store")
            headers.setdefault("Vary", "Cookie")
        return response


def _over_tls(request: HttpRequest) -> HttpResponse:
    address = f"{settings.CONFIG.base_url}{request.get_full_path()}"
    return HttpResponse(status=308, headers={"Location": address, **guards()})


def policy(nonce: str) -> str:
    """The content security policy of a page whose scripts carry `nonce`."""
    return (
        "default-src 'none'; "
        f"script-src 'nonce-{nonce}' 'strict-dynamic'; "
        f"style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types default"
    )


class SameOrigin:
    """Refuses unsafe requests that a browser sends from another site, besides the CSRF token."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS and comes_from_elsewhere(request):
            raise PermissionDenied("This request came from another site.")
        return self.get_response(request)


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another origin made this request.

    Fetch metadata is asked first, then Origin. Clients that send neither (command line tools)
    still need the CSRF token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc != request.get_host() or origin == "null"
