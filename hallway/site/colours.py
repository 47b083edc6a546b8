"""Colours as the style sheets name them, for what knows no style sheets: pictures and manifests."""

from math import cos, radians, sin

Rgb = tuple[int, int, int]


def srgb(lightness: float, chroma: float, hue: float) -> Rgb:
    """An OKLCH colour in bytes; the matrices are those of B. Ottosson, “Oklab” (2020)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def brand(hue: int) -> Rgb:
    """The company's colour in the light theme: `--brand` of `frontend/css/tokens.css`."""
    return srgb(0.465, 0.09, hue)


def paper() -> Rgb:
    """What pages stand on in the light theme: `--paper`."""
    return srgb(0.984, 0.006, 95)


def written(colour: Rgb) -> str:
    """As manifests take it, such as `#176b4c`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _byte(linear: float) -> int:
    # The transfer function of sRGB, IEC 61966-2-1; colours outside of it are cut off.
    linear = min(max(linear, 0.0), 1.0)
    curved = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(curved * 255)
