"""Who may see what, written from the rules in words: plain Python that knows nothing of Hallway.

The program is compared with this model. So nothing here may be taken from the program: whoever
changes a rule writes it twice, once there and once here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Someone:
    """A person; `here` is false for those who have left and for those who are not signed in."""

    name: str
    guest: bool = False
    administrator: bool = False
    here: bool = True
    follows: set[str] = field(default_factory=set)


@dataclass
class Room:
    """A space. `owner` is set for walls, `company` for the hall that all employees belong to."""

    name: str
    openness: str = "open"
    company: bool = False
    owner: str = ""
    members: set[str] = field(default_factory=set)
    managers: set[str] = field(default_factory=set)
    invited: set[str] = field(default_factory=set)


@dataclass
class Item:
    """An entry: a post, or (with `above`) a comment on one or a reply to a comment.

    A share carries another (`carries`), which gives nobody a right to see that.
    """

    name: str
    room: str
    author: str
    above: str = ""
    carries: str = ""
    published: bool = True
    deleted_by: str = ""


@dataclass
class Asked:
    """A question in a town hall (an item): somebody's, in one of the program's states."""

    name: str
    hall: str
    by: str
    state: str

    @property
    def is_public(self) -> bool:
        """Whether its words are for the whole audience."""
        return self.state not in ("held", "declined")


@dataclass
class Unit:
    """A unit of the organisation, in another one unless `above` is ""."""

    name: str
    above: str
    people: set[str]


@dataclass(frozen=True)
class Canary:
    """A word that stands in one field of one thing, and nowhere else in the world."""

    word: str
    kind: str  # "item", "room", "person", "unit", "question" or "poll"
    about: str  # its name
    part: str


@dataclass
class Company:
    """All there is, and the rules."""

    people: dict[str, Someone] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    questions: dict[str, Asked] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    # --- rooms ---

    def reads(self, who: str, room: str) -> bool:
        """Members and owners read; employees read what is open; nobody else does."""
        person, place = self.people[who], self.rooms[room]
        if not person.here:
            return False
        if who in place.members or who == place.owner:
            return True
        return place.openness == "open" and not person.guest

    def knows_room(self, who: str, room: str) -> bool:
        """Readers and the invited know of a room, and employees of closed ones."""
        person, place = self.people[who], self.rooms[room]
        if self.reads(who, room):
            return True
        if not person.here:
            return False
        return who in place.invited or (place.openness == "closed" and not person.guest)

    def belongs(self, who: str, room: str) -> bool:
        """Whether a room is one of somebody's own."""
        person, place = self.people[who], self.rooms[room]
        if not person.here:
            return False
        return who in place.members or who == place.owner or (place.company and not person.guest)

    def manages(self, who: str, room: str) -> bool:
        """Managers, owners of walls, and administrators in the company's hall; no guests."""
        person, place = self.people[who], self.rooms[room]
        if not person.here or person.guest:
            return False
        if place.company and person.administrator:
            return True
        return who in place.managers or who == place.owner

    def invites(self, who: str, room: str) -> bool:
        """Members of open rooms let others in, elsewhere managers do."""
        person, place = self.people[who], self.rooms[room]
        if place.owner or place.company or person.guest:
            return False
        if place.openness == "open":
            return self.belongs(who, room)
        return self.manages(who, room)

    def appoints(self, who: str, room: str) -> bool:
        """Administrators name managers of the company's hall and of rooms that have none."""
        person, place = self.people[who], self.rooms[room]
        if not person.administrator or person.guest or place.owner:
            return False
        acting = any(not self.people[m].guest and self.people[m].here for m in place.managers)
        return self.knows_room(who, room) and (place.company or not acting)

    def leaves(self, who: str, room: str) -> bool:
        """Members leave, though nobody leaves the company's hall."""
        place = self.rooms[room]
        return self.people[who].here and who in place.members and not place.company

    # --- people ---

    def knows(self, who: str, other: str) -> bool:
        """Employees know everybody; guests those with whom they are member of a room."""
        person = self.people[who]
        if not person.here:
            return False
        if not person.guest or who == other:
            return True
        return any({who, other} <= room.members for room in self.rooms.values())

    def knows_unit(self, who: str, unit: str) -> bool:
        """Employees know all units; guests those in which, or below which, people they know are."""
        person = self.people[who]
        if not person.here:
            return False
        if not person.guest or any(self.knows(who, other) for other in self.units[unit].people):
            return True
        return any(self.knows_unit(who, each.name) for each in self.below(unit))

    def below(self, unit: str) -> list[Unit]:
        """The units directly in one."""
        return [each for each in self.units.values() if each.above == unit]

    # --- entries ---

    def stands(self, item: str) -> bool:
        """An entry stands while it is published and all that it answers is."""
        entry = self.items[item]
        return entry.published and (not entry.above or self.stands(entry.above))

    def sees(self, who: str, item: str) -> bool:
        """Readers of the room see what stands in it."""
        return self.stands(item) and self.reads(who, self.items[item].room)

    def edits(self, who: str, item: str) -> bool:
        """Authors edit what they see."""
        return self.sees(who, item) and self.items[item].author == who

    def decides(self, who: str, item: str) -> bool:
        """Who looks after a room decides about what others wrote; administrators where they see."""
        entry, person = self.items[item], self.people[who]
        if not self.sees(who, item) or entry.author == who or person.guest:
            return False
        return self.manages(who, entry.room) or person.administrator

    def carried(self, who: str, item: str) -> str:
        """What somebody sees in a share, or ""."""
        original = self.items[item].carries
        shown = original and self.sees(who, item) and self.sees(who, original)
        return original if shown else ""

    def moves(self, who: str, item: str) -> bool:
        """Authors who may post there, and managers; what answers goes along, town halls stay."""
        at, room = self.items[item], self.rooms[self.items[item].room]
        posts = at.author == who and not room.owner and self.belongs(who, at.room)
        stays = at.above or item.endswith(".townhall")
        return self.sees(who, item) and not stays and (posts or self.manages(who, at.room))

    def explains(self, who: str, item: str) -> bool:
        """Authors read why something of theirs was removed, where they may still read."""
        entry = self.items[item]
        return not entry.published and entry.author == who and self.reads(who, entry.room)

    def top(self, item: str) -> str:
        """The post on which an entry hangs; its own name for a post."""
        above = self.items[item].above
        return self.top(above) if above else item

    def comments(self, post: str) -> int:
        """How many comments and replies stand under a post."""
        return sum(
            1
            for name, item in self.items.items()
            if item.above and self.top(name) == post and self.stands(name)
        )

    # --- town halls ---

    def moderates(self, who: str, hall: str) -> bool:
        """Whoever announced a town hall moderates it, and who manages its room, if they see it."""
        manages = self.manages(who, self.items[hall].room)
        return self.edits(who, hall) or (self.sees(who, hall) and manages)

    def hears(self, who: str, canary: Canary) -> bool:
        """Reasons are for the audience, as are public questions; askers see their own besides."""
        asked = self.questions[canary.about]
        if not self.sees(who, asked.hall):
            return False
        if asked.is_public or canary.part == "reason" or asked.by == who:
            return True
        return self.moderates(who, asked.hall)

    def polled(self, who: str, poll: str) -> bool:
        """Polls are for the audience once they were opened, before that for the moderators."""
        room, _, name = poll.partition(".")
        hall = f"{room}.townhall"
        shown = name == "shown" and room != "hall"
        return self.sees(who, hall) if shown else self.moderates(who, hall)

    # --- lists ---

    def posts(self, who: str) -> Iterator[str]:
        """The posts somebody sees; comments are not posts."""
        for name, item in self.items.items():
            if not item.above and self.sees(who, name):
                yield name

    def home(self, who: str) -> set[str]:
        """Posts of one's own rooms, and of those one follows wherever one can read them."""
        own = {name for name in self.posts(who) if self.belongs(who, self.items[name].room)}
        return own | self.following(who)

    def following(self, who: str) -> set[str]:
        """Posts of those one follows."""
        follows = self.people[who].follows
        return {name for name in self.posts(who) if self.items[name].author in follows}

    def unread(self, who: str, room: str) -> int:
        """Posts by others in a room that nobody has looked into yet."""
        return sum(
            1
            for name in self.posts(who)
            if self.items[name].room == room and self.items[name].author != who
        )

    def offered(self, who: str, other: str, room: str = "") -> bool:
        """Whom one may name: people one knows who are still here and, in a room, read it."""
        if not self.people[other].here or not self.knows(who, other):
            return False
        return not room or (self.reads(who, room) and self.reads(other, room))

    # --- canaries ---

    def allows(self, who: str, canary: Canary) -> bool:
        """Whether somebody may come across this word anywhere."""
        if canary.kind == "question":
            return self.hears(who, canary)
        rules: dict[str, Callable[[str, str], bool]] = {
            "item": self.sees,
            "room": self.knows_room,
            "unit": self.knows_unit,
            "poll": self.polled,
            "scheduled": str.__eq__,
        }
        return rules.get(canary.kind, self.knows)(who, canary.about)
