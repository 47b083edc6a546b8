"""The browser's end of a WebSocket as bytes: lean enough to hold ten thousand in one process.

Framing after RFC 6455, section 5. The mask is all zeros, which the standard permits and which
costs nothing to apply.
"""

import struct

TEXT, CLOSE, PING = 0x1, 0x8, 0x9

CLOSING = b"\x88\x80\x00\x00\x00\x00"
_NO_MASK = b"\x00\x00\x00\x00"


class Refused(Exception):
    """The server does not shake hands; the text is its answer."""


def handshake(host: str, origin: str, cookies: str, path: str = "/live") -> bytes:
    """The request that opens a socket, as a browser of the page at `origin` sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Origin: {origin}\r\nCookie: {cookies}\r\n\r\n"
    ).encode()


def shaken(answer: bytes) -> bytes | None:
    """What follows the answer to a handshake; None while that is not there whole.

    Raises Refused for another answer than the expected one.
    """
    head, end, rest = answer.partition(b"\r\n\r\n")
    if not end:
        return None
    if not head.startswith(b"HTTP/1.1 101"):
        raise Refused(head.partition(b"\r\n")[0].decode("latin1"))
    return rest


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """One whole frame from a browser."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x80 | opcode, 0x80 | size) + _NO_MASK + payload
    return struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size) + _NO_MASK + payload


def frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Split bytes of the server into whole frames (opcode, payload) and the beginning of the next.

    The hub sends every message as one frame.
    """
    found: list[tuple[int, bytes]] = []
    at, end = 0, len(data)
    while end - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            start += 2
            size = int.from_bytes(data[at + 2 : start], "big")
        elif size == 127:
            start += 8
            size = int.from_bytes(data[at + 2 : start], "big")
        if end < start or end - start < size:
            break
        found.append((data[at] & 0x0F, data[start : start + size]))
        at = start + size
    return found, data[at:]
