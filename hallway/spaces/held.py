"""What spaces hold of a person: where they belong, ask and are invited; their wall."""

from collections.abc import Iterable

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.former import name_of_former
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person
from hallway.spaces.access import visible_to
from hallway.spaces.keys import keys_of
from hallway.spaces.models import Invitation, JoinRequest, Membership, Space, StayedOut

OWN = "their own rows, of spaces they may know of"
GONE = "the person goes, wherever they belonged"


def _memberships(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Membership.objects.filter(person=person, space__in=visible_to(person))
        for row in rows.select_related("space").order_by("pk"):
            yield {
                "space": row.space.name,
                "address": row.space.url,
                "role": row.role,
                "since": row.joined_at,
                "origin": row.origin,
            }


def _requests(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = JoinRequest.objects.filter(person=person, space__in=visible_to(person))
        for row in rows.select_related("space").order_by("pk"):
            yield {
                "space": row.space.name,
                "message": row.message,
                "at": row.at,
                "declined_at": row.declined_at,
            }


def _invitations(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Invitation.objects.filter(person=person, space__in=visible_to(person))
        for row in rows.select_related("space").order_by("pk"):
            yield {"space": row.space.name, "at": row.at}


def _stayed_out(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = StayedOut.objects.filter(person=person, space__in=visible_to(person))
        for row in rows.select_related("space").order_by("pk"):
            yield {"space": row.space.name}


def _forget_leaving(person: Person, _words: bool) -> None:
    with writing(), as_system(GONE):
        StayedOut.objects.filter(person=person).delete()


def _wall(person: Person) -> Iterable[Row]:
    with as_system("their own wall"):
        for row in Space.objects.filter(owner=person):
            yield {"name": row.name, "description": row.description, "made_at": row.created_at}


def _leave(person: Person, _words: bool) -> None:
    with writing(), as_system(GONE):
        rows = list(Membership.objects.filter(person=person).values_list("space_id", flat=True))
        Membership.objects.filter(person=person).delete()
        for space in rows:
            record(Verb.MEMBER_LEFT, space=space, person=person.pk)


def _withdraw(person: Person, _words: bool) -> None:
    with writing(), as_system(GONE):
        rows = list(JoinRequest.objects.filter(person=person).values_list("space_id", flat=True))
        JoinRequest.objects.filter(person=person).delete()
        for space in rows:
            record(Verb.JOIN_WITHDRAWN, space=space, person=person.pk)


def _decline(person: Person, _words: bool) -> None:
    with writing(), as_system(GONE):
        Invitation.objects.filter(person=person).delete()


def _rename_wall(person: Person, _words: bool) -> None:
    name = name_of_former()
    with writing(), as_system(GONE):
        Space.objects.filter(owner=person).update(name=name, description="", **keys_of(name, ""))


HELD = (
    Holding("spaces.Membership", ("person",), name="memberships", told=_memberships, erase=_leave),
    Holding("spaces.JoinRequest", ("person",), name="requests", told=_requests, erase=_withdraw),
    Holding(
        "spaces.Invitation",
        ("person", "by"),
        name="invitations",
        told=_invitations,
        erase=_decline,
    ),
    Holding(
        "spaces.StayedOut",
        ("person",),
        name="spaces-left",
        told=_stayed_out,
        erase=_forget_leaving,
    ),
    Holding("spaces.Space", ("owner",), name="wall", told=_wall, erase=_rename_wall),
)
