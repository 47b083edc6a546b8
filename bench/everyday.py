"""An everyday company: 50 posts a second, 500 open screens, and when each screen has each post.

Starts `hallway hub` on a database of its own. Posts are published by the action of the form, each
into a space of its author, and heard over real sockets by all who are in it. Against the bare limit
in the same run: one row is written, and the same bytes go to as many plain sockets.

    python -m bench.everyday [screens] [seconds] [people]
"""

import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.filling import Size, fill
from bench.listeners import Listeners
from bench.ready import begin, share, show
from bench.server import ROOT, Served, cpu_of

POSTS_A_SECOND = 50
WRITERS = 4
MOST_P99 = 250.0  # ms
WARM, WARM_SECONDS = 20, 4  # posts that are not counted, and for how long they may take
FRAME = 3 * 1024  # bytes, about those of a card

Times = dict[int, float]


def main() -> int:
    """Print a table; 0 when every screen has heard of every post, in time."""
    given = [int(argument) for argument in sys.argv[1:]]
    screens, seconds, people = (*given, *(500, 30, 2_000)[len(given) :])
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        begin(folder)
        figures = measure(screens, seconds, people)
    p50, p99 = share(figures["hall"], 0.5), share(figures["hall"], 0.99)
    bare50, bare99 = share(figures["bare"], 0.5), share(figures["bare"], 0.99)
    show(
        [
            ("screens, of people", f"{screens:,} / {people:,}", ""),
            ("posts a second", f"{figures['rate']:.1f}", f"{POSTS_A_SECOND} wanted"),
            ("frames received", f"{len(figures['hall']):,}", ""),
            ("from commit to screen, median", f"{p50:.1f} ms", ""),
            ("from commit to screen, p99", f"{p99:.1f} ms", f"at most {MOST_P99:.0f} ms"),
            ("bare row and send, median", f"{bare50:.1f} ms", ""),
            ("bare row and send, p99", f"{bare99:.1f} ms", ""),
            ("hub, processor time of a post", f"{figures['hub']:.1f} ms", ""),
            ("ratio of the medians", f"{p50 / bare50:.1f}", ""),
            ("not received", f"{figures['missing']}", "0"),
        ]
    )
    return int(p99 > MOST_P99 or figures["missing"] > 0)


