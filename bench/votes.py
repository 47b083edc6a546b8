"""A burst of votes through real sockets: until all are on disk and acknowledged.

Starts `hallway hub` on a database of its own and lets every screen of a full hall vote at the same
moment, against the bare limit: the same votes stored in the same batches, without hub, sockets,
acknowledgements and tallies. Then once more, and the hub is killed in the middle and started again.
BENCH_HUBS=2 shares the screens between two hubs, of which one is killed.

    python -m bench.votes [screens]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

from bench.hubs import Hubs, hubs_wanted
from bench.server import ROOT, cpu_of

MOST_SECONDS = 3.0  # for 10,000
MOST_P99 = 1.0
QUESTIONS = 20
ORIGIN = "http://bench.example"


def main() -> int:
    """Print a table; 0 when the targets hold and no vote is lost or double."""
    screens = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "hallway.settings",
            "HALLWAY_DATA": folder,
            "HALLWAY_BASE_URL": ORIGIN,
        }
        figures = measure(screens, Path(folder))
    share = screens / 10_000
    rows = [
        ("screens", f"{screens}", ""),
        ("all admitted", f"{figures['come']:.1f} s", ""),
        ("votes stored alone", f"{figures['bare']:.2f} s", ""),
        ("all acknowledged", f"{figures['last']:.2f} s", f"at most {MOST_SECONDS * share:.1f} s"),
        ("ratio", f"{figures['last'] / figures['bare']:.1f}", ""),
        ("acknowledged, median", f"{figures['p50'] * 1000:.0f} ms", ""),
        ("acknowledged, p99", f"{figures['p99'] * 1000:.0f} ms", f"at most {MOST_P99:.1f} s"),
        ("taken back, all", f"{figures['back']:.2f} s", ""),
        ("processor time of the hub", f"{figures['hub_cpu'] / screens * 1e6:.0f} µs a vote", ""),
        ("the same of the voters", f"{figures['crowd_cpu'] / screens * 1e6:.0f} µs a vote", ""),
        ("killed in the middle, all", f"{figures['killed']:.2f} s", ""),
        ("  of these, coming back", f"{figures['returned']:.2f} s", ""),
        ("tallies told", f"{figures['tallies']:.0f}", ""),
        ("lost or double", f"{figures['wrong']:.0f}", "0"),
    ]
    for name, value, target in rows:
        print(f"{name:28}{value:>22}   {target}")
    slow = figures["last"] > MOST_SECONDS * share or figures["p99"] > MOST_P99
    return int(slow or figures["wrong"] > 0)


def measure(screens: int, folder: Path) -> dict[str, float]:
    """Fill a company, measure the bare limit, then the burst; returns the figures by name."""
    django.setup()
    hall = _found(screens, folder)
    bare = _bare(hall)
    hubs = Hubs(hubs_wanted())
    voters = None
    try:
        voters = subprocess.Popen(
            [sys.executable, "-m", "bench.voters", str(hubs.port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        come = _told(voters, hall)
        time.sleep(3)  # the crowd that has come in is told how many it is
        told = _tallies(hall)
        before = hubs.cpu(), cpu_of(voters.pid)
        burst = _told(voters, {"on": True})
        time.sleep(1.5)
        after = hubs.cpu(), cpu_of(voters.pid)
        tallies = _tallies(hall) - told
        wrong = _wrong(hall, screens) + screens - burst["outcomes"].get("done", 0)
        back = _told(voters, {"on": False})
        wrong += _wrong(hall, 0)
        _order(voters, {"on": True})
        time.sleep(burst["last"] / 3)
        hubs.kill()
        killed = _answer(voters)
        wrong += _wrong(hall, screens) + screens - killed["outcomes"].get("done", 0)
    finally:
        if voters is not None:
            voters.terminate()
            voters.wait(timeout=30)
        hubs.stop()
    acks = burst["acks"]
    return {
        "come": come,
        "bare": bare,
        "last": burst["last"],
        "p50": statistics.median(acks),
        "p99": acks[int(len(acks) * 0.99)],
        "back": back["last"],
        "killed": killed["last"],
        "returned": killed["returned"],
        "hub_cpu": after[0] - before[0],
        "crowd_cpu": after[1] - before[1],
        "tallies": tallies,
        "wrong": wrong,
    }


def _found(screens: int, folder: Path) -> dict[str, Any]:
    from hallway.cli.migrate import migrate
    from hallway.core.guarding import as_system
    from hallway.journal import reader
    from hallway.people.models import Person
    from hallway.simulation.founding import found
    from hallway.spaces.actions import ensure_company
    from hallway.townhalls.actions import ask, open_doors
    from hallway.townhalls.models import TownHall

    migrate()
    ensure_company("Bench")
    house = found(folder, screens + 1, 7)
    with as_system("the bench prepares a hall"):
        hall = TownHall.objects.get(pk=house.hall)
    open_doors(hall, by=Person.objects.get(pk=house.host[0]))
    askers = Person.objects.filter(pk__in=[person for person, _ in house.people[:QUESTIONS]])
    asked = [ask(hall, f"A question, number {n}?", by=by) for n, by in enumerate(askers)]
    return {
        "hall": hall.pk,
        "space": hall.space_id,
        "questions": [question.pk for question in asked],
        "keys": house.people,
        "cookie": house.cookie,
        "incarnation": house.incarnation,
        "position": str(reader.position()),
        "origin": ORIGIN,
    }


def _bare(hall: dict[str, Any]) -> float:
    """Seconds to store the votes in batches; takes them back afterwards."""
    from hallway.hub.ballots import MOST_AT_ONCE
    from hallway.townhalls.actions import Wish, count

    people, questions = [person for person, _ in hall["keys"]], hall["questions"]
    seconds = []
    for on in (True, False):
        wishes = [
            Wish(person, questions[number % len(questions)], on, hall["hall"])
            for number, person in enumerate(people)
        ]
        began = time.monotonic()
        for start in range(0, len(wishes), MOST_AT_ONCE):
            count(wishes[start : start + MOST_AT_ONCE])
        seconds.append(time.monotonic() - began)
    return seconds[0]


def _wrong(hall: dict[str, Any], votes: int) -> int:
    """How many votes there are too many or too few, in rows and in counts."""
    from hallway.core.guarding import as_system
    from hallway.townhalls.models import Question, Vote

    with as_system("an audit of votes"):
        rows = Vote.objects.filter(question__hall_id=hall["hall"])
        counts = Question.objects.filter(hall_id=hall["hall"]).values_list("votes", flat=True)
        return abs(rows.count() - votes) + abs(sum(counts) - votes)


def _tallies(hall: dict[str, Any]) -> int:
    from hallway.journal.models import Record

    return Record.objects.filter(verb="hall.tally", entry_id=hall["hall"]).count()


def _told(voters: "subprocess.Popen[str]", order: Any) -> Any:
    _order(voters, order)
    return _answer(voters)


def _order(voters: "subprocess.Popen[str]", order: Any) -> None:
    assert voters.stdin is not None
    voters.stdin.write(json.dumps(order) + "\n")
    voters.stdin.flush()


def _answer(voters: "subprocess.Popen[str]") -> Any:
    assert voters.stdout is not None
    line = voters.stdout.readline()
    if not line:
        raise RuntimeError("the voters have gone home")
    return json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
