"""Removing from text what deceives the eye or the terminal: bidi overrides, controls, escapes."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences of terminals (ECMA-48): CSI, OSC and the other string kinds, and two-byte ones.
# A string kind without its end is left to the removal of single controls, so each character
# is looked at a bounded number of times.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}+[ -/]{0,16}+[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90-\x9f]{0,2048}+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,16}+[0-Z\\^-~]"
)

_CONTROLS = "".join(
    (
        "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f",
        "\u200b",  # zero-width space
        "\u202a-\u202e",  # bidi embeddings and overrides (Unicode TR 36, 3.2)
        "\u2060-\u206f",  # word joiner, invisible operators, bidi isolates, deprecated formats
        "\ufeff\ufff9-\ufffb",  # byte order mark, interlinear annotation
        "\ufffe\uffff",
        "\u180e\u3164\uffa0\u115f\u1160",  # signs that look like nothing at all
        "\ud800-\udfff",  # halves of characters, which no database takes
        "\U000e0000-\U000e0fff",  # tags and other invisible specials
    )
)
_FLAG_TAGS = "\U000e0020-\U000e007f"
_INVISIBLE = re.compile(f"[{_CONTROLS}]")
# Flags of regions (England, Scotland, Wales) are a black flag followed by invisible tag signs.
_REGION_FLAG = re.compile(f"\U0001f3f4[{_FLAG_TAGS}]{{2,6}}\U000e007f")
_MARKS_OF_DIRECTION = re.compile("[\u200e\u200f\u061c]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_JOINERS = re.compile("[\u200c\u200d]+")


def clean_text(text: str) -> str:
    """Return many lines of text without invisible signs, line ends as a line feed, in form NFC.

    Left-to-right and right-to-left marks stay, because Arabic and Hebrew prose needs them.
    """
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    return _joiners_in_place(unicodedata.normalize("NFC", _without_invisible(text)))


def clean_line(text: str) -> str:
    """Return one line: as `clean_text`, and every run of white space becomes one space."""
    return _SPACES.sub(" ", clean_text(text)).strip()


def clean_name(text: str) -> str:
    """Return the name of a person, space, file or link: one line that cannot look like another.

    Marks of direction go as well: two names that look the same must be the same.
    """
    return _SPACES.sub(" ", _MARKS_OF_DIRECTION.sub("", clean_line(text))).strip()


def _without_invisible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    if "\U0001f3f4" not in text:
        return _INVISIBLE.sub("", text)
    parts: list[str] = []
    start = 0
    for flag in _REGION_FLAG.finditer(text):
        parts += [_INVISIBLE.sub("", text[start : flag.start()]), flag.group()]
        start = flag.end()
    return "".join([*parts, _INVISIBLE.sub("", text[start:])])


def _joiners_in_place(text: str) -> str:
    """Keep a zero-width joiner or non-joiner only between signs whose shape it changes."""
    if "\u200c" not in text and "\u200d" not in text:
        return text

    def keep_one(found: re.Match[str]) -> str:
        before = text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        joins_after = not after or after.isspace() or _is_joined(after)
        return found.group()[0] if before and _is_joined(before) and joins_after else ""

    return _JOINERS.sub(keep_one, text)


def _is_joined(sign: str) -> bool:
    """Tell whether `sign` belongs to a script or to emoji that use joiners (UAX 31, 2.3)."""
    code = ord(sign)
    return (
        0x0600 <= code <= 0x08FF  # Arabic, Syriac, N'Ko, Mandaic
        or 0x0900 <= code <= 0x0DFF  # the scripts of India and Sri Lanka
        or 0x0F00 <= code <= 0x109F  # Tibetan, Myanmar
        or 0x1780 <= code <= 0x18AF  # Khmer, Mongolian
        or 0x2600 <= code <= 0x27BF  # signs used in emoji sequences
        or code == 0xFE0F
        or 0x1F000 <= code <= 0x1FAFF
        or code in (0x2640, 0x2642, 0x2B1B)
    )
