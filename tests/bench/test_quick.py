"""Measurements with small sizes: they come to their end, and what must hold at any size does."""

import re
import subprocess
import sys

import pytest

from bench.__main__ import FIGURES
from tests.crash.process import ROOT

pytestmark = pytest.mark.slow

# Name, sizes, and what stands in the table whatever the machine does.
MEASURED = [
    ("everyday", ["8", "1", "40"], r"not received +0 "),
    ("digests", ["30"], r"mails, of people +30 / 30"),
    ("saving", ["200", "40", "1"], r"lost +0 "),
    pytest.param(
        "visit", ["40", "100"], r"first paint of hello +\d+ ms", marks=pytest.mark.browser
    ),
]


@pytest.mark.parametrize(("name", "sizes", "said"), MEASURED)
def test_it_ends_with_figures(name: str, sizes: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", *sizes],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    # 1 says that a target was missed, which here means nothing.
    assert done.returncode in (0, 1), done.stderr
    assert re.search(said, done.stdout), done.stdout


def test_every_measurement_can_be_tried_with_small_sizes() -> None:
    assert [name for name, figure in FIGURES.items() if not figure.quick] == []
    assert [name for name in FIGURES if not (ROOT / "bench" / f"{name}.py").exists()] == []
