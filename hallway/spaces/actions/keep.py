"""Keep true who belongs by rule: for one space as a whole, or for some people everywhere.

Both ask sets, never people one by one. Rules and people change at once: whoever changes people
shares a lock until the end, whoever changes rules or the tree of units has it alone, so that the
later of two sees what the other did. On SQLite there is one writer anyway.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection
from django.db.models import Q, Value

from hallway.core.guarding import as_system
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import OrgUnit, Person
from hallway.people.units import DEEPEST
from hallway.spaces.models import Invitation, JoinRequest, Membership, Rule, Space, StayedOut
from hallway.spaces.ruling import Effect, fits, joining, leaving, rules_of

SINGLY = 20
"""Up to so many at once, each is told as if they came or went by hand."""

TOLD_AT_ONCE = 500
"""People in one row of the journal."""

LOCK = 7_102_615
"""A number that nothing else locks."""

REASON = "rules act for nobody in particular"


def alone_with_people() -> None:
    """Until the end of the transaction nobody changes what rules look at; before any space is held.

    Else whoever changes people, and waits for the space, would be waited for.
    """
    _lock("pg_advisory_xact_lock")


def keep_space(held: Space) -> Effect:
    """Put in and take out whoever the rules of a held space say; tells how many that were.

    However many they are, it takes the same few statements. Call `alone_with_people` before.
    """
    fit = fits(held, rules_of(held))
    gone = list(leaving(held, fit).values_list("person_id", flat=True))
    if gone:
        leaving(held, fit).delete()
    came = list(joining(held, fit).values_list("pk", flat=True))
    if came:
        _insert(held, fit)
    _tell(held.pk, came, gone)
    return Effect(len(came), len(gone))


def keep_units() -> None:
    """Units lie elsewhere: whoever belongs by a unit is asked for anew; inside `writing()`."""
    alone_with_people()
    with as_system(REASON):
        by_unit = Rule.objects.filter(ground=Rule.Ground.UNIT).values("space_id")
        rows = Space.objects.filter(pk__in=by_unit).select_for_update(no_key=True)
        for space in rows.order_by("pk"):
            keep_space(space)


def keep_people(people: Collection[int]) -> None:
    """Put `people` (ids), who came or changed, where the rules say; inside `writing()`.

    Takes a fixed number of statements for all of them, and few where no space has a rule.
    """
    with as_system(REASON):
        _lock("pg_advisory_xact_lock_shared")
        if not Rule.objects.exists():
            return
        here = list(
            Person.objects.filter(pk__in=people, is_active=True, kind=Person.Kind.EMPLOYEE).only(
                "pk", "unit", "unit_confirmed", "location", "title", "language"
            )
        )
        wanted = _wanted(here)
        own = Membership.objects.filter(person__in=[person.pk for person in here])
        by_rule = own.filter(origin=Membership.Origin.RULE)
        spaces = {space for space, _ in wanted} | set(by_rule.values_list("space_id", flat=True))
        list(Space.objects.filter(pk__in=spaces).select_for_update(no_key=True).order_by("pk"))
        held = list(own.filter(space__in=spaces))
        left = StayedOut.objects.filter(space__in=spaces, person__in=[one.pk for one in here])
        out = {(row.space_id, row.person_id) for row in held}
        out.update(left.values_list("space_id", "person_id"))
        came = sorted(wanted - out)
        gone = [
            row
            for row in held
            if row.origin == Membership.Origin.RULE
            and row.role == Membership.Role.MEMBER
            and (row.space_id, row.person_id) not in wanted
        ]
        Membership.objects.filter(pk__in=[row.pk for row in gone]).delete()
        rule = Membership.Origin.RULE
        Membership.objects.bulk_create(
            Membership(space_id=space, person_id=person, origin=rule) for space, person in came
        )
        for space in sorted(spaces):
            _tell(
                space,
                [person for of, person in came if of == space],
                [row.person_id for row in gone if row.space_id == space],
            )


def keep_person(person: Person, by: Person) -> None:
    """Somebody is let in again: meanwhile they may have moved."""
    keep_people([person.pk])


def _wanted(people: Sequence[Person]) -> set[tuple[int, int]]:
    """The pairs of space and person that rules say."""
    above = _lines({person.unit_id for person in people if person.unit_id})
    fits = Q(unit__in={unit for line in above.values() for unit in line})
    for ground in ("location", "title", "language"):
        values = {getattr(person, ground) for person in people} - {""}
        fits |= Q(ground=ground, value__in=values)
    by_key: dict[tuple[str, object], list[tuple[int, bool]]] = {}
    for rule in Rule.objects.filter(fits).select_related("space"):
        key = (rule.ground, rule.unit_id or rule.value)
        by_key.setdefault(key, []).append((rule.space_id, rule.space.is_open))
    found: set[tuple[int, int]] = set()
    for person in people:
        said = [(ground, getattr(person, ground)) for ground in ("location", "title", "language")]
        for space, is_open in (hit for key in said for hit in by_key.get(key, ())):
            if is_open:
                found.add((space, person.pk))
        for unit in above.get(person.unit_id or 0, ()):
            for space, is_open in by_key.get(("unit", unit), ()):
                if is_open or person.unit_confirmed:
                    found.add((space, person.pk))
    return found


def _lines(units: Iterable[int]) -> dict[int, list[int]]:
    """Each of `units` with those it lies in; a statement for each level."""
    parents: dict[int, int | None] = {}
    asked = set(units)
    for _ in range(DEEPEST):
        rows = OrgUnit.objects.order_by().filter(pk__in=asked).values_list("pk", "parent_id")
        parents.update(rows)
        asked = {parent for parent in parents.values() if parent} - parents.keys()
        if not asked:
            break
    found: dict[int, list[int]] = {}
    for unit in parents:
        line: list[int] = []
        at: int | None = unit
        while at is not None and at not in line:
            line.append(at)
            at = parents.get(at)
        found[unit] = line
    return found


def _insert(held: Space, fit: Q) -> None:
    """Whoever fits and does not belong yet belongs; a hundred thousand in one statement."""
    people = joining(held, fit).annotate(
        to=Value(held.pk), role=Value(Membership.Role.MEMBER), origin=Value(Membership.Origin.RULE)
    )
    sql, values = people.values_list("to", "pk", "role", "origin").query.sql_with_params()
    table = Membership._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (space_id, person_id, role, origin) {sql}", values)


def _tell(space: int, came: Sequence[int], gone: Sequence[int]) -> None:
    """Settle what people asked or were offered, and let the journal say who came and went."""
    for ways in (JoinRequest, Invitation):
        for part in _parts(came):
            ways.objects.filter(space=space, person__in=part).delete()
    for people, single in ((gone, Verb.MEMBER_LEFT), (came, Verb.MEMBER_JOINED)):
        if len(people) <= SINGLY:
            for person in people:
                record(single, space=space, person=person)
            continue
        for part in _parts(people):
            record(Verb.MEMBERS_RULED, space=space, people=part, left=single == Verb.MEMBER_LEFT)


def _parts(people: Sequence[int]) -> list[list[int]]:
    return [
        list(people[start : start + TOLD_AT_ONCE]) for start in range(0, len(people), TOLD_AT_ONCE)
    ]


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
