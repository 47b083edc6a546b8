"""Comparing names the way people type them: keys without accents, and likeness in spite of slips.

One key per name, so that one indexed column is enough. Marks are taken off, letters outside a-z
get their usual stand-in, and the German and Nordic spellings with a following "e" (or a doubled
"a") are drawn together: "Müller", "Mueller" and "Muller" all have the key "muller". The price is
that "Manuel" has the key "manul" too; since what is typed is folded likewise, it is found all the
same, and the key of a beginning is always a beginning of the key. Other scripts stay themselves,
without the accents of Greek, the points of Hebrew and Arabic, and the breve and dots of Cyrillic.
Slips are found by comparing trigrams: "Tomoco" finds "Tomoko".
"""

from __future__ import annotations

import re
import unicodedata

SIMILAR = 0.3
"""From this likeness on, two names are worth showing for each other (pg_trgm uses the same)."""

_STAND_INS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ŀ": "l",
        "ƒ": "f",
        "ɓ": "b",
        "ɗ": "d",
        "ə": "a",
        "ς": "σ",
        "ʼ": None,
        "ʻ": None,
        "’": None,
        "‘": None,
        "'": None,
        "´": None,
        "`": None,
        "ـ": None,
    }
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u064b-\u065f\u0670\u200b-\u200f\u00ad]"
)
_DRAWN_TOGETHER = re.compile("([aou])e|aa")
_BETWEEN_WORDS = re.compile(
    r"[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u2027\u2030-\u205e\u3000-\u3003]+"
)
_APOSTROPHE = str.maketrans("", "", "'`")


def fold(text: str) -> str:
    """Return the key by which `text` is found: lower-case words with single spaces between."""
    if text.isascii():
        key = text.lower().translate(_APOSTROPHE)
    else:
        # A letter may only show its marks once folded ("İ"), and a ligature its letters ("ﬁ").
        key = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        key = _MARKS.sub("", key.translate(_STAND_INS))
        key = unicodedata.normalize("NFC", key)
    return _DRAWN_TOGETHER.sub(_first, _BETWEEN_WORDS.sub(" ", key).strip())


def trigrams(key: str) -> set[str]:
    """Return the trigrams of a folded key, each word with two spaces before it and one behind."""
    found: set[str] = set()
    for word in key.split():
        padded = f"  {word} "
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return found


def similarity(a: str, b: str) -> float:
    """Return how alike two names are, from 0 to 1 (equal keys): trigrams shared over all.

    Where one name has fewer words, each of them is compared with the word it fits best, so that a
    first name finds the full name.
    """
    return key_similarity(fold(a), fold(b))


def key_similarity(a: str, b: str) -> float:
    """Return `similarity` of two keys that are folded already."""
    if a == b:
        return 1.0 if a else 0.0
    fewer, more = sorted((a.split(), b.split()), key=len)
    if not fewer:
        return 0.0
    candidates = [trigrams(word) for word in more]
    best = [max(_shared(trigrams(word), other) for other in candidates) for word in fewer]
    return sum(best) / len(best)


def _shared(a: set[str], b: set[str]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both)


def _first(found: re.Match[str]) -> str:
    return found.group()[0]
