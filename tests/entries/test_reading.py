"""What is new in conversations: exact for each reader, and the same on all their screens."""

import random
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hallway.comments.actions import comment
from hallway.entries.access import may
from hallway.entries.actions import Draft, delete, read_thread, reading, restore
from hallway.entries.mine import MOST, mine
from hallway.entries.models import Entry, ThreadMark
from hallway.hub.frames import frames_of
from hallway.journal.models import Record
from hallway.journal.reader import _deed
from hallway.people.models import Person
from hallway.stream.actions import see_all
from hallway.stream.menu import my_menu
from tests.world import World

pytestmark = pytest.mark.django_db

STEPS = 60


def say(parent: Entry, *, by: Person, words: str = "Indeed") -> Entry:
    return comment(Draft(words), parent, by=by)


def new_to(person: Person, thread: Entry) -> list[int] | None:
    """The new comments as a fresh page has them, or None where nothing counts."""
    found = mine(person, [thread.pk]).threads.get(thread.pk)
    return None if found is None else list(found.fresh)


def test_what_counts_as_new(world: World) -> None:
    post = world.post(world.open, "Lunch?", by=world.ada)
    first = say(post, by=world.ben)
    assert new_to(world.ada, post) == [first.pk]  # her own post
    assert new_to(world.cleo, post) is None  # who never opened it
    assert read_thread(post.pk, first.pk, by=world.cleo)
    assert new_to(world.cleo, post) == []
    reply = say(first, by=world.ada)
    last = say(post, by=world.cleo)
    assert new_to(world.cleo, post) == [reply.pk]  # not what she says herself
    assert new_to(world.ada, post) == [first.pk, last.pk]
    delete(first, by=world.ben)
    assert new_to(world.cleo, post) == []  # the reply is gone with what it answers
    restore(first, by=world.ben)
    assert new_to(world.cleo, post) == [reply.pk]


def test_reading_goes_on_and_never_back_and_not_beyond_what_there_is(world: World) -> None:
    post = world.post(world.open, "Lunch?", by=world.ben)
    first = say(post, by=world.ben)
    assert read_thread(post.pk, first.pk + 1000, by=world.ada)
    later = say(post, by=world.ben)
    assert new_to(world.ada, post) == [later.pk]
    before = Record.objects.count()
    assert not read_thread(post.pk, 0, by=world.ada)
    assert Record.objects.count() == before
    for hidden in (world.post(world.secret, "Hush", by=world.ben), first):
        assert not read_thread(hidden.pk, 1, by=world.cleo)


def test_the_page_marks_where_the_new_begins_and_opening_it_is_told_by_the_page(
    world: World,
) -> None:
    post = world.post(world.open, "Lunch?", by=world.ada)
    old = say(post, by=world.ben)
    browser, seen = world.browser(world.ada), "/notifications/seen"
    page = browser.get(post.url).content.decode()
    upto = re.search(r'<thread-seen entry="\d+" upto="(\d+)"', page)
    assert upto and upto[1] == str(old.pk)
    browser.post(seen, {"entry": post.pk, "upto": old.pk})
    assert "new-line" not in browser.get(post.url).content.decode()
    new = [say(parent, by=world.ben) for parent in (post, post, old)]
    page = browser.get(post.url).content.decode()
    marked = re.findall(r'<li id="place-(\d+)"[^>]*><p class="new-line">', page)
    assert marked == [str(new[2].pk), str(new[0].pk)]
    assert "new-line" not in world.browser(world.ben).get(post.url).content.decode()


def test_more_than_a_hundred_are_the_newest_hundred(world: World) -> None:
    post = world.post(world.open, "Lunch?", by=world.ada)
    said = [say(post, by=world.ben) for _ in range(3)]
    rows = [
        Entry(
            kind="comment",
            space=post.space,
            author=world.ben,
            parent=post,
            root=post,
            published_at=timezone.now(),
        )
        for _ in range(MOST)
    ]
    Entry._base_manager.bulk_create(rows)
    fresh = new_to(world.ada, post)
    assert fresh is not None and len(fresh) == MOST and fresh[0] > said[-1].pk


def test_marks_end_with_age(world: World) -> None:
    post, own = (world.post(world.open, "Hm", by=who) for who in (world.ben, world.ada))
    read_thread(post.pk, 0, by=world.ada)
    for each in (post, own):
        say(each, by=world.ben)
        assert new_to(world.ada, each)
    long_ago = timezone.now() - reading.KEPT - timedelta(days=1)
    ThreadMark.objects.update(opened_at=long_ago)
    Entry._base_manager.filter(pk=own.pk).update(listed=reading.place(long_ago, own.pk))
    assert reading.trim() == 1
    assert new_to(world.ada, post) is new_to(world.ada, own) is None


