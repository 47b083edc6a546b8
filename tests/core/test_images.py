"""Pictures come in from every camera and every attacker, and go out as plain pixels."""

# ruff: noqa: E501 (payloads stand on one line)

from __future__ import annotations

import io
import resource
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from hallway.core.images import COVER, POST, PROFILE, ImageRefused, Picture, Sizes, accept


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(picture: Picture, width: int) -> Image.Image:
    return Image.open(io.BytesIO(picture.variants[width])).convert("RGB")


def two_halves(width: int = 800, height: int = 600) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_becomes_webp(kind: str) -> None:
    picture = accept(encoded(two_halves(2000, 1500), kind))
    assert (picture.width, picture.height) == (2000, 1500)
    assert sorted(picture.variants) == [640, 1600]
    assert pixels(picture, 1600).size == (1600, 1200)
    red, _green, blue = pixels(picture, 640).getpixel((320, 10))  # type: ignore[misc]
    assert red > 200 and blue < 60
    assert len(picture.colour) == 7 and picture.colour[0] == "#"


def test_a_file_is_read_like_bytes() -> None:
    assert accept(io.BytesIO(encoded(two_halves(), "PNG"))).width == 800


def test_nothing_is_enlarged() -> None:
    assert sorted(accept(encoded(two_halves(700, 500), "PNG")).variants) == [640, 700]
    assert sorted(accept(encoded(two_halves(100, 90), "PNG")).variants) == [100]


def test_profile_pictures_are_cropped_square() -> None:
    picture = accept(encoded(two_halves(1000, 400), "JPEG"), sizes=PROFILE)
    assert {width: pixels(picture, width).size for width in picture.variants} == {
        48: (48, 48), 96: (96, 96), 320: (320, 320),
    }  # fmt: skip
    small = accept(encoded(two_halves(60, 80), "PNG"), sizes=PROFILE)
    assert pixels(small, 320).size == (60, 60) and pixels(small, 48).size == (48, 48)


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (1000, 30_000)])
@pytest.mark.parametrize("sizes", [POST, PROFILE, COVER])
def test_odd_shapes(size: tuple[int, int], sizes: Sizes) -> None:
    picture = accept(encoded(Image.new("RGB", size, "green"), "PNG"), sizes=sizes)
    assert (picture.width, picture.height) == size
    for width in picture.variants:
        shape = pixels(picture, width).size
        assert shape[1] <= 3 * 1600 and (sizes is not PROFILE or shape[0] == shape[1])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr"])
def test_every_mode_of_pixels(mode: str) -> None:
    image = (
        Image.new("I;16", (50, 40), 30_000) if mode == "I;16" else two_halves(50, 40).convert(mode)
    )
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    assert accept(encoded(image, kind)).width == 50


