"""Bytes on the wire: frames from the server carry no mask, so the same ones serve every screen.

Framing after RFC 6455, section 5.2.
"""

import json
import struct

PING = b"\x89\x00"

RELOAD_GAP = "gap"
RELOAD_OLD = "old"
RELOAD_INCARNATION = "incarnation"

REFUSED = 4001
TOO_SLOW = 4002
ACCESS_ENDED = 4003
RESTARTING = 1012
TROUBLE = 1011
POLICY = 1008
UNREADABLE = 1007

# Made once: with these settings `dumps` would make an encoder for every message.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def message(value: object) -> bytes:
    """One whole text frame that carries `value` as compact JSON."""
    payload = _compact(value).encode()
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 65536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


def close(code: int, reason: str = "") -> bytes:
    """A close frame; `reason` is cut to the 123 bytes the standard allows."""
    payload = struct.pack("!H", code) + reason.encode()[:123]
    return struct.pack("!BB", 0x88, len(payload)) + payload


def reload(why: str) -> bytes:
    """Tell a screen that its page has to be read anew."""
    return message({"reload": why})


def ended(topic: str) -> bytes:
    """Tell a screen that it has lost a topic."""
    return message({"ended": topic})
