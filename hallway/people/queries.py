"""Reading people: one profile, who follows whom, and finding them by name for other pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext

from hallway.company.present import company
from hallway.core.text import render
from hallway.people import access
from hallway.people.chart import WorksWith, works_with
from hallway.people.days import days_of
from hallway.people.following import followed_of
from hallway.people.models import Cover, Follow, OwnLink, Person, PersonalDay, PersonSkill
from hallway.people.models.person import HANDLE
from hallway.people.photos import cover_of
from hallway.people.searching import find
from hallway.people.units import path_of

MAX_ABOUT = 2_000
OFFERED = 8
PAGE = 30


@dataclass(frozen=True)
class Profile:
    """What one viewer sees of one person; `about` is finished HTML.

    What the company has switched off is as if it were empty; `has_about` and `has_cover` say that
    these are not.
    """

    person: Person
    unit_path: str
    works_with: WorksWith
    skills: Sequence[PersonSkill]
    languages: str
    about: SafeString
    has_about: bool
    cover: Cover | None
    has_cover: bool
    links: Sequence[OwnLink]
    days: Sequence[PersonalDay]
    followers: int
    following: int
    followed_ids: frozenset[int]
    is_own: bool


@dataclass(frozen=True)
class Circle:
    """A page of the people who follow somebody or are followed; `older` begins the next one."""

    people: Sequence[Person]
    followed: frozenset[int]
    older: int | None


class Offer(TypedDict):
    """A person as the completion of @-names shows them."""

    handle: str
    name: str
    title: str
    hue_step: int
    initials: str
    photo_url: str


def person(viewer: Person | None, handle: str) -> Person:
    """The person with this handle. Raises Person.DoesNotExist also for whom one may not see."""
    if not re.fullmatch(HANDLE, handle):
        raise Person.DoesNotExist
    return access.visible_to(viewer).select_related("unit").get(handle=handle)


def profile(viewer: Person, handle: str) -> Profile:
    """All that `viewer` sees on the page of `handle`; raises Person.DoesNotExist as `person`.

    Numbers and colleagues come from whom the viewer may see, so a guest learns of nobody else.
    """
    shown, settled = person(viewer, handle), company()
    has_about = settled.shows("about")
    rendered = render(shown.about if has_about else "", people={}, max_length=MAX_ABOUT)
    named = PersonSkill.objects.filter(person=shown)
    return Profile(
        person=shown,
        unit_path=path_of(shown.unit),
        works_with=works_with(viewer, shown),
        skills=list(named) if settled.shows("skills") else [],
        languages=spoken(shown.languages) if settled.shows("languages") else "",
        about=mark_safe(rendered.html),  # made by core.text.render, the one sanitiser
        has_about=has_about,
        cover=cover_of(shown),
        has_cover=settled.shows("cover"),
        links=list(OwnLink.objects.filter(person=shown)) if settled.shows("links") else [],
        days=days_of(viewer, shown),
        followers=_followers(viewer, shown).count(),
        following=_following(viewer, shown).count(),
        followed_ids=followed_of(viewer, [shown]),
        is_own=viewer.pk == shown.pk,
    )


def followers(viewer: Person, shown: Person, before: int | None = None) -> Circle:
    """Those whom the viewer may see of the people who follow `shown`, the newest first."""
    return _circle(viewer, _followers(viewer, shown).select_related("follower__unit"), before)


def following(viewer: Person, shown: Person, before: int | None = None) -> Circle:
    """Those whom the viewer may see of the people `shown` follows, the newest first."""
    return _circle(viewer, _following(viewer, shown).select_related("followed__unit"), before)


def search(viewer: Person | None, words: str, limit: int) -> list[Person]:
    """The first `limit` people still here whose names hold `words`, best first, with units."""
    among = access.visible_to(viewer).filter(is_active=True)
    return [found.person for found in find(among, words, limit=limit)]


def complete(viewer: Person, words: str, among: QuerySet[Person] | None = None) -> list[Offer]:
    """Whom to offer while `viewer` types @words: people they may see and who are in `among`.

    `among` holds those who may read what is being written; None is everybody. With no word yet,
    those the viewer follows are offered, the latest first.
    """
    allowed = access.visible_to(viewer).filter(is_active=True)
    if among is not None:
        allowed = allowed.filter(pk__in=among.order_by().values("pk"))
    if words.strip(" @"):
        people = [found.person for found in find(allowed, words, limit=OFFERED)]
    else:
        people = list(
            allowed.filter(followers__follower=viewer).order_by("-followers__pk")[:OFFERED]
        )
    return [offer(each) for each in people]


def offer(each: Person) -> Offer:
    """One row of the completion."""
    return {
        "handle": each.handle,
        "name": each.name,
        "title": each.title,
        "hue_step": each.hue_step,
        "initials": each.initials,
        "photo_url": each.photo_url,
    }


def spoken(languages: str) -> str:
    """Languages as written in a profile, with codes such as "fr" spelled out."""
    return ", ".join(_language(part.strip()) for part in languages.split(",") if part.strip())


def _language(word: str) -> str:
    if len(word) > 3 or not word.isascii():
        return word
    try:
        info = get_language_info(word.lower())
    except KeyError:
        return word
    return gettext(str(info["name"]))


def _followers(viewer: Person, shown: Person) -> QuerySet[Follow]:
    rows = Follow.objects.filter(followed=shown)
    if viewer.is_guest:
        rows = rows.filter(follower__in=access.visible_to(viewer).values("pk"))
    return rows


def _following(viewer: Person, shown: Person) -> QuerySet[Follow]:
    rows = Follow.objects.filter(follower=shown)
    if viewer.is_guest:
        rows = rows.filter(followed__in=access.visible_to(viewer).values("pk"))
    return rows


def _circle(viewer: Person, rows: QuerySet[Follow], before: int | None) -> Circle:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    people = [row.follower if Follow.follower.is_cached(row) else row.followed for row in shown]
    older = shown[-1].pk if len(found) > PAGE else None
    return Circle(people, followed_of(viewer, people), older)
