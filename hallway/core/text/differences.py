"""What changed between two texts, word by word.

The shortest way from one sequence to another as E. W. Myers describes it in “An O(ND) Difference
Algorithm and Its Variations” (1986), over words; how many blanks stand between them does not count.
Its cost grows with the number of changes, so it is bounded: two texts that have little in common
are shown as one replacing the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

EFFORT = 100_000
"""So many steps are spent on one comparison, some 20 ms and never many times that."""

MOST_KEPT = 400
AROUND = 150
"""Of a longer stretch that did not change, so many signs next to what did are shown."""

_WORD = re.compile(r"\s+|[\w@#]+[^\S\n]*|[^\w\s][^\S\n]*")


ELLIPSIS = " … "


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that was "kept", "added" or "removed"."""

    change: str
    text: str

    @property
    def is_added(self) -> bool:
        """Whether it came with the new text."""
        return self.change == "added"

    @property
    def is_removed(self) -> bool:
        """Whether the new text has it no more."""
        return self.change == "removed"


def differences(before: str, after: str) -> list[Run]:
    """Runs of words: without the added ones they are `before`, without the removed ones `after`."""
    old, new = _words(before), _words(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    pieces = [("kept", word.text) for word in new[:start]]
    pieces += _ways(old[start : len(old) - end], new[start : len(new) - end])
    pieces += [("kept", word.text) for word in new[len(new) - end :]]
    return _runs(pieces)


def shortened(runs: Sequence[Run]) -> list[Run]:
    """The same with less of what did not change: enough to see where in the text one is."""
    return [
        run if run.change != "kept" or len(run.text) <= MOST_KEPT else _cut(run.text, runs, at)
        for at, run in enumerate(runs)
    ]


def _cut(text: str, runs: Sequence[Run], at: int) -> Run:
    head = text[:AROUND] if at > 0 else ""
    tail = text[-AROUND:] if at < len(runs) - 1 else ""
    return Run("kept", f"{head}{ELLIPSIS}{tail}" if head or tail else text)


class _Word(NamedTuple):
    """A word by which it is compared, and the same with the blanks after it."""

    bare: str
    text: str


def _words(text: str) -> list[_Word]:
    return [_Word(word.rstrip(" \t") or word, word) for word in _WORD.findall(text)]


def _alike(old: Sequence[_Word], new: Sequence[_Word]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.bare != other.bare:
            break
        count += 1
    return count


def _ways(old: Sequence[_Word], new: Sequence[_Word]) -> list[tuple[str, str]]:
    trace = _search(old, new)
    if trace is None:
        return [("removed", word.text) for word in old] + [("added", word.text) for word in new]
    pieces: list[tuple[str, str]] = []
    x, y = len(old), len(new)
    for d in range(len(trace) - 1, -1, -1):
        furthest = trace[d]
        k = x - y
        down = k == -d or (k != d and furthest[k - 1] < furthest[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = furthest.get(from_k, 0)
        from_y = from_x - from_k
        while x > max(from_x, 0) and y > max(from_y, 0):
            x, y = x - 1, y - 1
            pieces.append(("kept", new[y].text))
        if d and down:
            y -= 1
            pieces.append(("added", new[y].text))
        elif d:
            x -= 1
            pieces.append(("removed", old[x].text))
    return pieces[::-1]


def _search(old: Sequence[_Word], new: Sequence[_Word]) -> list[dict[int, int]] | None:
    """How far one gets on each diagonal before each further change; None if that costs too much."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    left = EFFORT
    for d in range(len(old) + len(new) + 1):
        trace.append({k: furthest[k] for k in range(-d - 1, d + 2) if k in furthest})
        left -= 2 * d + 1
        for k in range(-d, d + 1, 2):
            if k == -d or (k != d and furthest[k - 1] < furthest[k + 1]):
                x = furthest[k + 1]
            else:
                x = furthest[k - 1] + 1
            y = x - k
            while x < len(old) and y < len(new) and old[x].bare == new[y].bare:
                x, y, left = x + 1, y + 1, left - 1
            furthest[k] = x
            if x >= len(old) and y >= len(new):
                return trace
        if left < 0:
            return None
    return trace


def _runs(pieces: Sequence[tuple[str, str]]) -> list[Run]:
    """Neighbours of one kind joined; between two kept words what went stands before what came."""
    runs: list[Run] = []
    held: dict[str, list[str]] = {"removed": [], "added": []}

    def settle() -> None:
        for change, words in held.items():
            if words:
                runs.append(Run(change, "".join(words)))
                words.clear()

    kept: list[str] = []
    for change, word in pieces:
        if change == "kept":
            settle()
            kept.append(word)
            continue
        if kept:
            runs.append(Run("kept", "".join(kept)))
            kept.clear()
        held[change].append(word)
    if kept:
        runs.append(Run("kept", "".join(kept)))
    settle()
    return runs
