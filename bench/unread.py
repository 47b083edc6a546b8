"""A post into the space of everybody: to publish it, to tell it and correct what is unread.

The same in a company of 1,000 and of 120,000 people, in one run: nothing is written or asked for
each reader, so the ratio should be near one. Counted in time of processors, which neighbours
disturb little.

    python -m bench.unread [few] [many]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.home import postgres_cpu
from bench.ready import begin, beside, show
from bench.server import ROOT

FEW, MANY = 1_000, 120_000
POSTS = 60
MOST_GROWTH = 1.3

Figures = dict[str, float]


def measure(people: int) -> Figures:
    """Milliseconds of processors for one post: to publish it, then until a reader has seen it."""
    from django.db import connection

    from hallway.entries.actions import Draft
    from hallway.hub.frames import frames_of
    from hallway.journal.models import Record
    from hallway.journal.reader import _deed
    from hallway.notifications.reader import follower
    from hallway.people.models import Person
    from hallway.posts.actions import publish_post
    from hallway.spaces.actions import ensure_company
    from hallway.stream.actions import see
    from hallway.stream.menu import my_menu

    numbers = range(1, people + 1)
    Person.objects.bulk_create(
        (
            Person(pk=pk, email=f"p{pk}@bench.example", handle=f"p{pk}", name=f"Person {pk}")
            for pk in numbers
        ),
        batch_size=2_000,
    )
    company = ensure_company("Company")
    author, reader = Person.objects.filter(pk__lte=2).order_by("pk")
    telling = follower()
    telling.begin_now()
    on_server = connection.vendor == "postgresql"
    if on_server:
        with connection.cursor() as sql:
            sql.execute("VACUUM (ANALYZE)")
    publishing, correcting = list[float](), list[float]()
    store = postgres_cpu() if on_server else 0.0
    for number in range(POSTS):
        last = Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        began = time.process_time()
        post = publish_post(Draft(f"News {number} for everybody"), company, by=author)
        published = time.process_time()
        telling.catch_up()
        if not any(space.unread for space in my_menu(reader)):
            raise RuntimeError("the post is not counted as unread")
        see(company, post.listed or 0, by=reader)
        for row in Record.objects.filter(seq__gt=last).order_by("seq"):
            frames_of(_deed(row))
        if any(space.unread for space in my_menu(reader)):
            raise RuntimeError("what was seen is still counted as unread")
        publishing.append((published - began) * 1000)
        correcting.append((time.process_time() - published) * 1000)
    store = (postgres_cpu() - store) / POSTS * 1000 if on_server else 0.0
    publish, correct = statistics.median(publishing), statistics.median(correcting)
    return {
        "publish": publish,
        "correct": correct,
        "store": store,
        "all": publish + correct + store,
    }


def main() -> int:
    """Print both companies and their ratio; 0 when the target holds."""
    given = [int(argument) for argument in sys.argv[1:]]
    sizes = (*given, *(FEW, MANY)[len(given) :])
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        few, many = [_apart(Path(folder), people) for people in sizes]
    rows = []
    for people, found in zip(sizes, (few, many), strict=True):
        rows += [
            (f"of {people:,} people: to publish", f"{found['publish']:.1f} ms", ""),
            (f"of {people:,} people: to correct", f"{found['correct']:.1f} ms", ""),
            (f"of {people:,} people: PostgreSQL", f"{found['store']:.1f} ms", ""),
        ]
    growth = many["all"] / few["all"]
    show([*rows, ("ratio of the sums", f"{growth:.2f}", f"at most {MOST_GROWTH}")])
    return int(growth > MOST_GROWTH)


def _apart(folder: Path, people: int) -> Figures:
    """Measure in a process, a folder and a database of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.unread", "--one", str(people)],
        env=os.environ | beside(folder, f"of_{people}"),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: Figures = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        begin(os.environ["HALLWAY_DATA"])
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        sys.exit(main())
