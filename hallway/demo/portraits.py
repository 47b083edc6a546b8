"""Portraits of people who do not exist, drawn from simple shapes."""

import colorsys
import io
from random import Random

from PIL import Image, ImageDraw

from hallway.core.images import PROFILE, Picture

_SIDE = 640  # drawn twice as large as shown, so that edges come out smooth
_SKINS = ("#f3d3bd", "#e8b998", "#d39c76", "#b47b55", "#8f5b3b", "#6b4029")
_HAIRS = ("#2b2320", "#4a3226", "#8f8a86", "#d9d4cc", "#7a5233", "#b98d4f", "#a1492c")
_TONES = {"Africa/Accra": (_SKINS[3:], _HAIRS[:3]), "Asia/Tokyo": (_SKINS[:3], _HAIRS[:4])}
"""What is common where somebody works; elsewhere everything is."""

STYLES = ("long", "bun", "bald", "bob", "curls", "short")
_NEUTRAL = ("bob", "curls", "short", "short")


def portrait(seed: str, zone: str = "", style: str = "") -> Picture:
    """Draw the portrait that belongs to `seed`; the same seed gives the same picture.

    `zone` is the time zone of the person's office, `style` one of STYLES or left to chance.

    Made here and not by `core.images.accept`: what we draw ourselves need not be taken apart in
    a child process, which would take seconds for a hundred portraits.
    """
    dice = Random(f"portrait {seed}")
    hue = dice.random()
    image = _background(hue)
    draw = ImageDraw.Draw(image)
    skins, hairs = _TONES.get(zone, (_SKINS, _HAIRS))
    skin, hair = dice.choice(skins), dice.choice(hairs)
    style = style or dice.choice(_NEUTRAL)
    if style in ("long", "bob"):
        _long_hair(draw, hair, style)
    _body(draw, skin, _colour((hue + 0.45) % 1, 0.42, 0.55))
    draw.ellipse((222, 150, 418, 392), fill=skin)
    _hair(draw, hair, style)
    _face(draw, dice)
    return _finished(image)


def _background(hue: float) -> Image.Image:
    top, bottom = _rgb(hue, 0.28, 0.88), _rgb((hue + 0.08) % 1, 0.42, 0.66)
    mask = Image.linear_gradient("L").resize((_SIDE, _SIDE))
    return Image.composite(
        Image.new("RGB", (_SIDE, _SIDE), bottom), Image.new("RGB", (_SIDE, _SIDE), top), mask
    )


def _body(draw: ImageDraw.ImageDraw, skin: str, cloth: str) -> None:
    draw.rounded_rectangle((110, 452, 530, 760), radius=150, fill=cloth)
    draw.rounded_rectangle((272, 330, 368, 500), radius=46, fill=skin)
    draw.ellipse((264, 440, 376, 520), fill=skin)


def _long_hair(draw: ImageDraw.ImageDraw, hair: str, style: str) -> None:
    bottom = 480 if style == "long" else 410
    draw.rounded_rectangle((196, 130, 444, bottom), radius=112, fill=hair)


def _hair(draw: ImageDraw.ImageDraw, hair: str, style: str) -> None:
    if style == "bald":  # next to none
        draw.chord((226, 146, 414, 330), 205, 335, fill=hair)
        return
    draw.chord((208, 122, 432, 372), 180, 360, fill=hair)
    if style == "bun":
        draw.ellipse((276, 66, 364, 154), fill=hair)
    if style == "curls":
        for x in range(206, 420, 36):
            draw.ellipse((x, 112 + abs(313 - x) // 4, x + 58, 178 + abs(313 - x) // 4), fill=hair)


def _face(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    ink = "#2b2320"
    for x in (278, 346):
        draw.ellipse((x, 272, x + 16, 290), fill=ink)
    smile = dice.choice((22, 30, 38))
    draw.arc((320 - smile, 300, 320 + smile, 346), 25, 155, fill=ink, width=7)
    if dice.random() < 0.3:
        for x in (256, 330):
            draw.ellipse((x, 252, x + 56, 308), outline=ink, width=6)
        draw.line((310, 276, 332, 276), fill=ink, width=6)


def _finished(image: Image.Image) -> Picture:
    variants = {}
    for width in PROFILE.widths:
        buffer = io.BytesIO()
        small = image.resize((width, width), Image.Resampling.BILINEAR, reducing_gap=2.0)
        small.save(buffer, "WEBP", quality=PROFILE.quality, method=0)
        variants[width] = buffer.getvalue()
    red, green, blue = image.resize((1, 1)).tobytes()
    return Picture(variants, _SIDE, _SIDE, f"#{red:02x}{green:02x}{blue:02x}")


def _rgb(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return int(red * 255), int(green * 255), int(blue * 255)


def _colour(hue: float, saturation: float, value: float) -> str:
    return "#{:02x}{:02x}{:02x}".format(*_rgb(hue, saturation, value))
