"""What stays of a person whose account is erased: a number, called a former member."""

import secrets

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext

from hallway.company.present import company
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.actions.cover import drop_cover
from hallway.people.actions.join import untaken
from hallway.people.models import Follow, OrgUnit, OwnLink, Person, PersonalDay, PersonSkill, Photo
from hallway.people.naming import forget_name
from hallway.people.photos import erase_after_commit

NOWHERE = "erased.invalid"
"""Addresses below this name reach nobody (RFC 2606)."""


def name_of_former() -> str:
    """What they are called from then on, in the language of the company."""
    with translation.override(company().language):
        return gettext("Former member")


def erase_follows(person: Person, _words: bool) -> None:
    """Whom they followed, and who followed them."""
    with writing():
        Follow.objects.filter(follower=person).delete()
        Follow.objects.filter(followed=person).delete()


def erase_skills(person: Person, _words: bool) -> None:
    """What they could help with."""
    with writing():
        PersonSkill.objects.filter(person=person).delete()


def erase_photo(person: Person, _words: bool) -> None:
    """The photo and its files."""
    with writing():
        for row in Photo.objects.filter(person=person):
            erase_after_commit(row)
            row.delete()


def erase_cover(person: Person, _words: bool) -> None:
    """The cover and its files."""
    with writing():
        drop_cover(person)


def erase_links(person: Person, _words: bool) -> None:
    """Where else they are to be found."""
    with writing():
        OwnLink.objects.filter(person=person).delete()


def erase_days(person: Person, _words: bool) -> None:
    """When they were born, and since when they were here."""
    with writing():
        PersonalDay.objects.filter(person=person).delete()


def erase_head(person: Person, _words: bool) -> None:
    """Which units they lead."""
    with writing():
        OrgUnit.objects.filter(head=person).update(head=None)


def erase_name(person: Person, _words: bool) -> None:
    """The words by which they are found."""
    with writing():
        forget_name(person)


def handle_of_former(person: Person) -> str:
    """A handle that tells nothing: the same at every call, as long as nobody else has it."""
    taken = set(
        Person.objects.filter(handle__startswith=f"former-{person.pk}")
        .exclude(pk=person.pk)
        .values_list("handle", flat=True)
    )
    return untaken(f"former-{person.pk}", taken)


def make_former(person: Person) -> None:
    """Leave nothing in the row of `person` but its number; inside `writing()`, after all else."""
    Person.objects.filter(manager=person).update(manager=None)
    Person.objects.filter(pk=person.pk).update(
        email=f"{secrets.token_hex(8)}@{NOWHERE}",
        handle=handle_of_former(person),
        name=name_of_former(),
        sort_name="",
        title="",
        location="",
        languages="",
        time_zone="",
        theme=Person.Theme.AUTO,
        about="",
        learnt="",
        unit=None,
        manager=None,
        photo="",
        password=make_password(None),
        last_login=None,
        is_active=False,
        is_administrator=False,
        erased_at=timezone.now(),
        card_version=F("card_version") + 1,
    )
    person.refresh_from_db()
    record(Verb.PERSON_CHANGED, person=person.pk)
