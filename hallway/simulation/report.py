"""The report of a simulation: what was measured, on which machine, and whether all ended true."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.table import Table

from hallway import __version__
from hallway.simulation.directing import Watched
from hallway.simulation.measures import Spread
from hallway.simulation.scene import Outcome, Rules

MOST_DIFFERENCES = 8  # between screens and the truth
MOST_TROUBLES = 8  # shown in the table; the file has all
LATEST = 10.0  # seconds after the click in which a change of the stage is counted as its effect


@dataclass
class Findings:
    """Everything a report is made of. `wrong` are all sentences that keep the play from being true.

    `counted` are the rows in the database, empty where only pages could be asked; `server` is what
    the process of the instance used, if it was known.
    """

    rules: Rules
    outcome: Outcome
    watched: Watched
    wrong: list[str]
    counted: dict[str, int] = field(default_factory=dict)
    server: dict[str, float] = field(default_factory=dict)

    @property
    def is_true(self) -> bool:
        """Whether every screen ended in the true state and nothing acknowledged was lost."""
        return not self.wrong


def mistakes(outcome: Outcome, audited: Sequence[str]) -> list[str]:
    """All that keeps the play from being true."""
    shown = outcome.wrong.most_common(MOST_DIFFERENCES)
    wrong = [f"{number:,} screens: {difference}" for difference, number in shown]
    wrong += [*outcome.missing, *audited]
    if outcome.right < outcome.screens:
        wrong.insert(0, f"{outcome.screens - outcome.right} screens are not in the true state")
    lost = outcome.tally.counts["wishes not acknowledged"]
    if lost:
        wrong.append(f"{lost:,} votes, answers and cheers were never acknowledged")
    return wrong


def as_json(found: Findings) -> dict[str, Any]:
    """The report for programs."""
    tally, watched = found.outcome.tally, found.watched
    return {
        "true": found.is_true,
        "wrong": found.wrong,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rules": {name: getattr(found.rules, name) for name in found.rules.__dataclass_fields__},
        "machine": machine(),
        "versions": versions(),
        "screens": {"right": found.outcome.right, "of": found.outcome.screens},
        "arrival_seconds": round(watched.arrived - watched.began, 1),
        "latencies": {name: spread.summary() for name, spread in sorted(tally.spreads.items())},
        "stage": [_told(*deed) for deed in _effects(found.outcome)],
        "all_stage_changes": _all_effects(found.outcome).summary(),
        "counts": dict(sorted(tally.counts.items())),
        "errors": dict(tally.errors.most_common()),
        "database": found.counted,
        "server": found.server,
        "generator_cpu_seconds": round(found.outcome.cpu, 1),
    }


def as_table(found: Findings) -> Table:
    """The report for people."""
    table = Table(title="Town hall", title_justify="left", show_header=False)
    for name, value in (*_times(found), *_numbers(found)):
        table.add_row(name, value)
    for name, number in found.outcome.tally.errors.most_common(MOST_TROUBLES):
        table.add_row(f"trouble: {name}", f"{number:,}", style="yellow")
    for sentence in found.wrong:
        table.add_row("wrong", sentence, style="red")
    return table


def _times(found: Findings) -> Iterator[tuple[str, str]]:
    tally, outcome, watched = found.outcome.tally, found.outcome, found.watched
    yield "people", f"{found.rules.people:,}"
    took = watched.arrived - watched.began
    yield "arrival", f"{took:.1f} s until all were in (came within {found.rules.arrive:.0f} s)"
    for name, words in _NAMES.items():
        spread = tally.spread(name)
        if len(spread):
            yield words, _spread(spread)
    effects = _all_effects(outcome)
    if len(effects):
        yield "click of the host to screens", _spread(effects)
    told = _effects(outcome)
    for words, effect in (("on air", told[:1]), ("the end", told[-1:])):
        for _, spread, _ in effect:
            yield f"  {words}, last of {len(spread):,}", f"{spread.most * 1000:,.0f} ms"


def _numbers(found: Findings) -> Iterator[tuple[str, str]]:
    outcome = found.outcome
    yield "votes acknowledged", f"{len(outcome.votes) / found.rules.seconds:,.0f} a second"
    for name, number in sorted(outcome.tally.counts.items()):
        yield name, f"{number:,}"
    for name, number in found.counted.items():
        yield f"in the database: {name}", f"{number:,}"
    for name, value in found.server.items():
        yield f"server: {name.replace('_', ' ')}", f"{value:,.1f}"
    yield "generator: processor seconds", f"{outcome.cpu:,.1f}"
    yield "machine", ", ".join(f"{name} {value}" for name, value in machine().items())
    yield "screens in the true state", f"{outcome.right:,} of {outcome.screens:,}"


_NAMES = {
    "page": "page read",
    "socket": "socket open and caught up",
    "back": "back after a lost connection",
    "vote": "vote acknowledged",
    "ballot": "answer to the poll acknowledged",
    "cheer": "cheer acknowledged",
    "question": "question asked",
}


def machine() -> dict[str, Any]:
    """What it ran on, and how busy that was (the average of the last minute)."""
    return {
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
    }


def versions() -> dict[str, str]:
    """What ran."""
    return {
        "hallway": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("django", "uvicorn", "uvloop", "websockets")},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _effects(outcome: Outcome) -> list[tuple[str, Spread, float]]:
    """For each timed deed of the host: its state, click to screens, click to answer."""
    found = []
    clicks = [(state, click) for state, click, _ in outcome.deeds]
    for state, click, answered in outcome.deeds:
        spread = Spread()
        # Until the same state comes about once more.
        again = [later for other, later in clicks if other == state and later > click]
        end = min([click + LATEST, *again])
        for moment in outcome.heard.get(state, ()):
            if click <= moment <= end:
                spread.add(moment - click)
        found.append((state, spread, answered - click))
    return found


def _all_effects(outcome: Outcome) -> Spread:
    whole = Spread()
    for _, spread, _ in _effects(outcome):
        whole.join(spread)
    return whole


def _told(state: str, spread: Spread, answered: float) -> dict[str, Any]:
    return {"state": state, "answered_ms": round(answered * 1000, 1), **spread.summary()}


def _spread(spread: Spread) -> str:
    return (
        f"p50 {spread.at(0.5) * 1000:,.0f} ms, p99 {spread.at(0.99) * 1000:,.0f} ms,"
        f" most {spread.most * 1000:,.0f} ms ({len(spread):,})"
    )
