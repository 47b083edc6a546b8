"""The lines of a file as text: which encoding it has, and bytes that are none."""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Sequence
from typing import BinaryIO, cast

from hallway.core.csvfile.limits import MAX_LINE

UNDECODABLE = "\udcff"
"""Stands in decoded text where there were bytes that are not text."""

_BLOCK = 256 * 1024
_ESCAPED = re.compile("[\udc80-\udcff]")


class Lines:
    """The decoded lines of a file with their numbers, of which some can be put back."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        self._wrapper = io.TextIOWrapper(
            cast(BinaryIO, _Kept(file)),
            encoding="utf-8-sig" if encoding == "utf-8" else encoding,
            errors="hallway-undecodable",
            newline="",
        )
        self._back: deque[tuple[int, str]] = deque()
        self._number = 0

    def take(self) -> tuple[int, str] | None:
        """Return the next line with its number. One too long is cut after MAX_LINE + 1."""
        if self._back:
            return self._back.popleft()
        line = self._wrapper.readline(MAX_LINE + 1)
        if not line:
            return None
        self._number += 1
        if len(line) > MAX_LINE:
            rest = line
            while rest and rest[-1] not in "\r\n":
                rest = self._wrapper.readline(MAX_LINE)
        return self._number, line

    def put_back(self, lines: Sequence[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(lines))


class _Kept(io.BufferedIOBase):
    """A binary file that is not closed together with the wrapper that decodes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._inner = file

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._inner.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._inner.read(size if size >= 0 else _BLOCK)


def _undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNDECODABLE, error.end


codecs.register_error("hallway-undecodable", _undecodable)


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a file, reading it once in blocks.

    Bytes above 127 of Windows-1252 text are hardly ever valid UTF-8. So a file with more valid than
    invalid sequences is UTF-8 with some damage, and any other with invalid ones is not UTF-8.
    """
    file.seek(0)
    if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = invalid = 0
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        if text.isascii():
            continue
        bad = len(_ESCAPED.findall(text))
        invalid += bad
        valid += len(text) - len(text.encode("ascii", "ignore")) - bad
    invalid += len(decoder.decode(b"", True))
    return "cp1252" if invalid and invalid >= valid else "utf-8"
