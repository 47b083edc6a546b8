"""A company whose pictures come and go while it is saved, and what is found there afterwards.

Each command runs in a process with the settings of the company and prints lines of JSON.
"""

import io
import itertools
import json
import os
import random
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.crash.process import ROOT

FIRST = "00/00/" + "0" * 32 + ".webp"
LARGE = 120 * 2**20  # bytes; copied before all else, while photos change that are copied later


def start(command: str, environment: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Begin one of the commands."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.backup.company", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def look(environment: Mapping[str, str]) -> Any:
    """What is there: journal, files that rows name, sessions."""
    with start("found", environment) as process:
        answer, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(answer.splitlines()[-1])


@contextmanager
def painting(environment: Mapping[str, str]) -> Iterator[None]:
    """Let a person in a process of their own post images and change their photo all the time."""
    with start("paint", environment) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "ready\n"
        try:
            yield
        finally:
            process.stdin.close()
            done = process.stdout.readline()
    assert process.returncode == 0
    assert int(done) > 5


def paint() -> None:
    """Post and change until the input closes; says "ready" first and how often at the end."""
    from django.core.files.storage import default_storage
    from PIL import Image

    from hallway.core.images import PROFILE, accept
    from hallway.core.storage import store
    from hallway.entries.actions import Draft, NewImage
    from hallway.people.actions import add_person, change_photo
    from hallway.posts.actions import publish_post
    from hallway.spaces.actions import ensure_company

    chance = random.Random(4)
    painter = add_person("painter@company.example", "Painter")
    space = ensure_company("All")
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(out, "PNG")
    picture = accept(out.getvalue(), sizes=PROFILE)

    def post() -> None:
        image = NewImage({640: store(chance.randbytes(20_000), ".webp")}, 640, 480)
        publish_post(Draft("A picture", images=[image]), space, by=painter)

    first = Path(default_storage.path(FIRST))
    first.parent.mkdir(parents=True)
    first.touch()
    os.truncate(first, LARGE)
    print("ready", flush=True)
    for number in itertools.count():
        if select.select([sys.stdin], [], [], 0)[0]:
            print(number)
            return
        change_photo(painter, picture, by=painter)
        if number % 4 == 0:
            post()


def hang() -> None:
    """Post one image and put up one photo."""
    from PIL import Image

    from hallway.core.images import PROFILE, accept
    from hallway.core.storage import store
    from hallway.entries.actions import Draft, NewImage
    from hallway.people.actions import add_person, change_photo
    from hallway.posts.actions import publish_post
    from hallway.spaces.actions import ensure_company

    painter = add_person("painter@company.example", "Painter")
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(out, "PNG")
    change_photo(painter, accept(out.getvalue(), sizes=PROFILE), by=painter)
    image = NewImage({640: store(b"a picture", ".webp")}, 640, 480)
    publish_post(Draft("A picture", images=[image]), ensure_company("All"), by=painter)


def found() -> None:
    """Print what is there."""
    from hashlib import sha256

    from hallway.accounts.models import Session
    from hallway.core.guarding import as_system
    from hallway.core.storage import open_stored
    from hallway.entries.models import Attachment
    from hallway.journal.models import Record
    from hallway.journal.reader import incarnation
    from hallway.people.models import Photo

    names = [name for photo in Photo.objects.all() for name in photo.files.values()]
    with as_system("a test looks at all files"):
        names += [name for row in Attachment.objects.all() for name in row.stored.values()]
    files = {}
    for name in names:
        with open_stored(name) as file:
            files[name] = sha256(file.read()).hexdigest()
    journal = Record.objects.order_by("seq").values_list("seq", "xid", "verb", "entry_id")
    told = {
        "journal": list(journal),
        "files": files,
        "sessions": Session.objects.count(),
        "incarnation": incarnation(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    import django

    django.setup()
    {"paint": paint, "hang": hang, "found": found}[sys.argv[1]]()
