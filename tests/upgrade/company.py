"""A company written with the tables of the first release, and read with those of today.

The rows are made by models as migrations remember them, so this needs no code of that release and
no database file of it. Each command runs in a process with the settings of the company.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.crash.process import ROOT
from tests.upgrade.first import LEAVES

THEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PASSWORD = "correct horse battery"


def ask(command: str, environment: Mapping[str, str], *addresses: str) -> Any:
    """Run one of the commands and read its answer; `addresses` are read besides the others."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.upgrade.company", command, *addresses],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def fill() -> dict[str, Any]:
    """Make the tables of the first release, and a row in every table that people fill."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    state = executor.migrate(LEAVES)
    then = _Then(state.apps)
    with transaction.atomic():
        people = then.people()
        spaces = then.spaces(people)
        post = then.entries(people, spaces)
        hall = then.hall(people, spaces)
        then.beside(people, spaces, post, hall)
    tables = sorted(connection.introspection.table_names())
    with connection.cursor() as sql:
        counts = {}
        for table in tables:
            sql.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = sql.fetchone()[0]
    return {"counts": counts, "post": post.pk, "hall": hall.pk}


class _Then:
    """Writes rows with the models of that time."""

    def __init__(self, apps: Any) -> None:
        self._apps = apps

    def __getattr__(self, name: str) -> Any:
        app, _, model = name.partition("_")
        return self._apps.get_model(app, model).objects

    def people(self) -> dict[str, Any]:
        from django.contrib.auth.hashers import make_password

        top = self.people_OrgUnit.create(name="Cnryunit", kind="subsidiary")
        people = {}
        for name, fields in {
            "ada": {"title": "Cnrytitle", "about": "Cnryabout", "unit": top},
            "ben": {"is_administrator": True, "language": "de"},
            "gus": {"kind": "guest"},
        }.items():
            people[name] = person = self.people_Person.create(
                email=f"{name}@company.example",
                handle=name,
                name=f"{name.title()} Cnryname",
                sort_name=f"{name} cnryname",
                password=make_password(PASSWORD),
                **fields,
            )
            for word, shared in ((name, 0), ("cnryname", 0)):
                self.people_NameWord.create(
                    person=person, word=word, sort_name=person.sort_name, shared=shared
                )
        for word in ("ada", "ben", "gus", "cnryname"):
            self.people_NameSlip.create(key=word, word=word)
        self.people_Follow.create(follower=people["ben"], followed=people["ada"])
        self.people_PersonSkill.create(person=people["ada"], name="Cnryskill", key="cnryskill")
        return people

    def spaces(self, people: dict[str, Any]) -> dict[str, Any]:
        make = self.spaces_Space.create
        spaces = {
            "hall": make(kind="company", name="Cnrycompany", slug="company"),
            "room": make(name="Cnryroom", slug="room", openness="closed", name_key="cnryroom"),
            "wall": make(kind="wall", name="Ada Cnryname", owner=people["ada"]),
        }
        for name, role in (("ada", "manager"), ("gus", "member")):
            self.spaces_Membership.create(space=spaces["room"], person=people[name], role=role)
        self.spaces_JoinRequest.create(
            space=spaces["room"], person=people["ben"], message="Cnryask"
        )
        return spaces

    def entries(self, people: dict[str, Any], spaces: dict[str, Any]) -> Any:
        post = self._entry("post", "Cnrypost", people["ada"], spaces["hall"], title="Cnryheading")
        self._entry("post", "Cnrysecret", people["ada"], spaces["room"])
        self._entry("post", "Cnrywall", people["ada"], spaces["wall"])
        said = self._entry("comment", "Cnrycomment", people["ben"], spaces["hall"], post)
        self.entries_EntryTag.create(entry=post, tag="cnrytag", listed=post.listed)
        self.entries_Revision.create(entry=post, number=1, source="Cnryearlier", by=people["ada"])
        self.entries_Reaction.create(entry=post, person=people["ben"], kind="love")
        self.entries_Entry.filter(pk=post.pk).update(
            reaction_counts={"love": 1}, comment_count=1, edited_at=THEN
        )
        self.journal_Record.create(
            verb="entry.published", actor_id=people["ben"].pk, space_id=spaces["hall"].pk,
            entry_id=said.pk, detail={"kind": "comment", "root": post.pk, "parent": post.pk},
        )  # fmt: skip
        return post

    def _entry(
        self, kind: str, words: str, author: Any, space: Any, root: Any = None, title: str = ""
    ) -> Any:
        entry = self.entries_Entry.create(
            kind=kind, space=space, author=author, root=root, parent=root, published_at=THEN
        )
        if root is None:
            entry.listed = int(THEN.timestamp()) * 1_000_000_000 + entry.pk
            entry.save(update_fields=["listed"])
        self.entries_Text.create(
            entry=entry, title=title, source=words, html=f"<p>{words}</p>\n", plain=words
        )
        return entry

    def hall(self, people: dict[str, Any], spaces: dict[str, Any]) -> Any:
        entry = self._entry("townhall", "Cnryhall", people["ben"], spaces["hall"], title="Cnryhall")
        hall = self.townhalls_TownHall.create(
            entry=entry, space=spaces["hall"], stage="ended", starts_at=THEN, opened_at=THEN,
            ended_at=THEN + timedelta(hours=1),
        )  # fmt: skip
        self.townhalls_Part.create(hall=hall, person=people["ben"], role="host")
        asked = {"hall": hall, "state": "answered", "since": THEN, "second": 60, "votes": 1}
        named = self.townhalls_Question.create(
            id=1_234_567, author=people["ada"], text="Cnryquestion", **asked
        )
        self.townhalls_Question.create(id=7_654_321, text="Cnrynameless", secret="0" * 64, **asked)
        self.townhalls_Vote.create(question=named, person=people["ben"])
        self.townhalls_Change.create(question=named, by=people["ben"], at=THEN, outcome="Cnrydone")
        poll = self.townhalls_Poll.create(hall=hall, text="Cnrypoll", state="closed")
        option = self.townhalls_Option.create(poll=poll, place=0, text="Cnryoption", votes=1)
        self.townhalls_Ballot.create(poll=poll, person=people["ada"], option=option)
        return hall

    def beside(self, people: dict[str, Any], spaces: dict[str, Any], post: Any, hall: Any) -> None:
        self.stream_Seen.create(person=people["ada"], space=spaces["hall"], upto=1)
        self.notifications_Notification.create(
            person=people["ada"], kind="reaction", about=post, latest=post, actor=people["ben"],
            actors=[people["ben"].pk], bumped_at=THEN,
        )  # fmt: skip


def read() -> dict[str, Any]:
    """Every canary that somebody sees on a page, what is wrong, and whether one can go on."""
    import re

    from django.db import connection
    from django.test import Client

    from hallway.people.models import Person

    seen: dict[str, set[str]] = {}
    statuses = set()
    addresses = ["/", "/people/", "/people/ada", "/spaces/company", "/spaces/room", "/tags/cnrytag"]
    addresses += ["/notifications/", "/halls/", "/people/?q=cnrynama", *sys.argv[2:]]
    for name in ("ada", "ben", "gus"):
        browser = Client(headers={"host": "localhost"})
        browser.force_login(Person.objects.get(handle=name))
        for address in addresses:
            answer = browser.get(address, follow=True)
            statuses.add(answer.status_code)
            seen.setdefault(name, set()).update(re.findall(r"Cnry\w+", answer.content.decode()))
    with connection.cursor() as sql:
        if connection.vendor == "sqlite":
            sql.execute("PRAGMA foreign_key_check")
            assert not sql.fetchall()
    told = {name: sorted(words) for name, words in seen.items()}
    return {"seen": told, "statuses": sorted(statuses), **_go_on()}


def _go_on() -> dict[str, Any]:
    from django.test import Client

    from hallway.core.guarding import as_system
    from hallway.entries.models import Entry
    from hallway.notifications.reader import follower

    browser = Client(headers={"host": "localhost"})
    signed_in = browser.post(
        "/accounts/login/", {"login": "ben@company.example", "password": PASSWORD}
    )
    with as_system("the test looks for the oldest post"):
        post = Entry.objects.order_by("pk")[0]
    answer = browser.post(f"/e/{post.pk}/comments", {"text": "Cnrynow"})
    page = browser.get(f"/e/{post.pk}").content.decode()
    follower().catch_up()
    return {"went on": [signed_in.status_code, answer.status_code, "Cnrynow" in page]}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "read": read}[sys.argv[1]]()))
