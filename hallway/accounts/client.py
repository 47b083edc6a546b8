"""Who asks, for limits: a pseudonym of the network address, so that no address is ever stored."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def pseudonym_of(request: HttpRequest) -> str:
    """A stand-in for the client's address, in the form of a private IPv6 address.

    It is the same for all addresses of one IPv6 /64, because whoever has one has all of them.
    """
    digest = salted_hmac(
        "hallway.accounts.client", network_of(request), algorithm="sha256"
    ).digest()
    return str(IPv6Address(b"\xfd" + digest[:15]))


def name_hash(name: str) -> str:
    """The stored form of a sign-in name that was tried; people also type passwords there."""
    name = name.strip().lower()
    return salted_hmac("hallway.accounts.name", name, algorithm="sha256").hexdigest()


def network_of(request: HttpRequest) -> str:
    """The client's IPv4 address or IPv6 /64, as far as the configured proxies vouch for it.

    X-Forwarded-For is read from its end, one place for each proxy that HALLWAY_TRUSTED_PROXIES
    counts; what stands further in front was written by the client and may be a lie.
    """
    remote = str(request.META.get("REMOTE_ADDR") or "")
    proxies = settings.CONFIG.trusted_proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    text = hops[-proxies] if proxies and len(hops) >= proxies else remote
    return _network(text) or _network(remote) or "unknown"


def _network(text: str) -> str | None:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return str(address)
