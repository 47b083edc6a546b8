"""The page of figures: a table measured anew takes the place of the old one, and no other's."""

from pathlib import Path

from bench.page import write


def test_what_was_not_measured_stays(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"
    write(
        {"Votes": "old votes\n", "Home": "old home\n", "Gone": "x\n"},
        ["Home", "Votes", "Gone"],
        page,
    )
    write({"Votes": "new votes\n", "Digests": "some\n"}, ["Home", "Votes", "Digests"], page)
    text = page.read_text()
    assert text.startswith("# Measured figures\n")
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert titles == ["## Home", "## Votes", "## Digests"]
    assert "old home" in text
    assert "new votes" in text
    assert "old votes" not in text
    assert text.count("Measured on ") == 3
