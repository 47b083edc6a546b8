"""Town halls of the made-up company: one that is over and followed up, one that is to come."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from hallway.core.guarding import as_system
from hallway.demo.cast import read_data
from hallway.demo.history import Cast, Happening
from hallway.entries.actions import Draft
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.access import readers_of
from hallway.townhalls import blind
from hallway.townhalls.actions import (
    Plan,
    Wish,
    announce,
    ask,
    cheer,
    end,
    follow_up,
    open_doors,
)
from hallway.townhalls.actions import (
    cast as cast_votes,
)
from hallway.townhalls.actions.moderate import answer, decline, mark_answered, merge, put_on_stage
from hallway.townhalls.actions.nameless import SECRET_BYTES, redeem
from hallway.townhalls.models import CHEERS, Change, Question, SigningKey, TownHall

_ANNOUNCED_BEFORE = timedelta(days=3)
_FOLLOWED_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Asked:
    """A question and what became of it; see `data/halls.toml`."""

    text: str
    votes: int = 0
    by: str = ""
    second: int | None = None
    answer: str = ""
    declined: str = ""
    into: int = 0
    owner: str = ""
    due: int = 0
    outcome: str = ""
    done: bool = False


@dataclass(frozen=True)
class Scripted:
    """A town hall as it stands in `data/halls.toml`."""

    title: str
    text: str
    space: str
    by: str
    minutes: int
    hosts: Sequence[str]
    speakers: Sequence[str]
    moderators: Sequence[str]
    question: Sequence[dict[str, Any]]
    days: int = 0
    minutes_ahead: int = 0
    clap: int = 0
    heart: int = 0
    idea: int = 0
    laugh: int = 0
    asked: list[Asked] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", [Asked(**row) for row in self.question])


def later_questions() -> list[str]:
    """What those who work on in the demo ask while a hall is on air."""
    return [row["text"] for row in read_data("halls")["later"]]


def plan_halls(cast: Cast, now: datetime, first: int) -> list[Happening]:
    """The town halls as things that happen, numbered from `first`."""
    happenings = []
    for number, row in enumerate(read_data("halls")["hall"], first):
        scripted = Scripted(**row)
        starts = _full_hour(now - timedelta(days=scripted.days))
        if scripted.minutes_ahead:
            starts = _full_quarter(now + timedelta(minutes=scripted.minutes_ahead))
        announced = min(starts, now) - _ANNOUNCED_BEFORE
        happenings.append(
            Happening(announced, number, _holding(scripted, cast, starts, over=starts < now))
        )
    return happenings


def _holding(scripted: Scripted, cast: Cast, starts: datetime, *, over: bool) -> Any:
    def do() -> Entry:
        hall = _announced(scripted, cast, starts)
        questions = [_put(asked, hall, cast) for asked in scripted.asked]
        _back(scripted, questions, cast)
        if over:
            _hold(scripted, hall, questions, cast)
            _follow_up(scripted, questions, cast, starts)
            _move(hall, scripted, starts)
        return hall.entry

    return do


def _announced(scripted: Scripted, cast: Cast, starts: datetime) -> TownHall:
    def people(handles: Sequence[str]) -> list[Person]:
        return [cast.people[handle] for handle in handles]

    plan = Plan(
        starts_at=starts,
        minutes=scripted.minutes,
        hosts=people(scripted.hosts),
        speakers=people(scripted.speakers),
        moderators=people(scripted.moderators),
    )
    draft = Draft(scripted.text, scripted.title)
    return announce(draft, plan, cast.spaces[scripted.space], by=cast.people[scripted.by])


def _put(asked: Asked, hall: TownHall, cast: Cast) -> Question:
    if asked.by:
        return ask(hall, asked.text, by=cast.people[asked.by])
    return ask_without_name(hall, asked.text)


def ask_without_name(hall: TownHall, text: str) -> Question:
    """Ask with a token as a browser would, but made by the demo, which has the hall's key."""
    with as_system("the demo plays all the browsers of its company"):
        pem = SigningKey.objects.values_list("private", flat=True).get(hall=hall)
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the key of a town hall is an RSA key")
    token = secrets.token_bytes(blind.TOKEN_BYTES)
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=blind.SALT_BYTES)
    signature = key.sign(token + blind.CONTEXT, scheme, hashes.SHA384())
    return redeem(hall.pk, token, signature, secrets.token_bytes(SECRET_BYTES), text)


def _back(scripted: Scripted, questions: Sequence[Question], cast: Cast) -> None:
    audience = list(readers_of(cast.spaces[scripted.space]).order_by("pk"))
    wishes = []
    for asked, question in zip(scripted.asked, questions, strict=True):
        dice = Random(asked.text)
        voters = dice.sample(audience, min(asked.votes, len(audience)))
        wishes += [Wish(person.pk, question.pk, True) for person in voters]
    cast_votes(wishes)


def _hold(scripted: Scripted, hall: TownHall, questions: Sequence[Question], cast: Cast) -> None:
    by = cast.people[scripted.moderators[0]]
    host = cast.people[scripted.hosts[0]]
    open_doors(hall, by=host)
    pairs = list(zip(scripted.asked, questions, strict=True))
    for asked, question in pairs:
        if asked.into:
            merge(question, questions[asked.into - 1], by=by)
    for asked, question in pairs:
        if asked.declined:
            decline(question, asked.declined, by=by)
        elif asked.answer:
            answer(question, asked.answer, by=by)
        elif asked.second is not None:
            put_on_stage(question, by=by)
            mark_answered(question, by=by)
    cheer(hall.pk, {kind: getattr(scripted, kind) for kind in CHEERS})
    end(hall, by=host)


def _follow_up(
    scripted: Scripted, questions: Sequence[Question], cast: Cast, starts: datetime
) -> None:
    by = cast.people[scripted.moderators[0]]
    for asked, question in zip(scripted.asked, questions, strict=True):
        if asked.owner:
            due = (starts + timedelta(days=scripted.days + asked.due)).date()
            follow_up(
                question,
                owner=cast.people[asked.owner],
                due=due,
                outcome=asked.outcome,
                done=asked.done,
                by=by,
            )


def _move(hall: TownHall, scripted: Scripted, starts: datetime) -> None:
    """Move what was done just now to its time: only a demo tells a past."""
    with as_system("the demo tells a past"):
        TownHall.objects.filter(pk=hall.pk).update(
            opened_at=starts, ended_at=starts + timedelta(minutes=scripted.minutes - 2)
        )
        Question.objects.filter(hall=hall).update(since=starts - timedelta(days=1))
        for asked in scripted.asked:
            if asked.second is not None:
                Question.objects.filter(hall=hall, text=asked.text).update(second=asked.second)
        Change.objects.filter(question__hall=hall).update(at=starts + _FOLLOWED_AFTER)


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _full_quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
