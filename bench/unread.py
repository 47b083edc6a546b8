"""A post into the space of everybody: to publish it, tell it, and correct what is unread.

The same in a company of 1,000 and of 120,000 people, in one run on SQLite: nothing is written or
asked for each reader, so the ratio should be near one. Counted in time of a processor, which
neighbours disturb little.

    python -m bench.unread [people]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from bench.server import ROOT

FEW, MANY = 1_000, 120_000
POSTS = 60
MOST_GROWTH = 1.3


def measure(people: int) -> float:
    """Milliseconds of a processor, at the median, from a post to what a reader is told of it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
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
    durations = []
    for number in range(POSTS):
        last = Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        began = time.process_time()
        post = publish_post(Draft(f"News {number} for everybody"), company, by=author)
        telling.catch_up()
        if not any(space.unread for space in my_menu(reader)):
            raise RuntimeError("the post is not counted as unread")
        see(company, post.listed or 0, by=reader)
        for row in Record.objects.filter(seq__gt=last).order_by("seq"):
            frames_of(_deed(row))
        if any(space.unread for space in my_menu(reader)):
            raise RuntimeError("what was seen is still counted as unread")
        durations.append((time.process_time() - began) * 1000)
    return statistics.median(durations)


def main() -> int:
    """Print both figures and their ratio; 0 when the target holds."""
    few, many = _apart(FEW), _apart(MANY)
    print(f"{'one post, of 1,000 people':44}{few:>8.1f} ms")
    print(f"{'one post, of 120,000 people':44}{many:>8.1f} ms")
    print(f"{'ratio':44}{many / few:>8.2f}      at most {MOST_GROWTH}")
    return int(many / few > MOST_GROWTH)


def _apart(people: int) -> float:
    """Measure in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.unread", str(people)],
            env={**os.environ, "HALLWAY_DATA": folder},
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return float(done.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(measure(int(sys.argv[1])))
    else:
        sys.exit(main())
