"""Which addresses the links on a profile may have."""

import re
import unicodedata
from urllib.parse import urlsplit

from hallway.core.text.addresses import is_safe_address

LONGEST_ADDRESS = 500
_LABEL = re.compile(r"[\w-]{1,63}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)


class NoWebAddress(ValueError):
    """What was written is no address on the web that a profile may lead to."""


def web_address(written: str) -> str:
    """Return `written` as the address of a page; without a scheme it is taken for https.

    Only http and https lead from a profile, to a host by its name, without a user before it: such
    an address reads like another one ("https://bank.example@evil.example"). Raises NoWebAddress.
    """
    text = written.strip()
    address = text if _SCHEME.match(text) else f"https://{text}"
    scheme, _colon, rest = address.partition(":")
    address = f"{scheme.lower()}:{rest}"
    # A sign that is not seen turns around, or hides, what follows it.
    unseen = any(unicodedata.category(sign)[0] in "CZ" for sign in address)
    if unseen or len(address) > LONGEST_ADDRESS or not is_safe_address(address):
        raise NoWebAddress
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NoWebAddress from None
    labels = (parts.hostname or "").removesuffix(".").split(".")
    named = all(map(_LABEL.fullmatch, labels)) and port != 0
    if parts.scheme not in ("http", "https") or not named or "@" in parts.netloc:
        raise NoWebAddress
    return address
