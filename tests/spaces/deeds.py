"""What the stories of spaces look at: the journal's rows since a moment, and who belongs."""

from collections.abc import Iterator
from contextlib import contextmanager

from hallway.core.guarding import as_system
from hallway.journal.models import Record
from hallway.people.models import Person
from hallway.spaces.models import Invitation, JoinRequest, Membership, Space


@contextmanager
def told() -> Iterator[list[str]]:
    """The verbs that the journal gained inside the block; filled in when it ends."""
    last = Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    verbs: list[str] = []
    yield verbs
    verbs += Record.objects.filter(seq__gt=last).order_by("seq").values_list("verb", flat=True)


def role(person: Person, space: Space) -> str | None:
    """The role of `person` in `space`, or None for who is no member."""
    with as_system("a test looks at the rows"):
        row = Membership.objects.filter(person=person, space=space).first()
    return row.role if row else None


def asked(person: Person, space: Space) -> bool:
    """Whether a request of `person` is open."""
    with as_system("a test looks at the rows"):
        rows = JoinRequest.objects.filter(person=person, space=space, declined_at=None)
        return rows.exists()


def invited(person: Person, space: Space) -> bool:
    """Whether `person` is invited."""
    with as_system("a test looks at the rows"):
        return Invitation.objects.filter(person=person, space=space).exists()
