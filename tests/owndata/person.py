"""A person who has left a trace in every table, and what they must leave nowhere."""

import io
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from hallway.accounts.actions import ask_reset
from hallway.accounts.models import AddressLink
from hallway.comments.actions import comment
from hallway.core.guarding import as_system
from hallway.core.images import Picture
from hallway.core.storage import store
from hallway.core.writing import writing
from hallway.entries.actions import Draft, NewImage, delete, edit, react
from hallway.entries.models import Bookmark, Decision, Entry, Move, Report, ThreadMark, Upload
from hallway.guests.models import Stay
from hallway.notifications.models import Attention, Choice, ThreadChoice
from hallway.notifications.reader import follower
from hallway.outside.models import Device, Schedule
from hallway.owndata.models import Farewell
from hallway.people.actions import (
    add_person,
    change_cover,
    change_day,
    change_links,
    change_photo,
    change_profile,
    follow,
)
from hallway.people.actions.days import Given
from hallway.people.models import OrgUnit, Person, PersonalDay
from hallway.posts.actions import publish_post
from hallway.scheduled.actions import schedule
from hallway.spaces.actions import add_rule, ask, create_space, invite, leave, put_in, wall_of
from hallway.townhalls.actions import announce, open_doors, remind, vote
from hallway.townhalls.actions import ask as ask_question
from hallway.townhalls.actions.announce import Plan
from hallway.townhalls.models import Ballot, Issued, Option, Part, Poll, Question, TownHall
from tests.world import PASSWORD, World

NAME = "Zinaida Cnryname"
HANDLE = "zinaida.cnryhandle"
ADDRESS = "zinaida@cnryaddress.example"
OF_PROFILE = ("cnryname", "cnryhandle", "cnryaddress", "cnrytitle", "cnryabout", "cnryskill",
              "cnryplace", "cnryphoto", "cnrycover", "cnrylink", "cnrymessage",
              "zinaida")  # fmt: skip
OF_GONE = ("cnrydeleted", "cnrydropped", "cnryreason", "cnrydevice", "cnrywaiting")
OF_WORDS = ("cnrypost", "cnryheading", "cnrytag", "cnrypicture", "cnrycomment", "cnryearlier",
            "cnrywall", "cnryquestion")  # fmt: skip


@dataclass
class Trace:
    """The person, and numbers of what they did and of what was done about them."""

    person: Person
    post: Entry
    liked: Entry
    mention: Entry
    hall: TownHall
    room: int


def browser_of(person: Person) -> Client:
    """A browser in which somebody signed in with their password."""
    browser = Client()
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


def leave_traces(world: World, password: str) -> Trace:
    """Make somebody who has done everything once, and been done by."""
    unit = OrgUnit.objects.create(name="Claims desk")
    person = add_person(ADDRESS, NAME, handle=HANDLE, password=password, unit=unit)
    OrgUnit.objects.filter(pk=unit.pk).update(head=person)
    change_profile(
        person, by=person, title="cnrytitle", about="cnryabout", location="cnryplace",
        skills=["cnryskill"],
    )  # fmt: skip
    photo = Picture({size: f"cnryphoto{size}".encode() for size in (48, 96, 320)}, 320, 320, "#aaa")
    change_photo(person, photo, by=person)
    cover = Picture({size: f"cnrycover{size}".encode() for size in (640, 1280)}, 1280, 320, "#aaa")
    change_cover(person, cover, by=person)
    change_day(person, PersonalDay.Kind.ANNIVERSARY, Given(5, 12, 1887), by=person)
    change_links(person, [("cnrylink", "https://example.org/cnrylink")], by=person)
    Person.objects.filter(pk=world.cleo.pk).update(manager=person)
    follow(world.ada, by=person)
    follow(person, by=world.cleo)
    ask_reset(ADDRESS)
    room = create_space("Their room", by=person, slug="their-room")
    put_in(room, world.cleo, by=person)
    put_in(world.open, person, by=world.ben)
    ruled = create_space("Where nobody has to be", by=world.ben)
    add_rule(ruled, "language", value=person.language, by=world.ben)
    leave(ruled, by=person)
    ask(world.closed, "cnrymessage", by=person)
    invite(world.secret, person, by=world.ben)
    invite(room, world.ben, by=person)
    Choice.objects.create(person=person, kind="reply", bell=True, mail=False, push=False)
    Attention.objects.create(person=person, space=world.hall, level="all")
    post, liked, mention = _entries(world, person)
    ThreadChoice.objects.create(person=person, thread=liked, choice="followed")
    with as_system("the test puts something by"):
        Bookmark.objects.create(person=person, entry=liked)
        Report.objects.create(by=person, entry=liked, reason="cnryreason")
        Decision.objects.create(by=person, entry=liked, outcome="removed", reason="cnryreason")
        Move.objects.create(by=person, entry=liked, origin=world.open)
        ahead = {"640": store(b"cnrypicture", ".webp")}
        Upload.objects.create(person=person, stored=ahead, width=640, height=480)
    picture = NewImage({640: store(b"cnrywaiting", ".webp")}, 640, 480)
    later = timezone.now() + timedelta(days=30)
    schedule(Draft("cnrywaiting", images=[picture]), world.hall, later, by=person)
    schedule(Draft(f"Thanks @{HANDLE}"), world.hall, later, by=world.ada)
    link = AddressLink(person=person, address=ADDRESS, side="old", wanted="z@cnryaddress.example")
    link.renew()
    link.save()
    now = timezone.now()
    given = {"begun_at": now, "covered_until": now}
    Schedule.objects.update_or_create(person=person, defaults=given)
    ThreadMark.objects.create(person=person, thread=post, upto=1, opened_at=now)
    until = timezone.localdate() + timedelta(days=30)
    Stay.objects.create(person=person, until=until)
    Stay.objects.create(person=world.gus, host=person, until=until)
    hall = _hall(world, person)
    browser = browser_of(person)
    browser.get("/")
    key = browser.session.session_key
    Device.objects.create(person=person, session_id=key, endpoint="https://push.example/cnrydevice")
    browser_of(person).post(f"/spaces/{world.hall.slug}/seen", {"entry": post.pk})
    follower().catch_up()
    return Trace(person, post, liked, mention, hall, room.pk)


