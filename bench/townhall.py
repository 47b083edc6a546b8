"""A town hall as all of its people see it: tallies on every screen, and a hub that is killed.

Runs `hallway web` and `hallway hub` with a made-up company of its own. Everybody is there, five
hundred votes a second arrive from ten thousand people and twenty questions a minute; then the hub
is killed while all go on, and started again at once. In the end every screen is compared with a
page read anew, and every acknowledged vote with the rows (`hallway/simulation`). BENCH_HUBS=2
shares the screens between two hubs, of which one is killed.

- tally: from the commit of the tally before it, which a vote may just have missed, until the screen
  has the next; over all tallies and all screens, up to the kill. Where few vote, seconds pass
  between two tallies, so that with few people this says nothing;
- cost: the processor time of the hub, to that of a bare loop that sends those tallies alone;
- back: from the break until a screen is admitted again and caught up; to a bare server that greets
  as many and asks nothing.

    python -m bench.townhall [people] [seconds]
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from bench.greeting import greeting
from bench.hubs import Hubs, hubs_wanted
from bench.server import ROOT, Served
from hallway.simulation.directing import Watched, play
from hallway.simulation.house import House, read_mark
from hallway.simulation.measures import Spread
from hallway.simulation.scene import CLASSES_A_SECOND, Outcome, Rules
from hallway.simulation.server import command, environment, free_port

MOST_TALLY = 0.75  # seconds, p99
FEW = 1000  # people, who vote so seldom that the time between tallies is not that of the hub
MOST_BACK = 10.0  # seconds until the last is there again
AFTERWARDS = 40.0  # seconds on air after the kill; half of it for a small play
QUESTIONS_A_MINUTE = 20
FEWEST_QUESTIONS = 8
PAGES_A_SECOND = 25  # that the people may read when they come


def main() -> int:
    """Print a table; 0 when the targets hold."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 300.0
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder), free_port()
        settings = environment(data, port, os.environ.get("HALLWAY_DATABASE_URL", ""))
        os.environ |= {"DJANGO_SETTINGS_MODULE": "hallway.settings", **settings}
        status = command(settings, "simulate", "company", "--people", str(people + 1))
        if status != 0:
            return status
        figures = measure(read_mark(data), port, seconds)
    for name, value, target in figures.rows():
        print(f"{name:32}{value:>24}   {target}")
    for sentence in figures.wrong:
        print(f"wrong: {sentence}")
    return int(not figures.hold())


