"""Names show what they are: nothing hidden, reversed or coloured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.core.text import clean_line, clean_name, clean_text


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  Anna \t Müller \n", "Anna Müller"),
        ("Mu\u0308ller", "Müller"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\u2066b\u2069c\u200ed\u200fe", "abcde"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x07click\x1b]8;;\x1b\\", "click"),
        ("\x9b1mbold", "bold"),
        ("a\x00b\x07c\x7fd", "abcd"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("ad\u200dmin", "admin"),
        ("a\u2028b\u0085c", "a b c"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("a\U000e0041b", "ab"),
        ("\ud800x", "x"),
        ("\u3164", ""),
    ],
)
def test_names(written: str, clean: str) -> None:
    assert clean_name(written) == clean


def test_text_keeps_its_lines_and_marks_of_direction() -> None:
    assert clean_text("a\r\nb\rc\td\u200f") == "a\nb\nc\td\u200f"
    assert clean_line("a\n\u200fb") == "a \u200fb"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (clean_text, clean_line, clean_name):
        assert clean(clean(text)) == clean(text)