def _entries(world: World, person: Person) -> tuple[Entry, Entry, Entry]:
    image = NewImage({640: store(b"cnrypicture", ".webp")}, 640, 480, "cnrypicture")
    draft = Draft("cnryearlier #cnrytag", title="cnryheading", images=[image])
    post = publish_post(draft, world.hall, by=person)
    edit(post, title="cnryheading", text="cnrypost #cnrytag @ada", by=person)
    gone = publish_post(Draft("cnrydeleted", title="cnrydropped"), world.hall, by=person)
    delete(gone, by=person)
    publish_post(Draft("cnrywall"), wall_of(person), by=person)
    liked = publish_post(Draft("Something to like"), world.hall, by=world.ada)
    react(liked, "love", by=person)
    react(liked, "love", by=world.ben)
    said = comment(Draft("cnrycomment"), liked, by=person)
    comment(Draft("An answer of Ben's"), said, by=world.ben)
    react(post, "like", by=world.ben)
    words = f"Thanks @{HANDLE}, and `@{HANDLE}`. Zoë agrees."
    mention = publish_post(Draft(words), world.hall, by=world.ada)
    edit(mention, title="", text=f"{words} Again.", by=world.ada)
    return post, liked, mention


def _hall(world: World, person: Person) -> TownHall:
    plan = Plan(timezone.now() + timedelta(hours=1), hosts=[world.ben], speakers=[person])
    hall = announce(Draft("All of it", title="Town hall"), plan, world.open, by=world.ben)
    remind(hall, True, by=person)
    open_doors(hall, by=world.ben)
    with as_system("the test asks"):
        question = ask_question(hall, "cnryquestion", by=person)
        other = ask_question(hall, "What of the others?", by=world.ada)
        vote(other, True, by=person)
        with writing():
            poll = Poll.objects.create(hall=hall, text="A poll")
            option = Option.objects.create(poll=poll, place=0, text="Yes", votes=1)
            Ballot.objects.create(poll=poll, person=person, option=option)
            Issued.objects.create(hall=hall, person=person, digest="0" * 64)
            Question.objects.filter(pk=other.pk).update(owner=person)
            other.changes.create(by=person, at=timezone.now(), owner=person)
            assert Part.objects.filter(person=person).exists()
            assert question.author_id == person.pk
    return hall


def go(person: Person, words: bool) -> None:
    """Leave, and let the week pass."""
    from hallway.owndata.actions import erase_what_is_due, leave

    leave(person, words, by=person)
    assert erase_what_is_due() == 0
    Farewell.objects.update(due_at=timezone.now())
    assert erase_what_is_due() == 1


def bytes_everywhere() -> dict[str, bytes]:
    """Everything on the disk that belongs to the installation, and what it keeps in memory."""
    from django.core.cache import caches

    data: Path = settings.CONFIG.data
    found = {str(path): _read(path) for path in data.rglob("*") if path.is_file()}
    for name in ("cards", "acquaintances"):
        found[name] = repr(caches[name]._values).encode()  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        assert any(path.endswith(".sqlite3") for path in found)
    else:
        found["database"] = _dump()
    return found


def _read(path: Path) -> bytes:
    """Read in another process: who closes a file gives up all locks that his process has on it.

    So SQLite's locks would be gone, and the next process that leaves would take itself for the last
    and remove the write-ahead log under this one, which then meets a "disk I/O error".
    Source: https://sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled".
    """
    return subprocess.run(["cat", path], check=True, stdout=subprocess.PIPE).stdout


def _dump() -> bytes:
    """What a dump would hold: every column of every row as text."""
    out = io.BytesIO()
    with connection.cursor() as sql:
        for table in connection.introspection.table_names():
            sql.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            for (row,) in sql.fetchall():
                out.write(f"{table}: {row}\n".encode())
    return out.getvalue()


def where(words: tuple[str, ...], found: dict[str, bytes]) -> dict[str, list[str]]:
    """In which files each of the words stands, in whatever case."""
    lowered = {name: text.lower() for name, text in found.items()}
    places = {
        word: [name for name, text in lowered.items() if word.encode() in text] for word in words
    }
    return {word: names for word, names in places.items() if names}


def unpacked(body: bytes) -> dict[str, str]:
    """The files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def answer_bytes(response: Any) -> bytes:
    """The whole body of an answer that is sent as a file."""
    return b"".join(response)