def test_transparency_stays() -> None:
    picture = accept(encoded(Image.new("RGBA", (50, 40), (255, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(picture.variants[50])).mode == "RGBA"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("sizes", [POST, PROFILE])
def test_a_turned_photo_is_set_upright_and_forgets_where_it_was(
    orientation: int, sizes: Sizes
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "cnry_camera"
    stored = two_halves(800, 600)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    data = encoded(stored, "JPEG", exif=exif, comment=b"cnry_comment")
    assert b"cnry_camera" in data
    picture = accept(data, sizes=sizes)
    assert (picture.width, picture.height) == (800, 600)
    seen = pixels(picture, max(picture.variants))
    middle = seen.size[0] // 2
    assert seen.getpixel((middle, 2))[0] > 200  # type: ignore[index]
    assert seen.getpixel((middle, seen.size[1] - 3))[2] > 200  # type: ignore[index]
    for data in picture.variants.values():
        assert b"cnry" not in data and b"EXIF" not in data and b"ICCP" not in data


def test_colours_are_converted_to_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (srgb, profile, b"broken"):
        assert accept(encoded(two_halves(50, 40), "PNG", icc_profile=icc)).width == 50


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixel_data: bytes, extra: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    packed = chunk(b"IDAT", pixel_data)
    return b"\x89PNG\r\n\x1a\n" + header + extra + packed + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int, frame: tuple[int, int]) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    one = b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x44\x01\x00"
    return head + one * frames + b";"


def zeros(mebibytes: int) -> bytes:
    """So many zeros, packed: the first block again and again, then the checksum of them all."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (mebibytes * 1024 * 1024 % 65_521) << 16 | 1  # Adler-32 of nothing but zeros
    return b"\x78\xda" + block * mebibytes + b"\x03\x00" + struct.pack(">I", checksum)


def test_packed_zeros_are_what_they_are_called() -> None:
    assert zlib.decompress(zeros(3)) == bytes(3 * 1024 * 1024)


SMALL = zlib.compress(bytes(310))
NOISE = Image.effect_noise((300, 300), 90).convert("RGB")

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a png of 900 million pixels": ("pixels", lambda: png(30_000, 30_000, zeros(1024))),
    "a gif of 4 thousand million pixels": ("pixels", lambda: gif(65_535, 65_535, 1, (1, 1))),
    "a gif whose frame is larger than it": ("pixels", lambda: gif(10, 10, 1, (65_535, 65_535))),
    "a gif of 600,000 frames": ("unreadable", lambda: gif(6000, 6000, 600_000, (6000, 6000))),
    "a text chunk of 256 MiB": (
        "unreadable", lambda: png(10, 10, SMALL, chunk(b"zTXt", b"a\0\0" + zeros(256))),
    ),
    "a colour profile of 256 MiB": (
        "unreadable", lambda: png(10, 10, SMALL, chunk(b"iCCP", b"a\0\0" + zeros(256))),
    ),
    "3,000 text chunks of 1 MB": (
        "unreadable",
        lambda: png(10, 10, SMALL, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**6), 9)) * 3000),
    ),
    "more than 15 MiB": ("bytes", lambda: bytes(15 * 1024 * 1024 + 1)),
    "nothing": ("unknown", lambda: b""),
    "svg": ("unknown", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "html": ("unknown", lambda: b"<!doctype html><script>alert(1)</script>"),
    "html that begins like a gif": ("unknown", lambda: b"GIF89a/*<script>alert(1)</script>*/=1;"),
    "postscript": ("unknown", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
    "pdf": ("unknown", lambda: b"%PDF-1.7\n"),
    "tiff": ("unknown", lambda: encoded(NOISE, "TIFF")),
    "bmp": ("unknown", lambda: encoded(NOISE, "BMP")),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once(name: str) -> None:
    reason, make = HOSTILE[name]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    with pytest.raises(ImageRefused) as refused:
        accept(data)
    assert refused.value.reason in (reason, "unreadable" if reason == "pixels" else reason)
    assert str(refused.value).endswith(".")
    assert time.monotonic() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 600 * 1024


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.95])
def test_a_truncated_file_is_refused(kind: str, part: float) -> None:
    data = encoded(NOISE, kind)
    with pytest.raises(ImageRefused) as refused:
        accept(data[: int(len(data) * part)])
    assert refused.value.reason in ("unknown", "unreadable")


def test_the_largest_picture_permitted_fits_into_the_limits() -> None:
    row = bytes(8000 * 3 + 1)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(row) for _ in range(5000)) + packer.flush()
    assert accept(png(8000, 5000, data)).width == 8000
    with pytest.raises(ImageRefused, match="40 million"):
        accept(png(8000, 5001, data))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 600 * 1024


def test_a_picture_that_is_also_a_page_leaves_only_its_pixels() -> None:
    data = encoded(two_halves(50, 40), "JPEG", comment=b"<script>alert(1)</script>")
    picture = accept(data + b"<html><script>alert(1)</script>")
    assert b"<script" not in picture.variants[50]