def measure(screens: int, seconds: int, people: int) -> dict[str, Any]:
    """Fill a company and measure; returns milliseconds of every frame, hub and bare."""
    fill(Size(people, people * 10))
    house, members = _house(screens)
    house["port"] = _free_port()
    hub = subprocess.Popen(
        [Path(sys.executable).with_name("hallway"), "hub", "--port", str(house["port"])],
        cwd=ROOT,
        env=dict(os.environ),
    )
    listeners = None
    try:
        Served(0, house["port"]).wait()
        listeners = Listeners(house)
        spaces: dict[int, int] = {}
        publish = _publisher(people, spaces)
        warm = _paced(WARM, publish)
        time.sleep(WARM_SECONDS)
        began, used = time.monotonic(), cpu_of(hub.pid)
        done = _paced(seconds * POSTS_A_SECOND, publish)
        rate = len(done) / (time.monotonic() - began)
        heard = listeners.finish(_due([*warm, *done], spaces, members))
        used = cpu_of(hub.pid) - used
    finally:
        for process in (listeners and listeners.process, hub):
            if process is not None:
                process.terminate()
                process.wait(timeout=30)
    expected = _due(done, spaces, members)
    frames = _delays(done, heard)
    return {
        "hall": frames,
        "missing": expected - len(frames),
        "rate": rate,
        "hub": used / len(done) * 1000,
        "bare": _bare(seconds * POSTS_A_SECOND, screens, max(expected // len(done), 1)),
    }


def _house(screens: int) -> tuple[dict[str, Any], dict[int, set[int]]]:
    """What listeners are to know, and which of them are in which space."""
    from django.conf import settings

    from bench.preparing import session_of
    from hallway.core.guarding import as_system
    from hallway.journal import reader
    from hallway.spaces.models import Membership

    members: dict[int, set[int]] = {1: set(range(1, screens + 1))}
    with as_system("the bench lets everybody show their spaces"):
        rows = list(
            Membership.objects.filter(person_id__lte=screens).values_list("person_id", "space_id")
        )
    topics: dict[int, list[str]] = {person: ["space:1"] for person in range(1, screens + 1)}
    for person, space in rows:
        members.setdefault(space, set()).add(person)
        topics[person].append(f"space:{space}")
    return {
        "screens": [(person, session_of(person), mine) for person, mine in topics.items()],
        "cookie": settings.SESSION_COOKIE_NAME,
        "incarnation": reader.incarnation(),
        "position": str(reader.position()),
    }, members


def _due(posts: Iterable[int], spaces: dict[int, int], members: dict[int, set[int]]) -> int:
    """How many screens are to hear of the posts, each counted."""
    return sum(len(members.get(spaces[post], ())) for post in posts)


def _publisher(people: int, spaces: dict[int, int]) -> Callable[[int], int]:
    """Publish post by number; notes in `spaces` where each is, and returns its number."""
    from bench.filling import my_spaces
    from hallway.core.guarding import as_system
    from hallway.entries.actions import Draft
    from hallway.people.models import Person
    from hallway.posts.actions import publish_post
    from hallway.spaces.models import Space

    size = Size(people, 0)

    def publish(number: int) -> int:
        dice = random.Random(number)
        author = Person.objects.get(pk=dice.randint(1, people))
        mine = dice.choice(my_spaces(size, author.pk))
        with as_system("the bench posts where its author is"):
            space = Space.objects.get(pk=mine)
        post = publish_post(Draft(f"Everyday words, number {number}. " * 5), space, by=author)
        spaces[post.pk] = space.pk
        return post.pk

    return publish


def _paced(count: int, deed: Callable[[int], int]) -> Times:
    """Do it `count` times at the pace, in threads; returns when each was committed."""
    from django.db import connection

    done: Times = {}
    failures: list[BaseException] = []
    began = time.monotonic()

    def write(thread: int) -> None:
        try:
            for number in range(thread, count, WRITERS):
                time.sleep(max(0.0, began + number / POSTS_A_SECOND - time.monotonic()))
                post = deed(number)
                done[post] = time.monotonic()
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if failures:
        raise RuntimeError("a writer has failed") from failures[0]
    return done


def _bare(count: int, screens: int, each: int) -> list[float]:
    """Milliseconds from the commit of a bare row to `each` of so many plain sockets."""
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("CREATE TABLE bench_bare (number integer PRIMARY KEY)")
    with socket.create_server(("127.0.0.1", 0), backlog=screens) as server:
        port = server.getsockname()[1]
        listeners = Listeners({"port": port, "screens": [(0, "", [])] * screens})
        ends = [server.accept()[0] for _ in range(screens)]

    def write(number: int) -> int:
        with connection.cursor() as sql:
            sql.execute("INSERT INTO bench_bare VALUES (%s)", [number])
        committed[number] = time.monotonic()
        frame = f"entry-{number} ".encode().ljust(FRAME, b"x")
        for one in range(each):
            os.write(ends[(number + one) % screens].fileno(), frame)
        return number

    committed: Times = {}
    _paced(count, write)
    heard = listeners.finish(count * each)
    for one in ends:
        one.close()
    return _delays(committed, heard)


def _delays(done: Times, heard: dict[int, list[float]]) -> list[float]:
    return [
        max(0.0, moment - committed) * 1000
        for post, committed in done.items()
        for moment in heard.get(post, ())
    ]


def _free_port() -> int:
    from hallway.simulation.server import free_port

    return free_port()


if __name__ == "__main__":
    sys.exit(main())
