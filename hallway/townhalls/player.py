"""Where an outside player comes from: the one origin a hall's page may show in a frame."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
"""A host with its port, and nothing a policy could be lengthened with."""


def origin_of(address: str) -> str:
    """The origin of an https address as browsers and policies name it; '' for any other."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower()
    except ValueError:
        return ""
    if parts.scheme != "https" or not _HOST.fullmatch(host):
        return ""
    # A name, no number: of those browsers make other ones than stand there.
    if not host.partition(":")[0].rpartition(".")[2][:1].isalpha():
        return ""
    return f"https://{host.removesuffix(':443')}"
