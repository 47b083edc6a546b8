"""The access rule for spaces: who may know of one, who may read it, who may do what.

Everything else (entries, files, counts, live frames) asks here through `readable_by`.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from hallway.people.models import Person
from hallway.spaces.models import Invitation, JoinRequest, Membership, Space
from hallway.spaces.standing import VERBS, Standing

Ids = QuerySet[Membership, dict[str, Any]]


def readable(viewer: Person, space: str = "") -> Q:
    """The one expression for "viewer may read this space".

    `space` is the path from the filtered table to its space with a trailing "__" ("" for Space
    itself, "space__" for what belongs to one). Employees read open spaces; members read theirs.
    Walls are open and have no members, so a guest reads their own because it is theirs.
    """
    column = f"{space}pk" if not space else f"{space}id"
    member = Exists(QuerySet(Membership).filter(person_id=viewer.pk, space_id=OuterRef(column)))
    if viewer.is_guest:
        return Q(member) | Q(**{f"{space}owner_id": viewer.pk})
    return Q(**{f"{space}openness": Space.Openness.OPEN}) | Q(member)


def readable_by(viewer: Person | None) -> QuerySet[Space]:
    """The spaces whose contents `viewer` may read."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Space).none()
    return QuerySet(Space).filter(readable(viewer))


def visible_to(viewer: Person | None) -> QuerySet[Space]:
    """The spaces `viewer` may know of: readable, closed, and those they are invited to."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Space).none()
    rule = readable(viewer) | Q(
        Exists(QuerySet(Invitation).filter(person_id=viewer.pk, space_id=OuterRef("pk")))
    )
    if not viewer.is_guest:
        rule |= Q(openness=Space.Openness.CLOSED)
    return QuerySet(Space).filter(rule)


def standings(viewer: Person | None) -> QuerySet[Space]:
    """The spaces `viewer` may know of, each with what `standing_of` needs; still one query."""
    spaces = visible_to(viewer)
    if viewer is None:
        return spaces
    own = {"person_id": viewer.pk, "space_id": OuterRef("pk")}
    unmanaged: Any = Value(False)
    if viewer.is_administrator:
        unmanaged = ~Exists(_managing(QuerySet(Membership).filter(space_id=OuterRef("pk"))))
    return spaces.annotate(
        own_reading=ExpressionWrapper(readable(viewer), output_field=BooleanField()),
        own_role=Subquery(QuerySet(Membership).filter(**own).values("role")[:1]),
        own_invitation=Exists(QuerySet(Invitation).filter(**own)),
        own_request=Exists(QuerySet(JoinRequest).filter(**own, declined_at=None)),
        own_declined=Subquery(QuerySet(JoinRequest).filter(**own).values("declined_at")[:1]),
        unmanaged=unmanaged,
    )


def standing_of(viewer: Person, space: Space) -> Standing:
    """How `viewer` stands to a row of `standings(viewer)`."""
    row = vars(space)
    return Standing(
        viewer=viewer,
        space=space,
        reads=bool(row["own_reading"]),
        role=row["own_role"],
        invited=bool(row["own_invitation"]),
        asked=bool(row["own_request"]),
        declined_at=row["own_declined"],
        unmanaged=bool(row["unmanaged"]),
    )


def standing(viewer: Person | None, **which: object) -> Standing | None:
    """How `viewer` stands to one space (slug="…" or pk=…), as it is stored now.

    None when there is no such space or the viewer may not know of it.
    """
    row = standings(viewer).filter(**which).first()
    return None if row is None or viewer is None else standing_of(viewer, row)


def readers_of(space: Space) -> QuerySet[Person]:
    """The active people who may read `space`: the inverse of `readable_by`."""
    readers = Person.objects.filter(is_active=True)
    members: Ids = QuerySet(Membership).filter(space=space).values("person_id")
    if space.is_open:
        return readers.filter(
            Q(kind=Person.Kind.EMPLOYEE) | Q(pk__in=members) | Q(pk=space.owner_id)
        )
    return readers.filter(pk__in=members)


def numbered(spaces: Iterable[int]) -> QuerySet[Space]:
    """Spaces by number, to ask who may read them; for a caller who shows them to nobody."""
    return QuerySet(Space).filter(pk__in=list(spaces))


def memberships_of(space: Space) -> QuerySet[Membership]:
    """Memberships of a space the caller already loaded through `readable_by`."""
    return QuerySet(Membership).filter(space=space)


def members_of(space: Space) -> QuerySet[Person]:
    """The active people with a membership row in a space the viewer may read."""
    rows: Ids = QuerySet(Membership).filter(space=space).values("person_id")
    return Person.objects.filter(is_active=True, pk__in=rows)


def managers_of(space: Space) -> QuerySet[Membership]:
    """The memberships of those who can act as managers now: active employees in that role."""
    return _managing(memberships_of(space))


def managing(viewer: Person) -> QuerySet[Membership]:
    """The viewer's own memberships in which they can act as a manager."""
    return _managing(QuerySet(Membership)).filter(person_id=viewer.pk)


