"""The pictures in the posts of the made-up company: landscapes, a bicycle, drawn by code."""

import io
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDE, HIGH = 1600, 1000
_HORIZON = 640

Draw = ImageDraw.ImageDraw


def drawn(name: str) -> bytes:
    """The picture called `name` as a JPEG file, such as a telephone would send it.

    Raises KeyError for a name that nobody has drawn.
    """
    image = _PICTURES[name](Random(f"picture {name}"))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _sky(*colours: str) -> Image.Image:
    """A soft gradient from top to bottom through all colours."""
    small = Image.new("RGB", (1, len(colours)))
    for row, colour in enumerate(colours):
        small.putpixel((0, row), tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)))
    return small.resize((WIDE, HIGH), Image.Resampling.BICUBIC)


def _glow(image: Image.Image, x: int, y: int, radius: int, colour: str) -> Image.Image:
    mask = Image.new("L", (WIDE, HIGH))
    ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=190)
    mask = mask.filter(ImageFilter.GaussianBlur(radius / 2))
    return Image.composite(Image.new("RGB", (WIDE, HIGH), colour), image, mask)


def _ridge(draw: Draw, base: int, height: int, colour: str, dice: Random) -> None:
    """A line of hills, filled down to the ground."""
    phases = [dice.uniform(0, 6.3) for _ in range(3)]
    points = [
        (
            x,
            base
            - height * (math.sin(x / 410 + phases[0]) + 0.5 * math.sin(x / 170 + phases[1]))
            - height * 0.12 * math.sin(x / 47 + phases[2]),
        )
        for x in range(0, WIDE + 20, 20)
    ]
    draw.polygon([*points, (WIDE + 20, HIGH), (0, HIGH)], fill=colour)


