"""Two texts side by side: nothing invented, nothing lost, and never slow."""

import time
from random import Random

from hallway.core.text.differences import Run, differences, shortened


def bare(text: str) -> str:
    return "".join(text.split(" "))


def test_what_changed_is_found_word_by_word() -> None:
    runs = differences("We meet on Monday at nine.\nBring cake", "We meet on Tuesday at nine.")
    assert runs == [
        Run("kept", "We meet on "),
        Run("removed", "Monday "),
        Run("added", "Tuesday "),
        Run("kept", "at nine."),
        Run("removed", "\nBring cake"),
    ]


def test_both_texts_can_be_read_from_the_runs() -> None:
    lot = Random(7)
    for _ in range(1500):
        old, new = (
            "".join(lot.choice(["a ", "b ", "c\n", "d", "é, "]) for _ in range(lot.randint(0, 14)))
            for _ in range(2)
        )
        runs = differences(old, new)
        assert bare("".join(run.text for run in runs if not run.is_added)) == bare(old)
        assert bare("".join(run.text for run in runs if not run.is_removed)) == bare(new)


def test_texts_made_to_be_slow_are_not() -> None:
    begun = time.process_time()
    runs = differences("x y z " * 3300, "z x " * 5000)
    assert time.process_time() - begun < 2
    assert {run.change for run in runs} >= {"added", "removed"}


def test_long_stretches_that_stayed_are_cut_around_the_change() -> None:
    same = "word " * 400
    runs = shortened(differences(f"{same}old {same}", f"{same}new {same}"))
    assert [run.change for run in runs] == ["kept", "removed", "added", "kept"]
    assert len(runs[0].text) < 200
    assert runs[0].text.endswith("word ")
    assert runs[-1].text.startswith("word ")
    assert shortened(differences(same, same)) == [Run("kept", same)]
