"""The one way out to other servers: over TLS, to public addresses, without being sent elsewhere.

Whoever uses Hallway can name a server here (a push service), so a name is resolved once, every
address behind it is looked at, and the connection goes to an address that was looked at.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 5.0
MOST_READ = 4096

_NAT64 = (0x64FF9B << 96) >> 32
"""64:ff9b::/96, in which an IPv4 address hides in the last 32 bits (RFC 6052)."""


class Unreachable(Exception):
    """The address is none that we go to, or nobody answered there; no detail of why."""


def post_outside(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """POST `body` and return the status of the answer, whose words are not looked at.

    Redirects are not followed, and no proxy or cookie is used. Raises Unreachable.
    """
    parts = checked(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = _Checked(parts)
    try:
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.read(MOST_READ)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        connection.close()
    return answer.status


def checked(url: str) -> SplitResult:
    """Take an address apart that we might go to. Raises Unreachable, without asking any server."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreachable("no address") from error
    if not url.isascii() or not url.isprintable() or " " in url or not parts.hostname:
        raise Unreachable("no address")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Unreachable("no address")
    if is_allowed(parts):
        return parts
    if parts.scheme != "https" or port not in (None, 443):
        raise Unreachable("not https")
    return parts


def is_allowed(parts: SplitResult) -> bool:
    """Whether settings name this server, which then may be in the house and without TLS."""
    return f"{parts.scheme}://{parts.netloc}" in settings.PUSH_SERVICES


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the open internet, also in its disguises."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and int(address) >> 32 == _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


class _Checked(http.client.HTTPConnection):
    """A connection to an address that was looked at, with the certificate of the name."""

    def __init__(self, parts: SplitResult) -> None:
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        super().__init__(parts.hostname or "", port, timeout=SECONDS)
        self._secure = secure
        self._trusted = is_allowed(parts)

    def connect(self) -> None:
        """Resolve, look at every address, and connect to one of them."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(place[4][0]) for place in found]
        if not self._trusted and not all(is_public(ip_address(each)) for each in addresses):
            raise OSError("not public")
        self.sock = socket.create_connection((addresses[0], self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
