"""What pages and screens of town halls show, read with a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hallway.core.prepared import Prepared
from hallway.people.models import Person
from hallway.townhalls import access
from hallway.townhalls.models import CHEERS, Option, Part, Poll, Question, TownHall

LABELS = {
    "clap": _("Clap"),
    "heart": pgettext_lazy("a cheer", "Heart"),
    "idea": _("Good idea"),
    "laugh": _("Laugh"),
}
SHOWN = 20
"""Past halls on the list."""

MOST_BACKED, NEWEST = 300, 60
"""Questions a hall's page lists: so many by votes, and the youngest besides."""

PAGE = 100
"""Questions on a page of all of them."""


@dataclass(frozen=True)
class Signs:
    """How often one sign was sent."""

    kind: str
    sign: str
    label: str
    count: int


@dataclass(frozen=True)
class Choice:
    """One answer of a poll with its share of all votes, in whole percent."""

    pk: int
    text: str
    votes: int
    share: int


@dataclass(frozen=True)
class PollLook:
    """A poll as everybody sees it."""

    pk: int
    text: str
    state: str
    choices: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        """Whether one may choose."""
        return self.state == Poll.State.OPEN

    @property
    def total(self) -> int:
        """How many have chosen."""
        return sum(choice.votes for choice in self.choices)


@dataclass
class Cast:
    """Who does what in one hall, in the order they were named."""

    hosts: list[Person] = field(default_factory=list)
    speakers: list[Person] = field(default_factory=list)
    moderators: list[Person] = field(default_factory=list)

    @property
    def on_stage(self) -> list[Person]:
        """Who speaks: the speakers, or the hosts where none is named."""
        return self.speakers or self.hosts


@dataclass(frozen=True)
class Own:
    """What is one viewer's own in a hall; `questions` are those that do not stand in the list."""

    viewer: int
    votes: frozenset[int]
    ballots: Mapping[str, int]
    questions: Sequence[Question]
    reminded: bool
    roles: frozenset[str]

    @property
    def may_host(self) -> bool:
        """Whether they may open the doors and end it."""
        return Part.Role.HOST in self.roles

    @property
    def may_moderate(self) -> bool:
        """Whether they have a desk."""
        return not self.roles.isdisjoint(access.DESK)

    @property
    def may_stage(self) -> bool:
        """Whether they have the speakers' view."""
        return not self.roles.isdisjoint(access.STAGE)

    @property
    def block(self) -> dict[str, object]:
        """What the browser marks in parts that are the same for everybody."""
        return {
            "me": self.viewer,
            "reactions": {},
            "votes": sorted(self.votes),
            "ballots": dict(self.ballots),
        }


@dataclass
class Bill:
    """A hall with its title and cast, as cards, lists and the bar on every page show it."""

    hall: TownHall
    title: str
    cast: Cast
    present: int = 0

    @property
    def people(self) -> list[Person]:
        """Who speaks."""
        return self.cast.on_stage


def bills(halls: Sequence[TownHall]) -> list[Bill]:
    """Titles, casts and numbers of those present for halls the caller may see: three queries."""
    ids = [hall.pk for hall in halls]
    if not ids:
        return []
    titles = dict(access.words_of(ids).values_list("pk", "title"))
    casts = casts_of(ids)
    there = present_in([hall.pk for hall in halls if hall.is_on_air])
    return [
        Bill(hall, titles.get(hall.pk, ""), casts[hall.pk], there.get(hall.pk, 0)) for hall in halls
    ]


def bills_by_number(ids: Sequence[int]) -> Mapping[int, Bill]:
    """The same by the numbers of halls, for what is drawn for no reader in particular."""
    halls = list(access.halls_for_screens(ids)) if ids else []
    return {bill.hall.pk: bill for bill in bills(halls)}


def casts_of(ids: Sequence[int]) -> dict[int, Cast]:
    """Who does what in these halls."""
    casts: dict[int, Cast] = defaultdict(Cast)
    for part in access.parts_in(ids):
        cast = casts[part.hall_id]
        {
            Part.Role.HOST.value: cast.hosts,
            Part.Role.SPEAKER.value: cast.speakers,
            Part.Role.MODERATOR.value: cast.moderators,
        }[part.role].append(part.person)
    return casts


def present_in(ids: Sequence[int]) -> dict[int, int]:
    """How many are in these halls now, over all hubs; 0 is left out."""
    if not ids:
        return {}
    rows = access.presences_in(ids).values_list("hall_id").annotate(there=Sum("people"))
    return dict(rows)


def listed(hall: TownHall) -> tuple[list[Question], int]:
    """The questions that the page of a hall lists, and how many there are besides.

    Of very many open ones the most backed and the youngest, so that the page stays of one size;
    what is on stage or has its answer always.
    """
    rows = access.questions_in(hall)
    still_open = rows.filter(state=Question.State.OPEN)
    backed = still_open.order_by("-votes", "pk").values("pk")[:MOST_BACKED]
    young = still_open.order_by("-since", "pk").values("pk")[:NEWEST]
    taken_up = ~Q(state=Question.State.OPEN)
    found = list(rows.filter(Q(pk__in=backed) | Q(pk__in=young) | taken_up))
    full = len(found) >= MOST_BACKED
    return found, rows.count() - len(found) if full else 0


