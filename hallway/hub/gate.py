"""The gate of this installation: asks the one rule about people, sessions and spaces."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from hallway.accounts.models import Session, session_hash
from hallway.core.many import Many
from hallway.hub.admission import Admission
from hallway.hub.tickets import Claims
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.access import readable_by, visible_to
from hallway.townhalls import access as townhalls
from hallway.townhalls.queries import seen_by

NOBODY = Admission(frozenset(), alive=False)
MANY = 8  # claims of one topic, from which on it is asked who may see it instead of who sees what


class DatabaseGate:
    """Reads what is committed at the time of the call, each query on its own."""

    def __init__(self) -> None:
        self._connections: dict[int, Any] = {}

    def admit(self, claims: Sequence[Claims]) -> Sequence[Admission]:
        """Say which of the claimed topics may be seen, and whether person and session live."""
        connection = connections["default"]
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        self._connections[id(connection)] = connection
        people = Person.objects.filter(is_active=True).in_bulk({each.person for each in claims})
        living = _living(people)
        admitted = [each for each in claims if (each.person, each.session) in living]
        audiences = audiences_of(_shared(admitted), people)
        return [
            Admission(_seen(people[each.person], each.topics, audiences), alive=True)
            if (each.person, each.session) in living
            else NOBODY
            for each in claims
        ]

    def close(self) -> None:
        """Close the connections of the threads that asked; they have ended by now."""
        for connection in self._connections.values():
            connection.inc_thread_sharing()
            connection.close()
            connection.dec_thread_sharing()
        self._connections.clear()


def visible_topics(person: Person, topics: Iterable[str]) -> frozenset[str]:
    """Return those of `topics` whose frames `person` may see now.

    A space's are for those who may read it, a person's for that person, an author's (entries in
    open spaces) for employees, a door's (that a space looks different from outside) for those
    who may know of the space, a town hall's for its audience, its desk's for its moderators.
    """
    wanted = frozenset(topics)
    rooms, doors = _numbers(wanted, "space:"), _numbers(wanted, "door:")
    halls, desks = _numbers(wanted, "hall:"), _numbers(wanted, "desk:")
    visible = {f"person:{person.pk}"} & wanted
    if doors:
        known = visible_to(person).filter(pk__in=doors).values_list("pk", flat=True)
        visible |= {f"door:{number}" for number in known}
    if rooms:
        readable = readable_by(person).filter(pk__in=rooms).values_list("pk", flat=True)
        visible |= {f"space:{number}" for number in readable}
    if halls:
        visible |= {f"hall:{number}" for number in seen_by(person, halls)}
    if desks:
        led = townhalls.moderated_by(person).filter(pk__in=desks).values_list("pk", flat=True)
        visible |= {f"desk:{number}" for number in led}
    if person.is_active and not person.is_guest:
        visible |= {topic for topic in wanted if topic.startswith("author:")}
    return frozenset(visible)


def audiences_of(topics: Iterable[str], people: Mapping[int, Person]) -> dict[str, frozenset[int]]:
    """Which of `people` (active ones, by number) may see the frames of each of `topics` now.

    Of spaces and town halls, which have many screens; the same as `visible_topics`, asked from the
    other side.
    """
    wanted = frozenset(topics)
    audiences = {topic: frozenset[int]() for topic in wanted}
    for space in spaces.numbered(_numbers(wanted, "space:")):
        audiences[f"space:{space.pk}"] = _among(people, spaces.readers_of(space))
    for hall in townhalls.halls_for_screens(_numbers(wanted, "hall:")):
        audiences[f"hall:{hall.pk}"] = _among(people, townhalls.readers_of(hall))
    return audiences


def allowed_origins() -> frozenset[str]:
    """Return the addresses whose pages may open a socket: this installation's own."""
    return frozenset({settings.BASE_URL, *settings.CSRF_TRUSTED_ORIGINS})


def _numbers(topics: Iterable[str], kind: str) -> list[int]:
    return [int(topic[len(kind) :]) for topic in topics if topic.startswith(kind)]


def _shared(claims: Iterable[Claims]) -> set[str]:
    """The topics that so many claim that it is cheaper to ask for their audiences."""
    named = Counter(topic for each in claims for topic in each.topics)
    return {
        topic
        for topic, times in named.items()
        if times >= MANY and topic.startswith(("space:", "hall:"))
    }


def _seen(
    person: Person, topics: frozenset[str], audiences: Mapping[str, frozenset[int]]
) -> frozenset[str]:
    known = topics & audiences.keys()
    seen = {topic for topic in known if person.pk in audiences[topic]}
    return visible_topics(person, topics - known) | seen


def _among(people: Mapping[int, Person], readers: QuerySet[Person]) -> frozenset[int]:
    return frozenset(readers.filter(pk__in=Many(people)).values_list("pk", flat=True))


def _living(people: Iterable[int]) -> set[tuple[int, str]]:
    """The sessions of `people` that have not ended: whose, and the hash of their key."""
    rows = Session.objects.filter(person_id__in=Many(people), expire_date__gt=timezone.now())
    keys = rows.values_list("person_id", "session_key")
    return {(person, session_hash(key)) for person, key in keys if person}
