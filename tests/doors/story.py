"""The story world with a canary in every field, told to the program and to the model at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from hallway.accounts.actions import invite as invite_person
from hallway.accounts.models import session_hash
from hallway.comments.actions import comment
from hallway.core.guarding import as_system
from hallway.core.storage import store
from hallway.core.writing import writing
from hallway.entries.actions import Draft, NewImage, delete, edit, react, restore, send_ahead
from hallway.entries.models import Entry
from hallway.notifications.reader import follower
from hallway.people.actions import follow
from hallway.people.models import Cover, OrgUnit
from hallway.posts.actions import publish_post
from hallway.scheduled.actions import schedule
from hallway.spaces.actions import change_space, put_in, remove, wall_of
from hallway.spaces.models import Space
from hallway.townhalls.models import Poll, Question, TownHall
from tests.doors.announced import halls_everywhere
from tests.doors.awake import keep_all_awake
from tests.doors.furnished import furnish_people, furnish_rooms
from tests.doors.marking import mark_everything
from tests.doors.model import Canary, Company, Item, Room, Someone
from tests.doors.organised import organise
from tests.doors.shared import shares_everywhere
from tests.emptying import empty
from tests.world import World, build_world

VIEWERS = ("ada", "ben", "cleo", "gus", "rita", "dora", "nobody")
ROOMS = ("hall", "open", "closed", "secret", "wall")
SHARED = "cnryshared"  # a tag that stands in every post, to be counted
FILLERS = 12
WIDTHS = (640, 1600)
EVERYBODY = "@ada @ben @cleo @gus @rita @dora"


@dataclass
class Story:
    """What is there (`world`, `rooms`, `entries`), and what the model knows of it (`company`)."""

    world: World
    company: Company
    rooms: dict[str, Space]
    entries: dict[str, Entry] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    put_out: list[tuple[str, str]] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)  # handles, as in addresses
    invitation: int = 0
    scheduled: int = 0  # the number of a post of ada's that waits
    upload: int = 0  # the number of a picture that ada has sent ahead of a post
    units: dict[str, OrgUnit] = field(default_factory=dict)
    halls: dict[str, TownHall] = field(default_factory=dict)  # by room
    questions: dict[str, Question] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def canary(self, kind: str, about: str, part: str) -> str:
        """A new word for one field."""
        word = f"cnry{len(self.canaries):04d}{part}x"
        self.canaries[word] = Canary(word, kind, about, part)
        return word

    def words_of(self, kind: str, about: str, *parts: str) -> set[str]:
        """The canaries of one thing, or only those of some of its fields."""
        return {
            word
            for word, canary in self.canaries.items()
            if (canary.kind, canary.about) == (kind, about) and (not parts or canary.part in parts)
        }

    def cover_of(self, name: str) -> str:
        """The version of the cover somebody has now."""
        return Cover.objects.get(person=self.world.people[name]).version

    def browser(self, who: str) -> Client:
        """The browser of somebody; that of "nobody" is not signed in."""
        if who not in self.browsers:
            self.browsers[who] = (
                Client() if who == "nobody" else self.world.browser(self.world.people[who])
            )
        return self.browsers[who]

    # --- deeds ---

    def post(
        self,
        room: str,
        name: str,
        *,
        by: str = "ada",
        image: bool = True,
        publish: Callable[..., Entry] = publish_post,
    ) -> Entry:
        """A post with canaries everywhere, naming everybody; only readers are told."""
        canary = self._item(name, room, by)
        text = f"{canary('words')} #{canary('tag')} #{SHARED} {EVERYBODY}"
        images = [self._image(canary)] if image else []
        draft = Draft(text=text, title=canary("title"), images=images)
        entry = publish(draft, self.rooms[room], by=self.world.people[by])
        for person in {each for each in self.company.people if each != by}:
            if self.company.reads(person, room):
                self.told.setdefault(person, set()).add(name)
        self.entries[name] = entry
        return entry

    def say(self, above: str, name: str, *, by: str) -> Entry:
        """A comment, or a reply to one."""
        canary = self._item(name, self.company.items[above].room, by, above)
        draft = Draft(text=f"{canary('words')} #{canary('tag')}", images=[self._image(canary)])
        with as_system("the writer of the story sees everything"):
            parent = Entry.objects.select_related("space").get(pk=self.entries[above].pk)
        entry = comment(draft, parent, by=self.world.people[by])
        self.entries[name] = entry
        return entry

    def edit(self, name: str, *, by: str) -> None:
        """New words; the old ones stay readable in the history."""
        for word in self.words_of("item", name, "words", "title", "tag"):
            canary = self.canaries[word]
            self.canaries[word] = Canary(word, "item", name, f"old-{canary.part}")
        title = "" if self.company.items[name].above else self.canary("item", name, "title")
        text = f"{self.canary('item', name, 'words')} #{self.canary('item', name, 'tag')}"
        if title:
            text += f" #{SHARED}"
        edit(self.entries[name], title=title, text=text, by=self.world.people[by])

    def delete(self, name: str, *, by: str) -> None:
        """Out of sight, with all that answers it."""
        delete(self.entries[name], by=self.world.people[by])
        self.company.items[name].published = False
        self.company.items[name].deleted_by = by

    def restore(self, name: str, *, by: str) -> None:
        """Back again."""
        restore(self.entries[name], by=self.world.people[by])
        self.company.items[name].published = True
        self.company.items[name].deleted_by = ""

    def let_in(self, room: str, who: str) -> None:
        """Ben puts somebody into a room."""
        put_in(self.rooms[room], self.world.people[who], by=self.world.ben)
        self.company.rooms[room].members.add(who)

    def remove(self, room: str, who: str) -> None:
        """Ben takes somebody out of a room."""
        remove(self.rooms[room], self.world.people[who], by=self.world.ben)
        self.company.rooms[room].members.discard(who)
        self.put_out.append((room, who))

    def open_up(self, room: str, openness: str) -> None:
        """Ben changes who may read a room."""
        change_space(self.rooms[room], by=self.world.ben, openness=openness)
        self.company.rooms[room].openness = openness

    def follow(self, who: str, whom: str) -> None:
        """Somebody follows somebody."""
        follow(self.world.people[whom], by=self.world.people[who])
        self.company.people[who].follows.add(whom)

    # --- making ---

    def _item(self, name: str, room: str, by: str, above: str = "") -> "_Canaries":
        self.company.items[name] = Item(name, room, by, above)
        return _Canaries(self, name)

    def _image(self, canary: "_Canaries") -> NewImage:
        stored = {width: store(canary(f"file{width}").encode(), ".webp") for width in WIDTHS}
        return NewImage(stored=stored, width=1600, height=900, alt=canary("alt"))


@dataclass
class _Canaries:
    story: Story
    name: str

    def __call__(self, part: str) -> str:
        return self.story.canary("item", self.name, part)


def tell_story() -> Story:
    """Everything that can be there in each kind of room, and people who must not see it."""
    caches["cards"].clear()
    with writing():
        story = _begun()
        for who in VIEWERS:
            # The first page of a day notes that the session is in use.
            story.browser(who).get("/people/me")
            key = story.browser(who).session.session_key
            story.sessions[who] = session_hash(key or "")
    follower().begin_now()
    with writing():
        _entries_everywhere(story)
        # Cleo is told of a post that she may no longer read in a moment.
        story.let_in("secret", "cleo")
        story.post("secret", "secret.briefing")
        mark_everything(story)
    follower().catch_up()
    story.remove("secret", "cleo")
    follower().catch_up()
    story.invitation = invite_person("ivy@company.example", "Ivy", by=story.world.rita).pk
    keep_all_awake()
    return story


def _begun() -> Story:
    world = build_world()
    rooms = {**world.spaces, "wall": wall_of(world.ada), "guestwall": wall_of(world.gus)}
    story = Story(world, _company(), rooms)
    furnish_people(story)
    organise(story)
    furnish_rooms(story)
    return story


def _entries_everywhere(story: Story) -> None:
    for number in range(FILLERS):
        story.post("hall", f"hall.filler{number}", by="ben", image=False)
    for room in ROOMS:
        _entries(story, room)
    story.post("guestwall", "guestwall.post", by="gus")
    shares_everywhere(story, SHARED)
    ahead = NewImage({640: store(b"sent ahead", ".webp")}, 640, 480)
    story.upload = send_ahead(ahead, by=story.world.ada).pk
    words = story.canary("scheduled", "ada", "words")
    later, ada = timezone.now() + timedelta(days=30), story.world.ada
    story.scheduled = schedule(Draft(words), story.rooms["secret"], later, by=ada).pk
    halls_everywhere(story)


def _company() -> Company:
    company = Company()
    for name in ("ada", "ben", "cleo"):
        company.people[name] = Someone(name)
    company.people["gus"] = Someone("gus", guest=True)
    company.people["rita"] = Someone("rita", administrator=True)
    company.people["dora"] = Someone("dora", here=False)
    company.people["nobody"] = Someone("nobody", here=False)
    company.rooms["hall"] = Room("hall", company=True)
    for name in ("open", "closed", "secret"):
        company.rooms[name] = Room(name, name, members={"ada", "ben", "dora"}, managers={"ben"})
    company.rooms["closed"].members.add("gus")
    company.rooms["wall"] = Room("wall", owner="ada")
    company.rooms["guestwall"] = Room("guestwall", owner="gus")
    return company


def _entries(story: Story, room: str) -> None:
    for kind in ("post", "edited", "deleted", "restored"):
        story.post(room, f"{room}.{kind}")
    story.say(f"{room}.post", f"{room}.comment", by="ben")
    story.say(f"{room}.comment", f"{room}.reply", by="ada")
    story.say(f"{room}.post", f"{room}.gone", by="ben")
    story.say(f"{room}.gone", f"{room}.below", by="ada")
    story.say(f"{room}.deleted", f"{room}.under", by="ben")
    story.say(f"{room}.under", f"{room}.deep", by="ada")
    for name in (f"{room}.post", f"{room}.gone", f"{room}.deleted"):
        react(story.entries[name], "love", by=story.world.ben)
    for name, by in (("edited", "ada"), ("gone", "ben"), ("comment", "ben")):
        story.edit(f"{room}.{name}", by=by)
    for name, by in (("deleted", "ada"), ("gone", "ben"), ("restored", "ada")):
        story.delete(f"{room}.{name}", by=by)
    story.restore(f"{room}.restored", by="ada")


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Story]:
    """The story, really committed and told once for a module, whose tests only read it."""
    with ExitStack() as ending:
        ending.enter_context(django_db_blocker.unblock())  # type: ignore[attr-defined]
        ending.callback(empty)
        # A crash of the machine may lose a test run, so no picture waits for the disk.
        ending.enter_context(patch("os.fsync"))
        yield tell_story()