@dataclass
class Figures:
    """What was measured."""

    people: int
    hubs: int
    arrival: float = 0.0
    on_air: float = 0.0
    votes: int = 0
    tallies: int = 0
    tally: Spread = field(default_factory=Spread)
    hub_cpu: float = 0.0
    bare_cpu: float = 0.0
    memory: float = 0.0
    generator: float = 0.0
    back: Spread = field(default_factory=Spread)
    bare_back: float = 0.0
    by_pages: int = 0
    right: int = 0
    screens: int = 0
    wrong: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, value and target of each."""
        share = 100 * self.hub_cpu / self.on_air
        return [
            ("people, hubs", f"{self.people}, {self.hubs}", ""),
            ("all in", f"{self.arrival:.0f} s", ""),
            ("votes acknowledged", f"{self.votes / self.on_air:.0f} a second", ""),
            ("tallies", f"{self.tallies}", ""),
            ("tally on screens, median", f"{self.tally.at(0.5) * 1000:.0f} ms", ""),
            ("tally on screens, p99", f"{self.tally.at(0.99) * 1000:.0f} ms", "at most 750 ms"),
            ("tally on screens, last", f"{self.tally.most * 1000:.0f} ms", ""),
            ("processor time of the hub", f"{share:.0f} % of one", ""),
            ("  to bare sends of the tallies", f"{self.hub_cpu / self.bare_cpu:.1f}", ""),
            ("most memory of a hub", f"{self.memory:.0f} MB", ""),
            ("processor time of the people", f"{self.generator:.0f} s in all", ""),
            ("killed: came back", f"{len(self.back)}", ""),
            ("killed: back, median", f"{self.back.at(0.5):.1f} s", ""),
            ("killed: back, last", f"{self.back.most:.1f} s", f"at most {MOST_BACK:.0f} s"),
            ("  to a server that only greets", f"{self.back.most / self.bare_back:.1f}", ""),
            ("killed: asked a page first", f"{self.by_pages}", ""),
            ("screens that ended true", f"{self.right} of {self.screens}", "all"),
        ]

    def hold(self) -> bool:
        """Whether the targets hold."""
        fast = self.tally.at(0.99) <= MOST_TALLY or self.people < FEW
        back = self.back.most <= MOST_BACK
        return fast and back and not self.wrong and self.right == self.screens


def measure(house: House, port: int, seconds: float) -> Figures:
    """Play against web and hubs; returns the figures."""
    django.setup()
    people = len(house.people)
    figures = Figures(people, hubs_wanted())
    figures.bare_back = _bare_back(house)
    hallway = Path(sys.executable).with_name("hallway")
    web = subprocess.Popen([hallway, "web", "--port", str(port)], cwd=ROOT)
    hubs = Hubs(figures.hubs)
    try:
        Served(0, port).wait()
        rules = Rules(
            url=f"http://localhost:{port}",
            hub=hubs.port,
            hall=house.hall,
            cookie=house.cookie,
            people=people,
            seconds=seconds + (AFTERWARDS if people >= FEW else AFTERWARDS / 2),
            arrive=max(5.0, people / PAGES_A_SECOND),
            asked=max(FEWEST_QUESTIONS, round(seconds / 60 * QUESTIONS_A_MINUTE)),
            leaving=0.0,
            losing=0.0,
        )
        course = Course(hubs, seconds)
        outcome, watched = play(house, rules, processes=2, watch=course.watch)
    finally:
        for each in (web.terminate, hubs.stop, web.wait):
            each()
    figures.arrival = watched.arrived - watched.began
    figures.on_air = seconds
    figures.hub_cpu = course.cpu
    figures.memory = course.memory
    figures.votes = course.votes
    figures.generator = outcome.cpu
    figures.back = outcome.tally.spread("back")
    figures.by_pages = outcome.tally.counts["tickets renewed"]
    figures.right, figures.screens = outcome.right, outcome.screens
    figures.wrong = _wrong(house, outcome)
    if len(figures.back) < people // figures.hubs // 2:
        figures.wrong.append("fewer came back than were there")
    figures.tally, figures.tallies = _tallies(house, outcome, course.killed)
    figures.bare_cpu = _bare_send() * max(1, len(figures.tally))
    return figures


class Course:
    """Watches the play: notes what the hub has used, and kills it when its time has come."""

    def __init__(self, hubs: Hubs, seconds: float) -> None:
        self._hubs = hubs
        self._seconds = seconds
        self._began = 0.0
        self.cpu = 0.0
        self.memory = 0.0
        self.votes = 0
        self.killed = 0.0

    def watch(self, watched: Watched) -> None:
        """Called several times a second."""
        if self.killed or watched.phase != "on air":
            return
        votes = watched.tally.counts["vote done"]
        if not self._began:
            self._began, self.cpu, self.votes = watched.opened, self._hubs.cpu(), votes
        elif time.monotonic() > self._began + self._seconds:
            self.cpu = self._hubs.cpu() - self.cpu
            self.memory = self._hubs.memory()
            self.votes = votes - self.votes
            self.killed = time.time()
            self._hubs.kill()


def _tallies(house: House, outcome: Outcome, until: float) -> tuple[Spread, int]:
    """How late counts were on the screens, and how many tallies there were before the kill."""
    from hallway.journal.models import Record

    rows = Record.objects.filter(verb="hall.tally", entry_id=house.hall).order_by("xid", "seq")
    spread, count, before = Spread(), 0, None
    for xid, seq, at in rows.values_list("xid", "seq", "at"):
        heard: Counter[int] = outcome.told.get((xid, seq), Counter())
        if before is not None and at.timestamp() < until - 1:
            count += 1
            for moment, screens in heard.items():
                late = (moment + 1) / CLASSES_A_SECOND - before
                spread.add(late, screens)
        before = at.timestamp()
    return spread, count


def _wrong(house: House, outcome: Outcome) -> list[str]:
    from hallway.simulation.auditing import audit
    from hallway.simulation.report import mistakes

    audited, _ = audit(house.hall, outcome.votes, outcome.ballots, outcome.doubtful)
    return mistakes(outcome, audited)


def _bare_send(times: int = 20_000) -> float:
    """Processor seconds of one bare send of a tally's bytes."""
    data, spent = b"x" * 1000, 0.0
    with socket.create_server(("127.0.0.1", 0)) as server:
        one = socket.create_connection(server.getsockname())
        other, _ = server.accept()
    with one, other:
        send, number = os.write, one.fileno()
        for _ in range(times // 50):
            began = time.thread_time()
            for _ in range(50):
                send(number, data)
            spent += time.thread_time() - began
            left = 50 * len(data)
            while left:
                left -= len(other.recv(left))
    return spent / times


def _bare_back(house: House) -> float:
    """Seconds until a server that only greets has let all of them in."""
    hall: dict[str, Any] = {
        "hall": house.hall,
        "space": 1,
        "questions": [1],
        "keys": house.people,
        "cookie": house.cookie,
        "incarnation": house.incarnation,
        "position": "0.0",
        "origin": "http://bench.example",
    }
    with greeting() as port:
        done = subprocess.run(
            [sys.executable, "-m", "bench.voters", str(port)],
            cwd=ROOT,
            input=json.dumps(hall) + "\n",
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return float(json.loads(done.stdout.splitlines()[0]))


if __name__ == "__main__":
    sys.exit(main())
