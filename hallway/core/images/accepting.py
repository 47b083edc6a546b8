"""Taking an uploaded picture: hands it to the child process and reads what the child made of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024

MAX_MEGABYTES = 15
"""The largest upload that is ever taken; who calls may allow less."""

MAX_PIXELS = 40_000_000
"""Width times height, read from the header before anything is decoded."""

WALL_SECONDS = 20
"""The child has ten seconds of processor time; on a busy machine they take longer to come by."""

REQUEST_SECONDS = 10
"""For all pictures of one request together: a thread that answers pages waits for them."""

_MAX_ANSWER = 32 * 1024 * 1024
_CHILD = Path(__file__).with_name("child.py")
_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Sizes:
    """The variants wanted: their greatest widths in pixels, and to what they are cropped."""

    widths: tuple[int, ...]
    ratio: float | None = None
    """Width by height; None leaves it as it is."""
    quality: int = 82


PROFILE = Sizes((48, 96, 320), ratio=1)
"""A person or space."""

COVER = Sizes((640, 1280), ratio=4)
"""The band at the top of a profile."""

LOGO = Sizes((640,), quality=90)
"""The mark of a company beside ours."""

POST = Sizes((640, 1600))
"""A picture in a post or comment."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made of nothing but pixels, as WebP in several widths."""

    variants: Mapping[int, bytes]
    """Bytes by width in pixels. A cropped variant stands under the width asked for even if
    the picture was smaller; another under its true width. Nothing is enlarged."""
    width: int
    """Of the original, upright."""
    height: int
    colour: str
    """The mean colour, as "#rrggbb", to be shown until the picture is there."""


class ImageRefused(ValueError):
    """The upload is not taken; `sentence` tells the person why, `reason` is a word for the code."""

    def __init__(self, reason: str, detail: str = "", megabytes: int = MAX_MEGABYTES) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.sentence = _sentence(reason, megabytes)

    def __str__(self) -> str:
        return str(self.sentence)


def accept(
    data: bytes | BinaryIO,
    *,
    sizes: Sizes = POST,
    seconds: float = WALL_SECONDS,
    megabytes: int = MAX_MEGABYTES,
) -> Picture:
    """Return `data`, an uploaded JPEG, PNG, WebP, GIF or AVIF file, as a Picture in `sizes`.

    Of a moving picture the first frame is kept. The name and declared type of the upload play
    no part. Our own process never holds the upload decoded, and never more than the variants.
    Takes at most `seconds`; what answers a request takes a `turn` and asks that. The file has at
    most so many `megabytes`.
    Raises ImageRefused.
    """
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        _copy(data, question, min(megabytes, MAX_MEGABYTES))
        _run(sizes, question, answer, seconds)
        return _read(answer)


def _copy(data: bytes | BinaryIO, question: IO[bytes], megabytes: int) -> None:
    most = megabytes * MEGABYTE
    if isinstance(data, bytes):
        if len(data) > most:
            raise ImageRefused("bytes", megabytes=megabytes)
        question.write(data)
    else:
        taken = 0
        while block := data.read(_BLOCK):
            taken += len(block)
            if taken > most:
                raise ImageRefused("bytes", megabytes=megabytes)
            question.write(block)
    question.flush()
    question.seek(0)


def _run(sizes: Sizes, question: IO[bytes], answer: IO[bytes], seconds: float) -> None:
    request = {
        "widths": sizes.widths,
        "ratio": sizes.ratio,
        "quality": sizes.quality,
        "max_pixels": MAX_PIXELS,
    }
    child = subprocess.Popen(  # noqa: S603 (our own interpreter, our own file)
        [sys.executable, "-I", "-B", str(_CHILD), json.dumps(request)],
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    try:
        code = child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ImageRefused("time") from None
    finally:
        child.kill()
        child.wait()
    if code in (-24, -9):  # SIGXCPU, or SIGKILL by the kernel for want of memory
        raise ImageRefused("time" if code == -24 else "memory")
    if code != 0:
        raise ImageRefused("unreadable", f"the child ended with {code}")


def _read(answer: IO[bytes]) -> Picture:
    # What comes from the child is as little trusted as what went in.
    answer.seek(0)
    whole = answer.read(_MAX_ANSWER + 1)
    head, found, rest = whole.partition(b"\n")
    if not found or len(whole) > _MAX_ANSWER:
        raise ImageRefused("unreadable", "the child gave no answer")
    told = json.loads(head)
    if "refused" in told:
        raise ImageRefused(str(told["refused"]), str(told.get("detail", "")))
    variants: dict[int, bytes] = {}
    start = 0
    for variant in told["variants"]:
        stop = start + int(variant["bytes"])
        data = rest[start:stop]
        if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
            raise ImageRefused("unreadable", "the child did not write WebP")
        variants[int(variant["width"])] = data
        start = stop
    return Picture(
        variants=variants,
        width=int(told["width"]),
        height=int(told["height"]),
        colour=str(told["colour"]),
    )


def _sentence(reason: str, megabytes: int) -> str | Promise:
    if reason == "bytes":
        return format_lazy(
            gettext_lazy("This picture is larger than {limit} MB. Save it smaller and try again."),
            limit=megabytes,
        )
    if reason == "pixels":
        return format_lazy(
            gettext_lazy("This picture has more than {limit} million pixels. Scale it down first."),
            limit=MAX_PIXELS // 1_000_000,
        )
    return {
        "unknown": gettext_lazy(
            "This file is not a picture we can show. Use JPEG, PNG, WebP, GIF or AVIF."
        ),
        "memory": gettext_lazy("This picture needs too much memory. Scale it down first."),
        "time": gettext_lazy("This picture took too long to read. Scale it down first."),
        "busy": gettext_lazy("Many pictures are being read just now. Try again in a moment."),
        "another": gettext_lazy("Your other pictures are still being read. Try again in a moment."),
        "budget": gettext_lazy(
            "These pictures took too long to read together. Send fewer at once, or scale them down."
        ),
    }.get(reason, gettext_lazy("This picture could not be read. The file may be damaged."))
