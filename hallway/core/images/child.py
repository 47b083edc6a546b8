"""The process that alone parses an uploaded picture; knows Pillow, and nothing of Hallway.

Run as `python -I child.py REQUEST` with the picture as standard input; the request is JSON with
`widths`, `ratio`, `quality` and `max_pixels`. The answer on standard output is one line of JSON,
then the bytes of each variant in the order listed.

Before it reads a byte it gives up what it can: memory, processor time, file sizes, the network
(a network namespace of its own, where the kernel permits it: as root or with unprivileged user
namespaces; elsewhere the container has to forbid outgoing connections) and, when started as root,
its user.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import io
import json
import os
import resource
import sys
from typing import IO, Any

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 10
NICE = 10
"""Pages go first: whoever sent the picture waits, the others should not."""
MAX_ANSWER = 32 * 1024 * 1024
MAX_ICC = 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
TALLEST = 3
"""A variant that is not cropped is at most so many times as high as it may be wide."""

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_PR_SET_NO_NEW_PRIVS = 38
_NOBODY = 65534


def limit_resources() -> None:
    """Set the limits of memory, time and files, and step back; they hold for good."""
    os.nice(NICE)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def leave_network_and_user() -> None:
    """Enter an empty network namespace, become nobody, open no further files."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.geteuid() == 0:
        # Some containers run as a root that may not change its user; the other limits hold there.
        with contextlib.suppress(PermissionError):
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


class Refused(Exception):
    """The picture is not taken; the argument is a word the parent has a sentence for."""


def main() -> None:
    """Answer one request."""
    limit_resources()
    # All that decoding needs is loaded now: later no file can be opened.
    importlib.import_module("copy")  # by the plugin for GIF
    Image.init()
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # ours is counted below, before anything is decoded
    to_srgb = ImageCms.createProfile("sRGB")
    leave_network_and_user()

    request = json.loads(sys.argv[1])
    answer: dict[str, Any]
    variants: list[bytes] = []
    try:
        with Image.open(sys.stdin.buffer, formats=FORMATS) as picture:
            answer, variants = _variants(picture, request, to_srgb)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "memory"}
    except UnidentifiedImageError:
        answer = {"refused": "unknown"}
    except Exception as broken:  # noqa: BLE001 (decoders raise anything; all of it means unreadable)
        answer = {"refused": "unreadable", "detail": f"{type(broken).__name__}: {broken}"[:500]}
    _write(sys.stdout.buffer, answer, variants)


def _variants(
    picture: Image.Image, request: dict[str, Any], to_srgb: Any
) -> tuple[dict[str, Any], list[bytes]]:
    stored_width, stored_height = picture.size
    if stored_width * stored_height > request["max_pixels"]:
        raise Refused("pixels")
    if min(stored_width, stored_height) < 1:
        raise Refused("unreadable")
    orientation = picture.getexif().get(0x0112, 1)
    turned = orientation in (5, 6, 7, 8)
    width, height = (stored_height, stored_width) if turned else (stored_width, stored_height)
    profile = picture.info.get("icc_profile")
    widths: list[int] = sorted(request["widths"], reverse=True)
    ratio: float | None = request["ratio"]

    largest = _size(width, height, widths[0], ratio)
    stored_largest = (largest[1], largest[0]) if turned else largest
    picture.draft("RGB", stored_largest)  # lets JPEG be decoded at an eighth, quarter or half
    picture.seek(0)
    picture.load()
    seen = picture if picture.mode in ("RGB", "RGBA", "CMYK") else _plain_mode(picture)
    if seen.size[0] > stored_largest[0] or seen.size[1] > stored_largest[1]:
        # Whole steps first: they need no second copy of a large picture.
        step = max(1, min(a // b for a, b in zip(seen.size, stored_largest, strict=True)) // 2)
        if step > 1:
            seen = seen.reduce(step)
        seen = seen.resize(stored_largest, Image.Resampling.LANCZOS)
    if turned or orientation in (2, 3, 4):
        seen = _upright(seen, orientation)
    seen = _in_srgb(seen, profile, to_srgb)
    if ratio:
        seen = ImageOps.fit(seen, _cut(*seen.size, ratio), Image.Resampling.LANCZOS)

    listed: list[dict[str, int]] = []
    encoded: list[bytes] = []
    for asked in widths:
        size = _size(width, height, asked, ratio)
        if ratio:
            size = _cut(min(asked, seen.size[0]), seen.size[1], ratio)
        key = asked if ratio else size[0]
        if any(variant["width"] == key for variant in listed):
            continue
        variant = seen if size == seen.size else seen.resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        # A new image has no metadata; only pixels are written.
        variant.save(out, "WEBP", quality=request["quality"], method=4, exif=b"", icc_profile=b"")
        encoded.append(out.getvalue())
        listed.append({"width": key, "bytes": len(encoded[-1])})
    dot: Any = seen.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return {
        "width": width,
        "height": height,
        "colour": "#{:02x}{:02x}{:02x}".format(*dot),
        "variants": listed,
    }, encoded


def _size(width: int, height: int, asked: int, ratio: float | None) -> tuple[int, int]:
    """Return the size in which a picture is kept: never enlarged, fitting its box.

    One that is to be cropped is scaled until it just fills the box, and cropped afterwards.
    """
    if ratio:
        scale = min(1.0, asked / min(width, height * ratio))
        # A very long strip is not kept long only to be cropped; four sides are enough to look at.
        return (
            max(1, min(round(width * scale), asked * 4)),
            max(1, min(round(height * scale), asked * 4)),
        )
    scale = min(1.0, asked / width, asked * TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _cut(width: int, height: int, ratio: float) -> tuple[int, int]:
    """Return the largest size of that ratio within this one."""
    cut = min(width, height * ratio)
    return max(1, round(cut)), max(1, round(cut / ratio))


def _plain_mode(picture: Image.Image) -> Image.Image:
    has_alpha = picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info
    if picture.mode.startswith("I;16") or picture.mode == "I":
        # 16 bits of grey; a plain conversion would cut off all above 255.
        return picture.convert("F").point(lambda value: value / 257).convert("L").convert("RGB")
    return picture.convert("RGBA" if has_alpha else "RGB")


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    turn = Image.Transpose
    return picture.transpose(
        {
            2: turn.FLIP_LEFT_RIGHT,
            3: turn.ROTATE_180,
            4: turn.FLIP_TOP_BOTTOM,
            5: turn.TRANSPOSE,
            6: turn.ROTATE_270,
            7: turn.TRANSVERSE,
            8: turn.ROTATE_90,
        }[orientation]
    )


def _in_srgb(picture: Image.Image, profile: bytes | None, to_srgb: Any) -> Image.Image:
    """Convert the colours of the scaled picture; one with a broken profile is shown as it is."""
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and len(profile) <= MAX_ICC:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, to_srgb, outputMode=wanted)
            picture = converted or picture
    return picture if picture.mode == wanted else picture.convert(wanted)


def _write(out: IO[bytes], answer: dict[str, Any], variants: list[bytes]) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    for variant in variants:
        out.write(variant)
    out.flush()


if __name__ == "__main__":
    main()
