"""Frames as nearly all screens send them: a ticket or a vote, whole, alone in what has arrived.

Ten thousand may come within a second, and most need nothing else. What is anything else, or may
not begin here, is left to the parser. Framing after RFC 6455, section 5.2.
"""

from websockets.frames import Frame
from websockets.utils import apply_mask

WHOLE_TEXT = 0x81
MASKED = 0x80
IN_TWO_BYTES = 126  # stands for a length that follows in two bytes
LONG = 65_536  # from here on it takes eight


def whole_text(data: bytes, most: int) -> bytes | None:
    """The payload if `data` is exactly one whole, masked text frame of at most `most` bytes.

    Else None. `most` is less than 64 KiB.
    """
    if len(data) < 6 or data[0] != WHOLE_TEXT:
        return None
    size = len(data) - 6
    if size < IN_TWO_BYTES:
        return apply_mask(data[6:], data[2:6]) if data[1] == MASKED | size else None
    size -= 2
    if data[1] == MASKED | IN_TWO_BYTES and size == int.from_bytes(data[2:4]) and size <= most:
        return apply_mask(data[8:], data[4:8])
    return None


def length_of(frame: Frame) -> int:
    """The bytes that a masked frame took on the wire, at least."""
    size = len(frame.data)
    return size + (6 if size < IN_TWO_BYTES else 8 if size < LONG else 14)