def _houses(draw: Draw, base: int, colour: str, window: str, tall: int, dice: Random) -> None:
    x = -20
    while x < WIDE:
        width, height = dice.randint(60, 150), dice.randint(tall // 3, tall)
        draw.rectangle((x, base - height, x + width, HIGH), fill=colour)
        for wx in range(x + 12, x + width - 16, 26):
            for wy in range(base - height + 18, base - 10, 34):
                if dice.random() < 0.45:
                    draw.rectangle((wx, wy, wx + 11, wy + 16), fill=window)
        x += width + dice.randint(2, 22)


def _lisbon(dice: Random) -> Image.Image:
    image = _glow(_sky("#f2b880", "#f6cfa0", "#e88f6a", "#7f5a7a"), 1180, 430, 190, "#fff0c8")
    draw = ImageDraw.Draw(image)
    _ridge(draw, 600, 40, "#8a6f8f", dice)
    draw.rectangle((0, _HORIZON, WIDE, HIGH), fill="#5f7fa3")
    for _ in range(70):
        x, y = dice.randrange(WIDE), dice.randint(_HORIZON + 10, 800)
        draw.line((x, y, x + dice.randint(30, 150), y), fill="#f3c79b", width=3)
    x = -30
    while x < WIDE:
        width, top = dice.randint(110, 210), dice.randint(700, 850)
        wall = dice.choice(("#f7ead7", "#f0d7b4", "#e7c2a0", "#f3e3e0"))
        draw.rectangle((x, top, x + width, HIGH), fill=wall)
        roof = [(x - 12, top), (x + width // 2, top - 60), (x + width + 12, top)]
        draw.polygon(roof, fill=dice.choice(("#c0593a", "#a94a30", "#cf6f45")))
        for wx in range(x + 22, x + width - 30, 46):
            draw.rectangle((wx, top + 34, wx + 20, top + 66), fill="#6c5a6e")
        x += width
    return image


def _hills(dice: Random) -> Image.Image:
    image = _glow(_sky("#cfe6ee", "#f5efd2", "#f3d9a4"), 480, 330, 120, "#fffbe6")
    draw = ImageDraw.Draw(image)
    for base, height, colour in (
        (560, 60, "#a9c7a4"),
        (660, 70, "#7fae7d"),
        (760, 60, "#528a5b"),
        (880, 46, "#2f6a45"),
    ):
        _ridge(draw, base, height, colour, dice)
    return image


def _rain(dice: Random) -> Image.Image:
    image = _sky("#8d99a6", "#a9b2ba", "#7b8794")
    draw = ImageDraw.Draw(image)
    _houses(draw, 760, "#5d6873", "#d8c48e", 300, dice)
    image = image.filter(ImageFilter.GaussianBlur(5))
    draw = ImageDraw.Draw(image)
    for _ in range(420):
        x, y = dice.randrange(WIDE), dice.randrange(HIGH)
        draw.line((x, y, x - 10, y + dice.randint(24, 60)), fill="#c4ced8", width=2)
    return image


def _badge(dice: Random) -> Image.Image:
    image = _glow(_sky("#e9efe9", "#d5e2d9"), 800, 500, 420, "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.line((700, -20, 790, 330), fill="#0f6b4b", width=44)
    draw.line((900, -20, 810, 330), fill="#0b5a3e", width=44)
    draw.rounded_rectangle((590, 330, 1010, 910), radius=44, fill="#146c4d")
    draw.rounded_rectangle((740, 352, 860, 380), radius=14, fill="#e9efe9")
    draw.ellipse((690, 430, 910, 650), fill="#d7ebe0")
    draw.ellipse((756, 470, 844, 570), fill="#146c4d")
    draw.chord((718, 570, 882, 740), 180, 360, fill="#146c4d")
    for top, width in ((700, 260), (750, 180), (800, 220)):
        draw.rounded_rectangle((800 - width // 2, top, 800 + width // 2, top + 22), 11, "#a8d3bf")
    return image


def _skyline(dice: Random) -> Image.Image:
    image = _glow(_sky("#0d1836", "#22345f", "#7a5a8a", "#d68a7a"), 800, 760, 300, "#e8a28a")
    draw = ImageDraw.Draw(image)
    _houses(draw, 780, "#1d2a4d", "#f6d58a", 520, dice)
    _houses(draw, 900, "#101a35", "#ffe3a1", 330, dice)
    return image


def _bicycle(dice: Random) -> Image.Image:
    image = _sky("#f7d9a8", "#f2c98b")
    draw = ImageDraw.Draw(image)
    for y in range(0, 800, 64):
        for x in range(-60 + (y // 64 % 2) * 70, WIDE, 140):
            shade = dice.choice(("#e9b97c", "#e5b274", "#eebf86"))
            draw.rounded_rectangle((x, y, x + 132, y + 56), 6, shade)
    draw.rectangle((0, 800, WIDE, HIGH), fill="#8f8376")
    draw.polygon([(0, 0), (520, 0), (0, 700)], fill="#f9e3bd")
    for x in (540, 1060):
        draw.ellipse((x - 190, 480, x + 190, 860), outline="#2c2a2a", width=18)
        for step in range(12):
            angle = step * math.pi / 6
            end = (x + 180 * math.cos(angle), 670 + 180 * math.sin(angle))
            draw.line((x, 670, *end), fill="#5d5750", width=3)
    frame = [(540, 670), (700, 430), (960, 430), (770, 670), (540, 670)]
    draw.line(frame, fill="#146c4d", width=24, joint="curve")
    draw.line([(700, 430), (770, 670)], fill="#146c4d", width=24)
    draw.line([(1060, 670), (940, 350), (1020, 330)], fill="#146c4d", width=24, joint="curve")
    draw.rounded_rectangle((620, 380, 760, 410), 14, "#2c2a2a")
    return image


def _plate(dice: Random) -> Image.Image:
    image = _sky("#c9a27a", "#b98f66")
    draw = ImageDraw.Draw(image)
    for x in range(0, WIDE, 200):
        draw.line((x, 0, x, HIGH), fill="#a87f57", width=5)
    draw.ellipse((400, 100, 1200, 900), fill="#f4f1ea")
    draw.ellipse((480, 180, 1120, 820), outline="#dcd6c8", width=8)
    draw.ellipse((590, 330, 960, 560), fill="#e9c48c")
    draw.ellipse((640, 370, 910, 520), fill="#f3d9ad")
    for _ in range(60):
        x, y = int(dice.gauss(760, 110)), int(dice.gauss(640, 36))
        draw.ellipse((x, y, x + 46, y + 24), fill=dice.choice(("#5f8f3f", "#7aa850", "#447a35")))
    draw.ellipse((930, 420, 1050, 540), fill="#f6d743")
    draw.ellipse((946, 436, 1034, 524), fill="#fbeb9a")
    draw.rounded_rectangle((1290, 180, 1316, 860), 12, "#d9d9d9")
    draw.rounded_rectangle((280, 180, 306, 860), 12, "#d9d9d9")
    return image


def _snow(dice: Random) -> Image.Image:
    image = _glow(_sky("#b9cfe2", "#e3ebf2", "#f7f2ec"), 1150, 280, 90, "#fff8e0")
    draw = ImageDraw.Draw(image)
    _ridge(draw, 560, 70, "#a3b7cb", dice)
    _ridge(draw, 700, 40, "#dfe8f0", dice)
    draw.rectangle((0, 820, WIDE, HIGH), fill="#eef3f7")
    for offset in (-26, 26):
        draw.line(
            [(760 + offset * 4, HIGH), (800 + offset * 2, 860), (900 + offset, 740)],
            fill="#b4c5d6",
            width=14,
            joint="curve",
        )
    for _ in range(26):
        x, size = dice.randrange(WIDE), dice.randint(60, 130)
        base = dice.randint(660, 800)
        for level in range(3):
            half, top = size // 2 - level * 12, base - size + level * -34
            draw.polygon([(x - half, top + 90), (x, top), (x + half, top + 90)], fill="#3f6458")
    return image


def _harbour(dice: Random) -> Image.Image:
    image = _glow(_sky("#5a4a78", "#d9805f", "#f6b15e", "#f8d08a"), 1000, 600, 150, "#fff1bd")
    draw = ImageDraw.Draw(image)
    for x in (160, 430, 700, 1180, 1420):
        draw.line([(x, 720), (x + 40, 330), (x + 80, 720)], fill="#2b2536", width=16)
        draw.line([(x - 90, 360), (x + 260, 290)], fill="#2b2536", width=14)
        draw.line((x + 220, 300, x + 220, dice.randint(420, 600)), fill="#2b2536", width=5)
    _houses(draw, 730, "#2b2536", "#f6b15e", 90, dice)
    draw.rectangle((0, 740, WIDE, HIGH), fill="#6b4a63")
    for _ in range(160):
        x, y = int(dice.gauss(1000, 320)), dice.randint(746, HIGH)
        draw.line((x, y, x + dice.randint(30, 130), y), fill="#f0a867", width=4)
    return image


def _night(dice: Random) -> Image.Image:
    image = _sky("#050b1e", "#0c1d38", "#12343f")
    for step in range(5):
        curtain = Image.new("L", (WIDE, HIGH))
        draw = ImageDraw.Draw(curtain)
        for x in range(0, WIDE, 8):
            top = 170 + step * 55 + 90 * math.sin(x / 230 + step * 1.3)
            draw.line((x, top, x + 30, top + 240), fill=dice.randint(30, 90), width=9)
        mask = curtain.filter(ImageFilter.GaussianBlur(16))
        colour = ("#35e0a0", "#2fc4a8", "#5ff0b0", "#3aa7d0", "#8f7ae0")[step]
        image = Image.composite(Image.new("RGB", (WIDE, HIGH), colour), image, mask)
    draw = ImageDraw.Draw(image)
    for _ in range(240):
        x, y = dice.randrange(WIDE), dice.randrange(640)
        draw.ellipse((x, y, x + 2, y + 2), fill="#e8f3ff")
    _ridge(draw, 800, 70, "#081420", dice)
    _ridge(draw, 920, 40, "#040a12", dice)
    return image


_PICTURES: dict[str, Callable[[Random], Image.Image]] = {
    "lisbon": _lisbon,
    "hills": _hills,
    "rain": _rain,
    "badge": _badge,
    "skyline": _skyline,
    "bicycle": _bicycle,
    "plate": _plate,
    "snow": _snow,
    "harbour": _harbour,
    "night": _night,
}