def test_everything_read_is_read_everywhere_at_a_fixed_price(world: World) -> None:
    def everything(*posts: Entry) -> int:
        for post in posts:
            say(post, by=world.ben)
            world.post(post.space, "More", by=world.ben)
        with CaptureQueriesContext(connection) as asked:
            see_all(by=world.ada)
        assert all(new_to(world.ada, post) == [] for post in posts)
        assert not any(space.unread for space in my_menu(world.ada))
        return len(asked)

    own = [world.post(world.open, "Mine", by=world.ada) for _ in range(8)]
    others = [world.post(world.closed, "Theirs", by=world.ben) for _ in range(8)]
    for post in others:
        read_thread(post.pk, 0, by=world.ada)
    assert everything(own[0], others[0]) >= everything(*own, *others)


def test_of_one_space_only_that_is_read(world: World) -> None:
    here, there = (world.post(room, "Mine", by=world.ada) for room in (world.open, world.closed))
    for post in (here, there):
        say(post, by=world.ben)
        world.post(post.space, "More", by=world.ben)
    browser = world.browser(world.ada)
    assert browser.post("/spaces/open-room/all-seen").status_code == 302
    unread = {space.name: space.unread for space in my_menu(world.ada)}
    assert (unread["Open room"], unread["Closed room"]) == (0, 1)
    assert new_to(world.ada, here) == [] and new_to(world.ada, there)
    browser.post("/seen")
    assert not new_to(world.ada, there)


def test_home_asks_no_more_than_it_did_for_reactions_alone(world: World) -> None:
    for _ in range(5):
        say(world.post(world.open, "Mine", by=world.ada), by=world.ben)
    with CaptureQueriesContext(connection) as asked:
        mine(world.ada, Entry._base_manager.values_list("pk", flat=True))
    assert len([each for each in asked if "threadmark" in each["sql"]]) == 1


class Device:
    """A screen of Ada's: what its page was read with, and the frames since, as its script applies
    them (`frontend/src/new-comments.ts`)."""

    def __init__(self, ada: Person, posts: list[Entry]) -> None:
        self.me = ada.pk
        found = mine(ada, [post.pk for post in posts]).threads
        self.upto = {pk: thread.upto for pk, thread in found.items()}
        self.fresh = {pk: set(thread.fresh) for pk, thread in found.items()}

    def hear(self, html: str) -> None:
        for tag in re.findall(r"<turbo-stream [^>]*>", html):
            data = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if data["action"] not in ("said", "unsaid", "read"):
                continue
            thread = int(data["data-thread"])
            if data["action"] == "read":
                self.upto[thread] = max(self.upto.get(thread, 0), int(data["data-upto"]))
                fresh = self.fresh.setdefault(thread, set())
                self.fresh[thread] = {pk for pk in fresh if pk > self.upto[thread]}
            elif thread in self.upto:
                pk = int(data["data-entry"])
                if data["action"] == "unsaid":
                    self.fresh[thread].discard(pk)
                elif int(data["data-author"]) != self.me and pk > self.upto[thread]:
                    self.fresh[thread].add(pk)


@pytest.mark.parametrize("seed", range(4))
def test_two_devices_and_a_fresh_page_agree(world: World, seed: int) -> None:
    """Whatever happens between: what a page was read with and the frames since are its state."""
    chance = random.Random(seed)
    caches["cards"].clear()
    posts = [world.post(world.open, "Lunch?", by=who) for who in (world.ada, world.ben)]
    devices = [Device(world.ada, posts), Device(world.ada, posts)]
    said: list[Entry] = []
    heard = Record.objects.count()

    def speak() -> None:
        post = chance.choice(posts)
        parent = chance.choice([post, *(one for one in said if one.root_id == post.pk)])
        parent.refresh_from_db()
        if parent.state == Entry.State.PUBLISHED:
            said.append(say(parent, by=chance.choice([world.ada, world.ben, world.cleo])))

    def vanish() -> None:
        if said:
            entry = chance.choice(said)
            entry.refresh_from_db()
            back = entry.state == Entry.State.DELETED
            if may(entry.author, "restore" if back else "delete", entry):
                (restore if back else delete)(entry, by=entry.author)

    def read() -> None:
        post = chance.choice(posts)
        numbers = [one.pk for one in said if one.root_id == post.pk]
        read_thread(post.pk, chance.choice([0, *numbers]), by=world.ada)

    def come() -> None:
        devices.append(Device(world.ada, posts))

    deeds: list[Callable[[], None]] = [speak, speak, vanish, read, come]
    for _ in range(STEPS):
        chance.choice(deeds)()
        rows = list(Record.objects.order_by("seq"))[heard:]
        heard += len(rows)
        frames = [frame for row in rows for frame in frames_of(_deed(row))]
        for frame in frames:
            if frame.topic in (f"space:{world.open.pk}", f"person:{world.ada.pk}"):
                for device in devices:
                    device.hear(frame.html["en"])
        fresh = Device(world.ada, posts)
        assert all(device.fresh == fresh.fresh for device in devices)
        assert all(device.upto == fresh.upto for device in devices)
