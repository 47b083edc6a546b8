"""What notifications hold of a person: what they were told, and what others were told of them."""

from collections.abc import Iterable

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries import access as entries
from hallway.notifications.models import Attention, Choice, Notification, ThreadChoice
from hallway.notifications.telling import take_back
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person
from hallway.spaces.access import visible_to

Kind = Notification.Kind

UNDONE = (Kind.REACTION, Kind.FOLLOWER, Kind.ASKED)
"""News of what is undone with the person; the rest says that a former member did it."""


def _notifications(person: Person) -> Iterable[Row]:
    with as_system("what they were told themselves"):
        rows = Notification.objects.filter(person=person).order_by("-bumped_at", "-pk")
        for row in rows.iterator(500):
            yield {
                "kind": row.kind,
                "about": f"/e/{row.latest_id}" if row.latest_id else None,
                "at": row.bumped_at,
                "read_at": row.read_at,
            }


def _erase(person: Person, _words: bool) -> None:
    with writing(), as_system("the person goes"):
        Notification.objects.filter(person=person).delete()
        take_back(Notification.objects.filter(kind__in=UNDONE, actor=person), person.pk)


def _choices(person: Person) -> Iterable[Row]:
    for row in Choice.objects.filter(person=person).order_by("pk"):
        yield {"kind": row.kind, "bell": row.bell, "mail": row.mail, "push": row.push}


def _erase_choices(person: Person, _words: bool) -> None:
    with writing():
        Choice.objects.filter(person=person).delete()


def _attention(person: Person) -> Iterable[Row]:
    rows = Attention.objects.filter(person=person, space__in=visible_to(person))
    for row in rows.select_related("space").order_by("pk"):
        yield {"space": row.space.name, "level": row.level}


def _erase_attention(person: Person, _words: bool) -> None:
    with writing():
        Attention.objects.filter(person=person).delete()


def _threads(person: Person) -> Iterable[Row]:
    seen = entries.visible_to(person).values("pk")
    for row in ThreadChoice.objects.filter(person=person, thread__in=seen).order_by("pk"):
        yield {"conversation": f"/e/{row.thread_id}", "choice": row.choice}


def _erase_threads(person: Person, _words: bool) -> None:
    with writing():
        ThreadChoice.objects.filter(person=person).delete()


HELD = (
    Holding(
        "notifications.ThreadChoice",
        ("person",),
        name="conversations",
        told=_threads,
        erase=_erase_threads,
    ),
    Holding("notifications.Choice", ("person",), name="ways", told=_choices, erase=_erase_choices),
    Holding(
        "notifications.Attention",
        ("person",),
        name="attention",
        told=_attention,
        erase=_erase_attention,
    ),
    Holding(
        "notifications.Notification",
        ("person", "actor"),
        name="notifications",
        told=_notifications,
        erase=_erase,
    ),
)
