"""The gate of this installation: asks the one rule about people, sessions and spaces."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from hallway.accounts.models import Session, session_hash
from hallway.hub.admission import Admission
from hallway.hub.tickets import Claims
from hallway.people.models import Person
from hallway.spaces.access import readable_by, visible_to
from hallway.townhalls import access as townhalls
from hallway.townhalls.queries import seen_by

NOBODY = Admission(frozenset(), alive=False)


class DatabaseGate:
    """Reads what is committed at the time of the call, each query on its own."""

    def __init__(self) -> None:
        self._connections: dict[int, Any] = {}

    def admit(self, claims: Claims) -> Admission:
        """Say which of the claimed topics may be seen, and whether person and session live."""
        connection = connections["default"]
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        self._connections[id(connection)] = connection
        person = Person.objects.filter(pk=claims.person, is_active=True).first()
        if person is None or not _is_alive(person, claims.session):
            return NOBODY
        return Admission(visible_topics(person, claims.topics), alive=True)

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
    spaces, doors = _numbers(wanted, "space:"), _numbers(wanted, "door:")
    halls, desks = _numbers(wanted, "hall:"), _numbers(wanted, "desk:")
    visible = {f"person:{person.pk}"} & wanted
    if doors:
        known = visible_to(person).filter(pk__in=doors).values_list("pk", flat=True)
        visible |= {f"door:{number}" for number in known}
    if spaces:
        readable = readable_by(person).filter(pk__in=spaces).values_list("pk", flat=True)
        visible |= {f"space:{number}" for number in readable}
    if halls:
        visible |= {f"hall:{number}" for number in seen_by(person, halls)}
    if desks:
        led = townhalls.moderated_by(person).filter(pk__in=desks).values_list("pk", flat=True)
        visible |= {f"desk:{number}" for number in led}
    if person.is_active and not person.is_guest:
        visible |= {topic for topic in wanted if topic.startswith("author:")}
    return frozenset(visible)


def allowed_origins() -> frozenset[str]:
    """Return the addresses whose pages may open a socket: this installation's own."""
    return frozenset({settings.BASE_URL, *settings.CSRF_TRUSTED_ORIGINS})


def _numbers(topics: Iterable[str], kind: str) -> list[int]:
    return [int(topic[len(kind) :]) for topic in topics if topic.startswith(kind)]


def _is_alive(person: Person, session: str) -> bool:
    keys = Session.objects.filter(person_id=person.pk, expire_date__gt=timezone.now())
    return any(session_hash(key) == session for key in keys.values_list("session_key", flat=True))