def page_of_all(hall: TownHall, number: int) -> tuple[list[Question], bool]:
    """Page `number` (from 0) of all visible questions by votes, and whether there is another."""
    rows = access.questions_in(hall).order_by("-votes", "pk")
    found = list(rows[number * PAGE : (number + 1) * PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def cheers(hall: TownHall) -> list[Signs]:
    """All signs with their counts."""
    counts = dict(access.cheers_of(hall).values_list("kind", "count"))
    return [
        Signs(kind, sign, str(LABELS[kind]), counts.get(kind, 0)) for kind, sign in CHEERS.items()
    ]


def polls(hall: TownHall, only: int | None = None) -> list[PollLook]:
    """The polls everybody sees, the open one first, then the latest; with their counts."""
    rows = access.polls_in(hall)
    found = list(rows if only is None else rows.filter(pk=only))
    options: dict[int, list[Option]] = defaultdict(list)
    for option in access.options_of(found):
        options[option.poll_id].append(option)
    looks = [_look(poll, options[poll.pk]) for poll in found]
    return sorted(looks, key=lambda look: (not look.is_open, -look.pk))


def declined(hall: TownHall) -> list[tuple[str, int]]:
    """The reasons for which questions were declined, the most frequent first."""
    return Counter(access.declined_in(hall).values_list("reason", flat=True)).most_common()


def answered(questions: Sequence[Question]) -> list[Question]:
    """Those that have their answer, in the order of the event; those in writing at the end."""
    done = [each for each in questions if each.is_settled]
    return sorted(done, key=lambda each: (each.second is None, each.second or 0, each.pk))


def seen_by(viewer: Person, halls: Sequence[int]) -> set[int]:
    """Which of `halls` the viewer may see now; the rule, compiled once."""
    return {pk for (pk,) in _seen.rows(viewer, halls)} if viewer.is_active else set()


def own(viewer: Person, hall: TownHall) -> Own:
    """What is the viewer's own in a hall they may see: five queries."""
    here = [hall.pk]
    found = _own_roles.rows(viewer, here)
    roles = {role for role, _ in found if role}
    hosts = hall.entry.author_id == viewer.pk or any(manages for _, manages in found)
    # Administrators manage the company's space without a row that says so; they are few.
    if hosts or (viewer.is_administrator and access.may_announce(viewer, hall.space)):
        roles.add(Part.Role.HOST)
    return Own(
        viewer=viewer.pk,
        votes=frozenset(pk for (pk,) in _own_votes.rows(viewer, here)),
        ballots={str(poll): option for poll, option in _own_ballots.rows(viewer, here)},
        questions=_own_questions.instances(viewer, here),
        reminded=bool(_own_reminder.rows(viewer, here)),
        roles=frozenset(roles),
    )


_seen = Prepared(lambda viewer, ids: access.visible_to(viewer).filter(pk__in=ids).values_list("pk"))
_own_votes = Prepared(access.own_votes_in)
_own_ballots = Prepared(access.own_ballots_in)
_own_questions = Prepared(access.own_questions_in)
_own_reminder = Prepared(access.own_reminders_in)
_own_roles = Prepared(access.own_roles_in)


def coming_up(viewer: Person, limit: int) -> list[TownHall]:
    """What is announced for the viewer, the next first; what did not begin in time stays a day."""
    return list(_announced(viewer).order_by("starts_at", "pk")[:limit])


def on_air(viewer: Person, limit: int = SHOWN) -> list[TownHall]:
    """What is on air for the viewer now."""
    return list(_halls(viewer).filter(stage=TownHall.Stage.ON_AIR).order_by("-opened_at")[:limit])


def past(viewer: Person, before: datetime | None = None) -> list[TownHall]:
    """What has ended, the latest first; one more than is shown."""
    rows = _halls(viewer).filter(stage=TownHall.Stage.ENDED)
    if before is not None:
        rows = rows.filter(ended_at__lt=before)
    return list(rows.order_by("-ended_at")[: SHOWN + 1])


def _announced(viewer: Person) -> QuerySet[TownHall]:
    a_day_ago = timezone.now() - timedelta(days=1)
    return _halls(viewer).filter(stage=TownHall.Stage.ANNOUNCED, starts_at__gt=a_day_ago)


def _halls(viewer: Person) -> QuerySet[TownHall]:
    return access.visible_to(viewer).select_related("entry__author", "space__owner")


def _look(poll: Poll, options: Sequence[Option]) -> PollLook:
    total = sum(option.votes for option in options)
    choices = [
        Choice(each.pk, each.text, each.votes, round(100 * each.votes / total) if total else 0)
        for each in options
    ]
    return PollLook(poll.pk, poll.text, poll.state, choices)
