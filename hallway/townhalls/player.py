"""Where an outside player comes from: the one origin a hall's page may show in a frame."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
"""A host with its port, and nothing a policy could be lengthened with."""


def origin_of(address: str) -> str:
    """The origin of an https address as a content security policy names it; '' for any other."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower()
    except ValueError:
        return ""
    if parts.scheme != "https" or not _HOST.fullmatch(host):
        return ""
    return f"https://{host}"
