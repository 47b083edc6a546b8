"""The company in which the crashes happen: founded before, audited afterwards, by commands.

Each command prints one line of JSON; they run in processes with the settings of the server.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.crash.process import ROOT

WRITERS = 4


def ask(command: str, environment: Mapping[str, str]) -> Any:
    """Run one of the commands and read its answer."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.crash.company", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def found() -> dict[str, Any]:
    """Make the tables, the writers with their sessions, and a post to answer."""
    from hallway.cli.migrate import migrate
    from hallway.entries.actions import Draft
    from hallway.people.actions import add_person
    from hallway.posts.actions import publish_post
    from hallway.spaces.actions import ensure_company

    migrate()
    hall = ensure_company("All")
    people = [add_person(f"writer{n}@company.example", f"Writer {n}") for n in range(WRITERS)]
    post = publish_post(Draft(text="Say something"), hall, by=people[0])
    return {
        "space": hall.pk,
        "post": post.pk,
        "writers": {person.pk: _sign_in(person) for person in people},
    }


def _sign_in(person: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def audit() -> dict[str, Any]:
    """All that was written, and every sentence about what is wrong with it."""
    from django.db import connection

    from hallway.core.guarding import as_system
    from hallway.entries.models import Entry, Reaction, Text
    from hallway.journal.models import Record

    wrong: list[str] = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            answers = [row[0] for row in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_key_check")
            broken = cursor.fetchall()
        if answers != ["ok"] or broken:
            wrong.append(f"the file is damaged: {answers} {broken}")
    with as_system("an audit after crashes"):
        entries = list(Entry.objects.all())
        texts = dict(Text.objects.values_list("entry_id", "source"))
        reactions = list(Reaction.objects.values_list("entry_id", "person_id", "kind"))
    published = Counter(
        Record.objects.filter(verb="entry.published").values_list("entry_id", flat=True)
    )
    comments = Counter(entry.root_id for entry in entries if entry.root_id)
    for entry in entries:
        given = Counter(kind for about, _, kind in reactions if about == entry.pk)
        if entry.reaction_counts != given:
            wrong.append(f"{entry} counts {entry.reaction_counts}, there are {dict(given)}")
        if entry.comment_count != comments[entry.pk]:
            wrong.append(f"{entry} counts {entry.comment_count} of {comments[entry.pk]} comments")
        if published[entry.pk] != 1:
            wrong.append(f"{entry} stands {published[entry.pk]} times in the journal")
        if entry.pk not in texts:
            wrong.append(f"{entry} has no words")
    if set(published) != {entry.pk for entry in entries}:
        wrong.append("the journal tells of entries that are not there")
    told = Record.objects.filter(verb="entry.reacted").order_by("xid", "seq")
    last = {(row.entry_id, row.actor_id): row.detail["reaction"] for row in told}
    if {key: kind for key, kind in last.items() if kind} != {
        (about, person): kind for about, person, kind in reactions
    }:
        wrong.append("the journal and the reactions disagree")
    return {
        "wrong": wrong,
        "words": [texts.get(entry.pk, "") for entry in entries],
        "reactions": [[person, about, kind] for about, person, kind in reactions],
        "reacted": told.count(),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"found": found, "audit": audit}[sys.argv[1]]()))
