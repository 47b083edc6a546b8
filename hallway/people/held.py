"""What the table of people and those around it hold of a person."""

from collections.abc import Iterable

from django.db.models import QuerySet

from hallway.company.present import company
from hallway.people import former
from hallway.people.access import visible_to
from hallway.people.holdings import Document, Holding, Row
from hallway.people.models import (
    Cover,
    Follow,
    OrgUnit,
    OwnLink,
    Person,
    PersonalDay,
    PersonSkill,
    Photo,
)
from hallway.people.units import path_of

OWN_COLUMNS = (
    *("name", "handle", "email", "kind", "title", "location", "language", "languages", "about"),
    *("time_zone", "theme", "is_administrator", "learnt"),
)
DAY_COLUMNS = ("kind", "year", "month", "day", "is_shown")


def _profile(person: Person) -> Iterable[Row]:
    manager = visible_to(person).filter(pk=person.manager_id or 0).first()
    yield {
        **{name: getattr(person, name) for name in OWN_COLUMNS},
        "unit": path_of(person.unit),
        "manager": manager.name if manager else None,
        "skills": list(PersonSkill.objects.filter(person=person).values_list("name", flat=True)),
        "links": list(OwnLink.objects.filter(person=person).values("label", "address")),
        "days": list(PersonalDay.objects.filter(person=person).values(*DAY_COLUMNS)),
        "head_of": list(OrgUnit.objects.filter(head=person).values_list("name", flat=True)),
        "shown_to_nobody": sorted(company().hidden_fields),
        "joined_at": person.joined_at,
        "last_sign_in_at": person.last_login,
    }


def _photo(person: Person) -> Iterable[Document]:
    for row in Photo.objects.filter(person=person):
        yield Document("pictures/photo.webp", stored=row.large)


def _cover(person: Person) -> Iterable[Document]:
    for row in Cover.objects.filter(person=person):
        yield Document("pictures/cover.webp", stored=row.large)


def _follows(person: Person) -> Iterable[Row]:
    seen = visible_to(person).values("pk")
    following = Follow.objects.filter(follower=person, followed__in=seen)
    for row in _newest(following.select_related("followed")):
        yield {"you_follow": row.followed.name, "handle": row.followed.handle, "at": row.at}
    followers = Follow.objects.filter(followed=person, follower__in=seen)
    for row in _newest(followers.select_related("follower")):
        yield {"follows_you": row.follower.name, "handle": row.follower.handle, "at": row.at}


def _newest(rows: QuerySet[Follow]) -> Iterable[Follow]:
    return rows.order_by("-pk").iterator(500)


HELD = (
    Holding(
        "people.Person",
        ("manager",),
        name="profile",
        told=_profile,
        stays="the row of a former member holds a number, and nothing else",
    ),
    Holding(
        "people.Photo",
        ("person",),
        untold="it is among the pictures",
        documents=_photo,
        erase=former.erase_photo,
    ),
    Holding(
        "people.Cover",
        ("person",),
        untold="it is among the pictures",
        documents=_cover,
        erase=former.erase_cover,
    ),
    Holding(
        "people.OwnLink",
        ("person",),
        untold="links stand in the profile",
        erase=former.erase_links,
    ),
    Holding(
        "people.OrgUnit",
        ("head",),
        untold="the units one leads stand in the profile",
        erase=former.erase_head,
    ),
    Holding(
        "people.PersonalDay",
        ("person",),
        untold="days stand in the profile",
        erase=former.erase_days,
    ),
    Holding(
        "people.PersonSkill",
        ("person",),
        untold="skills stand in the profile",
        erase=former.erase_skills,
    ),
    Holding(
        "people.NameWord",
        ("person",),
        untold="these are the words of the name, folded, to find them by",
        erase=former.erase_name,
    ),
    Holding(
        "people.Follow",
        ("follower", "followed"),
        name="follows",
        told=_follows,
        erase=former.erase_follows,
    ),
)