def requests_of(space: Space) -> QuerySet[JoinRequest]:
    """Open requests of a space; only for those who may manage it."""
    return QuerySet(JoinRequest).filter(space=space, declined_at=None)


def requests_to(viewer: Person) -> QuerySet[JoinRequest]:
    """Open requests to join the spaces that `viewer` manages."""
    managed = managing(viewer).values("space_id")
    return QuerySet(JoinRequest).filter(space__in=managed, declined_at=None)


def invitations_to(viewer: Person) -> QuerySet[Invitation]:
    """The invitations of `viewer`."""
    return QuerySet(Invitation).filter(person_id=viewer.pk)


def invitations_of(space: Space) -> QuerySet[Invitation]:
    """Open invitations into a space; only for those who may manage it."""
    return QuerySet(Invitation).filter(space=space)


def members_in(spaces: QuerySet[Space] | list[Space]) -> QuerySet[Membership]:
    """Memberships of active people in spaces that the viewer may know of; for counting only."""
    return QuerySet(Membership).filter(space__in=spaces, person__is_active=True)


def membership(viewer: Person, space: Space) -> Membership | None:
    """The viewer's own membership row, if any."""
    return QuerySet(Membership).filter(space=space, person=viewer).first()


def belongs(viewer: Person, space: Space) -> bool:
    """Whether the space is one of the viewer's own: member, employee in the company's, own wall."""
    if space.is_company and not viewer.is_guest:
        return True
    if space.is_wall:
        return space.owner_id == viewer.pk
    return membership(viewer, space) is not None


def own(viewer: Person) -> Q:
    """The expression for "one of the viewer's spaces" on Space; walls are not among them."""
    joined: Ids = QuerySet(Membership).filter(person_id=viewer.pk).values("space_id")
    rule = Q(pk__in=joined)
    if not viewer.is_guest:
        rule |= Q(kind=Space.Kind.COMPANY)
    # Said in these words, the index of names serves, which holds no walls.
    return rule & Q(owner__isnull=True)


def my_spaces(viewer: Person) -> QuerySet[Space]:
    """The viewer's spaces in the order of the menu: the company first, then by name; no walls."""
    company_first = Case(When(kind=Space.Kind.COMPANY, then=Value(0)), default=Value(1))
    return QuerySet(Space).filter(own(viewer)).order_by(company_first, "name_key", "pk")


def postable_by(viewer: Person) -> QuerySet[Space]:
    """Those of the viewer's spaces in which they may post; without walls."""
    managed = _managing(QuerySet(Membership)).filter(person_id=viewer.pk).values("space_id")
    return my_spaces(viewer).filter(Q(posting=Space.Posting.MEMBERS) | Q(pk__in=managed))


def managed_by(viewer: Person) -> QuerySet[Space]:
    """Those of the viewer's spaces that they manage (see `Standing.manages`); without walls."""
    managed = _managing(QuerySet(Membership)).filter(person_id=viewer.pk).values("space_id")
    rule = Q(pk__in=managed)
    if viewer.is_administrator:
        rule |= Q(kind=Space.Kind.COMPANY)
    return my_spaces(viewer).filter(rule)


def may(viewer: Person, verb: str, space: Space) -> bool:
    """Whether `viewer` may do `verb` in `space`, as both are stored now.

    Verbs: read, post, join, ask, leave, invite, manage, rule, appoint. "May do" implies "may see".
    Administrators have no special way into spaces. Raises ValueError for a verb that is not in
    the list. The rules themselves are in `standing.Standing`.
    """
    if verb not in VERBS:
        raise ValueError(f"no such verb: {verb}")
    held = standing(viewer, pk=space.pk)
    return held is not None and held.may(verb)


def _managing(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.filter(
        role=Membership.Role.MANAGER,
        person__is_active=True,
        person__kind=Person.Kind.EMPLOYEE,
    )
