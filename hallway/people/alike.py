"""Who has a unit, skills or followed people in common with somebody.

Whom to look at is found through indexes, a fixed number from each place, so that it costs the same
among 120,000 people; only what these few have in common is then counted in full.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from hallway.people import access
from hallway.people.models import Follow, Person, PersonSkill

BESIDE_BY_NAME = 60
SKILLED = 120
FOLLOWED = 12
OF_EACH = 8


@dataclass(frozen=True)
class Common:
    """How many skills and followed people each has in common with the viewer, by id."""

    skills: Mapping[int, int]
    follows: Mapping[int, int]


def new_to(viewer: Person) -> QuerySet[Person]:
    """Colleagues still here whom the viewer may see, does not follow, and is not."""
    followed = Follow.objects.filter(follower=viewer, followed=OuterRef("pk"))
    return (
        access.visible_to(viewer)
        .filter(is_active=True, kind=Person.Kind.EMPLOYEE)
        .exclude(pk=viewer.pk)
        .exclude(Exists(followed))
    )


def alike(viewer: Person) -> set[int]:
    """Some people who have something in common with the viewer, by id; not yet asked for the rule.

    In a unit larger than a page these are its people around the viewer's own name, so that not
    everybody is shown the same.
    """
    found: set[int] = set()
    if viewer.unit_id is not None:
        unit = new_to(viewer).filter(unit_id=viewer.unit_id)
        behind = unit.filter(sort_name__gte=viewer.sort_name).order_by("sort_name", "pk")
        before = unit.filter(sort_name__lt=viewer.sort_name).order_by("-sort_name", "-pk")
        for people in (behind, before):
            found.update(people.values_list("pk", flat=True)[:BESIDE_BY_NAME])
    skilled = _skilled_like(viewer).exclude(person=viewer)
    found.update(skilled.values_list("person_id", flat=True)[:SKILLED])
    return found | _followers_of_the_same(viewer)


def in_common(viewer: Person, people: Collection[int]) -> Common:
    """What each of `people` has in common with the viewer; two queries."""
    skills = _skilled_like(viewer).filter(person__in=people).order_by()
    mine = Follow.objects.filter(follower=viewer).values("followed_id")
    follows = Follow.objects.filter(follower__in=people, followed__in=mine).order_by()
    return Common(
        dict(skills.values_list("person_id").annotate(count=Count("pk"))),
        dict(follows.values_list("follower_id").annotate(count=Count("pk"))),
    )


def _skilled_like(viewer: Person) -> QuerySet[PersonSkill]:
    mine = PersonSkill.objects.filter(person=viewer).order_by().values("key")
    return PersonSkill.objects.filter(key__in=mine).order_by()


def _followers_of_the_same(viewer: Person) -> set[int]:
    """The newest followers of each of those whom the viewer followed last."""
    rows = Follow.objects.filter(follower=viewer).order_by("-pk")
    latest = list(rows.values_list("pk", flat=True)[:FOLLOWED])
    others = Follow.objects.filter(followed=OuterRef("followed")).exclude(follower=viewer)
    # A place each instead of one list: so the index of the newest followers serves them all.
    places = {
        f"place_{at}": Subquery(others.order_by("-pk").values("follower_id")[at : at + 1])
        for at in range(OF_EACH)
    }
    found = Follow.objects.filter(pk__in=latest).annotate(**places).values_list(*places)
    return {pk for row in found for pk in row if pk is not None}
