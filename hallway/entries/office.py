"""What was reported where administrators may not read: that it is, and what it says for a look.

Being an administrator is no way to read. One reported entry is shown to them, with its words alone,
after a look that stands in the audit log; the row there is what opens it, so none goes unnoted.
"""

from datetime import timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from hallway.audit.models import Deed, Row
from hallway.entries import access
from hallway.entries.models import Entry, Report
from hallway.entries.reporting import is_open
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Membership

LOOK_LASTS = timedelta(hours=1)
"""Long enough to decide; whoever comes back later says so in the log once more."""


def behind_doors(viewer: Person | None) -> QuerySet[Entry]:
    """What is reported and open in spaces that `viewer`, an administrator, may not read.

    Each has `reports_open`, how many reported it, and `reported_at`, when last. Of these rows
    nothing may be told but that they are there.
    """
    if viewer is None or not viewer.is_active or viewer.is_guest:
        return QuerySet(Entry).none()
    administrates = Exists(QuerySet(Person).filter(pk=viewer.pk, is_administrator=True))
    unread = ~Q(spaces.readable(viewer, "space__")) & ~Q(author_id=viewer.pk)
    rule = access.stands() & unread & Q(administrates) & Q(is_open("pk"))
    rows: QuerySet[Entry] = QuerySet(Entry).filter(rule)
    open_only = Q(reports__decision=None)
    return rows.annotate(
        reports_open=Count("reports", filter=open_only),
        reported_at=Max("reports__at", filter=open_only),
    ).order_by(F("reported_at").asc(), "pk")


def stuck(viewer: Person) -> QuerySet[Entry]:
    """Those of them that nobody decides about where they stand: who could, wrote them."""
    able: QuerySet[Membership] = QuerySet(Membership).filter(
        ~Q(person_id=OuterRef("author_id")),
        space_id=OuterRef("space_id"),
        role=Membership.Role.MANAGER,
        person__is_active=True,
        person__kind=Person.Kind.EMPLOYEE,
    )
    return behind_doors(viewer).filter(~Exists(able))


def looked_at(viewer: Person | None) -> QuerySet[Entry]:
    """Those of them at which `viewer` looks now, as the audit log says."""
    if viewer is None:
        return QuerySet(Entry).none()
    since = timezone.now() - LOOK_LASTS
    looks: QuerySet[Row] = QuerySet(Row).filter(
        deed=Deed.REPORT_SEEN, by_id=viewer.pk, at__gte=since
    )
    names = looks.values_list("after", flat=True)
    numbers = [int(name.removeprefix(_NAME)) for name in names if name.startswith(_NAME)]
    return behind_doors(viewer).filter(pk__in=numbers)


def reports_on(entry: Entry) -> QuerySet[Report]:
    """The open reports about one of `looked_at`, the first first."""
    return QuerySet(Report).filter(entry=entry, decision=None).order_by("pk")


def name_of(pk: int) -> str:
    """By which name an entry stands in the audit log: its number, never its words."""
    return f"{_NAME}{pk}"


_NAME = "e/"
