"""What the terminal shows while a simulation plays."""

import time
from collections import deque
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from hallway.simulation.directing import Watched

PLAIN_SECONDS = 5.0  # between two lines where there is no terminal to draw in
RATE_SECONDS = 5.0  # that a rate is the average of


class Display:
    """A live table in a terminal, a line now and then elsewhere. Used as a context manager."""

    def __init__(self, console: Console, people: int, seconds: float) -> None:
        self._console = console
        self._people = people
        self._seconds = seconds
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._past: deque[tuple[float, int]] = deque()
        self._next = 0.0

    def __enter__(self) -> "Display":
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def show(self, watched: Watched) -> None:
        """Draw what is known now."""
        if self._console.is_terminal:
            self._live.update(self._drawn(watched))
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + PLAIN_SECONDS
            rows = ", ".join(f"{name} {value}" for name, value in self._rows(watched))
            self._console.print(f"{watched.phase}: {rows}", highlight=False, soft_wrap=True)

    def _drawn(self, watched: Watched) -> RenderableType:
        done, total = float(watched.tally.inside), float(self._people)
        if watched.opened:
            done, total = min(self._seconds, time.monotonic() - watched.opened), self._seconds
        table = Table.grid(padding=(0, 2))
        for name, value in self._rows(watched):
            table.add_row(name, value)
        title = f"[bold]Town hall[/], {watched.phase}"
        return Group(title, ProgressBar(total=total, completed=done, width=60), table)

    def _rows(self, watched: Watched) -> list[tuple[str, str]]:
        tally = watched.tally
        ack, page = tally.spread("vote"), tally.spread("page")
        rows = [
            ("people in", f"{tally.inside:,} of {self._people:,}"),
            ("sockets open", f"{tally.open:,}"),
            ("page p50/p99", f"{page.at(0.5) * 1000:,.0f}/{page.at(0.99) * 1000:,.0f} ms"),
            ("votes/s", f"{self._rate(tally.counts['vote done']):,.0f}"),
            ("ack p50/p99", f"{ack.at(0.5) * 1000:,.0f}/{ack.at(0.99) * 1000:,.0f} ms"),
            ("questions", f"{tally.counts['question done']:,}"),
        ]
        if tally.errors:
            name, number = tally.errors.most_common(1)[0]
            rows.append(("trouble", f"{tally.errors.total():,} ({name}: {number:,})"))
        return rows

    def _rate(self, count: int) -> float:
        now = time.monotonic()
        self._past.append((now, count))
        while now - self._past[0][0] > RATE_SECONDS:
            self._past.popleft()
        then, before = self._past[0]
        return (count - before) / (now - then) if now > then else 0.0
