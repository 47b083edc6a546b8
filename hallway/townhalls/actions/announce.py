"""Announce a town hall, and change what was announced."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions import Draft, publish
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.spaces.models import Space
from hallway.townhalls.access import may_announce
from hallway.townhalls.actions.holding import Closed, holding, touch
from hallway.townhalls.blind import new_key
from hallway.townhalls.models import Part, SigningKey, TownHall


@dataclass(frozen=True)
class Plan:
    """When and how a town hall takes place, and who does what in it.

    `starts_at` is aware; `minutes` is its planned length; `tokens` is how many questions one
    person may ask without their name (0: none); the others are as in `TownHall`.
    """

    starts_at: datetime
    minutes: int = 60
    asking_before: bool = True
    moderation: str = TownHall.Moderation.AFTER
    tokens: int = 3
    player_url: str = ""
    hosts: Sequence[Person] = field(default_factory=tuple)
    speakers: Sequence[Person] = field(default_factory=tuple)
    moderators: Sequence[Person] = field(default_factory=tuple)


COLUMNS = ("starts_at", "minutes", "asking_before", "moderation", "tokens", "player_url")


def announce(draft: Draft, plan: Plan, space: Space, *, by: Person) -> TownHall:
    """Announce a town hall in `space`; the same `draft.key` announces once.

    The title of `draft` is its title, the text its words. Who takes part in directing it must be
    able to see it: people who cannot read `space` are left out by the form before. Raises
    NotAllowed unless `by` may announce here, core.text.TextTooLong.
    """
    key = new_key() if plan.tokens else None  # takes a moment, so before the transaction
    with writing(), as_system("the rule is asked inside"):
        if not may_announce(by, space):
            raise NotAllowed("announce")
        entry = publish("townhall", draft, space, by=by)
        known = TownHall.objects.filter(pk=entry.pk).first()
        if known:
            return known
        hall = TownHall(entry=entry, space=space, **_columns(plan))
        hall.save(force_insert=True)
        if key:
            SigningKey.objects.create(hall=hall, public=key.public, private=key.private)
        _write_parts(hall, plan)
    return hall


class Replanned(Exception):
    """Somebody else changed the plan since it was read; nothing was written."""


def mark_of(hall: TownHall) -> str:
    """What tells one plan of a hall from another, as both are stored; not who may see it.

    Not the version, which counts the questions on stage as well: whoever changes the address of
    the player during the event is overtaken by another plan only.
    """
    parts: QuerySet[Part] = (
        QuerySet(Part).filter(hall_id=hall.pk).order_by("role", "place", "person_id")
    )
    halls: QuerySet[TownHall] = QuerySet(TownHall).filter(pk=hall.pk)
    told = (halls.values_list(*COLUMNS).get(), list(parts.values_list("role", "person_id")))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def change(hall: TownHall, plan: Plan, *, by: Person, seen: str | None = None) -> TownHall:
    """Change time, switches and parts; title and words change as those of every entry.

    How many questions without a name one may ask stays as it was announced, since tokens may have
    been given out. `seen` is the mark of the plan on the host's screen (None: whichever it is).
    Raises NotAllowed, Closed once it has ended, and Replanned for another plan than `seen`.
    """
    with holding(hall, "host", by=by) as held:
        if held.is_ended:
            raise Closed("hall")
        if seen is not None and seen != mark_of(held):
            raise Replanned
        columns = _columns(replace(plan, tokens=held.tokens))
        TownHall.objects.filter(pk=held.pk).update(**columns, version=held.version + 1)
        Part.objects.filter(hall=held).delete()
        _write_parts(held, plan)
        touch(held)
        record(Verb.HALL_CHANGED, actor=by.pk, space=held.space_id, entry=held.pk)
        held.refresh_from_db()
    return held


def _columns(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in COLUMNS}


def _write_parts(hall: TownHall, plan: Plan) -> None:
    people = {
        Part.Role.HOST: plan.hosts,
        Part.Role.SPEAKER: plan.speakers,
        Part.Role.MODERATOR: plan.moderators,
    }
    Part.objects.bulk_create(
        Part(hall=hall, person=person, role=role, place=place)
        for role, chosen in people.items()
        for place, person in enumerate(dict.fromkeys(chosen))
    )
