"""Let weeks of conversation happen in a moment: real deeds, each moved to its time in the past."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db.models import Max

from hallway.comments.actions import comment
from hallway.core.guarding import as_system
from hallway.core.images import POST, Picture, accept
from hallway.core.storage import store
from hallway.demo.cast import Role
from hallway.demo.conversations import Posted
from hallway.demo.moments import following_moments, later_moment, working_moment
from hallway.demo.pictures import drawn
from hallway.entries.actions import Draft, NewImage, react
from hallway.entries.actions.publish import place
from hallway.entries.models import Entry, EntryTag, Reaction
from hallway.journal.models import Record
from hallway.people.actions import follow
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.spaces.access import memberships_of, readers_of
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space

_KINDS = {"like": 55, "love": 14, "celebrate": 12, "laugh": 11, "insightful": 5, "support": 3}


@dataclass
class Cast:
    """Who and what is there for the conversations, by handle and key."""

    roles: Mapping[str, Role]
    people: Mapping[str, Person]
    spaces: Mapping[str, Space]
    pictures: Mapping[str, "Future[Picture]"] = field(default_factory=dict)

    def space_of(self, posted: Posted) -> Space:
        """The space of a post; "wall" is the author's own."""
        if posted.space == "wall":
            return wall_of(self.people[posted.by])
        return self.spaces[posted.space]


@dataclass(order=True)
class Happening:
    """Something that is done at a moment; `number` keeps the order of what happens at once."""

    moment: datetime
    number: int
    do: Callable[[], Entry | None] = field(compare=False)


def take_pictures(posts: Iterable[Posted]) -> dict[str, "Future[Picture]"]:
    """Begin to draw the pictures and to take them in as uploads, besides whatever comes next."""
    pool = ThreadPoolExecutor(2)
    names = {posted.image for posted in posts if posted.image}
    taken = {name: pool.submit(_taken, name) for name in sorted(names)}
    pool.shutdown(wait=False)
    return taken


def plan_all(posts: Sequence[Posted], cast: Cast, now: datetime) -> list[Happening]:
    """All that `posts` tell, in the order of time, so that the journal will tell it as it was."""
    plan = Plan(cast, now)
    for posted in posts:
        plan.add(posted)
    plan.add_recent_followers()
    return sorted(plan.happenings)


class Plan:
    """What is going to happen; each is drawn from dice of its own, so that it stays the same."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.happenings: list[Happening] = []
        self._cast = cast
        self._now = now
        self._audiences: dict[str, list[Person]] = {}

    def add(self, posted: Posted) -> None:
        """Plan the post, its comments and the reactions to both."""
        dice = Random(posted.text)
        cast, now = self._cast, self._now
        begin = now - timedelta(minutes=posted.minutes)
        if not posted.minutes:
            begin = working_moment(now, cast.roles[posted.by].zone, dice)
        made: dict[int, Entry] = {}  # by number of the comment; 0 is the post

        def publish() -> Entry:
            made[0] = publish_post(
                Draft(posted.text, posted.title, _images(posted, cast)),
                cast.space_of(posted),
                by=cast.people[posted.by],
            )
            return made[0]

        self._plan(begin, publish)
        self._plan_reactions(posted, 0, posted.by, begin, posted.liked, made, dice)
        moments = following_moments(begin, now, len(posted.comments), dice)
        for number, (said, moment) in enumerate(zip(posted.comments, moments, strict=True), 1):

            def answer(number: int = number, by: str = said.by, text: str = said.text) -> Entry:
                parent = made[posted.comments[number - 1].to]
                made[number] = comment(Draft(text), parent, by=cast.people[by])
                return made[number]

            self._plan(moment, answer)
            liked = dice.choice((0, 0, 0, 1, 1, 2, 3, 5))
            self._plan_reactions(posted, number, said.by, moment, liked, made, dice)

    def add_recent_followers(self) -> None:
        """Let a few people follow those who can sign in since yesterday."""
        dice = Random("recent followers")
        people = self._cast.people
        for key, role in self._cast.roles.items():
            if role.part:
                for other in dice.sample(sorted(people), min(3, len(people))):
                    moment = self._now - timedelta(minutes=dice.randint(15, 1200))
                    self._plan(moment, _following(people[key], people[other]))

    def _plan(self, moment: datetime, do: Callable[[], Entry | None]) -> None:
        self.happenings.append(Happening(moment, len(self.happenings), do))

    def _plan_reactions(
        self,
        posted: Posted,
        number: int,
        author: str,
        begin: datetime,
        count: int,
        made: dict[int, Entry],
        dice: Random,
    ) -> None:
        audience = [who for who in self._audience(posted) if who.handle != author]
        kinds = list(_KINDS)
        weights = [weight * dice.uniform(0.2, 1.8) for weight in _KINDS.values()]
        for person in dice.sample(audience, min(count, len(audience))):
            kind = dice.choices(kinds, weights)[0]
            moment = later_moment(begin, self._now, dice)
            self._plan(moment, _reacting(made, number, kind, person))

    def _audience(self, posted: Posted) -> list[Person]:
        """Who comes by and may react: the members, or everybody where all belong."""
        everybody = posted.space in ("company", "wall")
        key = "company" if everybody else posted.space
        if key not in self._audiences:
            space = self._cast.spaces[key]
            readers = readers_of(space).order_by("pk")
            if not everybody:
                readers = readers.filter(pk__in=memberships_of(space).values("person_id"))
            self._audiences[key] = list(readers)
        return self._audiences[key]


def _following(person: Person, by: Person) -> Callable[[], None]:
    def do() -> None:
        follow(person, by=by)

    return do


def _reacting(made: dict[int, Entry], number: int, kind: str, person: Person) -> Callable[[], None]:
    def do() -> None:
        react(made[number], kind, by=person)

    return do


def happen(happening: Happening) -> None:
    """Do it now, then move what it wrote to its moment.

    Actions know no other time than the present, and should not: only a demo tells a past. So the
    place in the streams, which is made of time, is written again as well.
    """
    before = Record.objects.aggregate(last=Max("seq"))["last"] or 0
    entry = happening.do()
    Record.objects.filter(seq__gt=before).update(at=happening.moment)
    if entry is None:
        return
    entry.published_at = happening.moment
    entry.listed = place(entry.published_at, entry.pk) if entry.parent_id is None else None
    with as_system("the demo tells a past"):
        Entry.objects.filter(pk=entry.pk).update(
            published_at=entry.published_at, listed=entry.listed
        )
        EntryTag.objects.filter(entry=entry).update(listed=entry.listed)
        Reaction.objects.filter(entry=entry).update(at=happening.moment)


def _taken(name: str) -> Picture:
    return accept(drawn(name), sizes=POST)


def _images(posted: Posted, cast: Cast) -> list[NewImage]:
    if posted.image not in cast.pictures:
        return []
    picture = cast.pictures[posted.image].result()
    stored = {width: store(data, ".webp") for width, data in picture.variants.items()}
    return [NewImage(stored, picture.width, picture.height, posted.alt)]
