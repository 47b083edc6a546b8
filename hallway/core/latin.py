"""Names in plain Latin letters, as they stand in addresses: of people and of spaces alike."""

import unicodedata

_UNUSUAL = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "æ": "ae",
        "å": "aa",
        "ł": "l",
        "đ": "d",
    }
)


def latin(text: str) -> str:
    """Write `text` in lower case and ASCII; letters of other scripts are left out."""
    # Composed first: "o" and two dots may be two signs.
    usual = unicodedata.normalize("NFC", text).lower().translate(_UNUSUAL)
    return unicodedata.normalize("NFKD", usual).encode("ascii", "ignore").decode()
