"""Ending access leaves nothing behind, whatever tables there will be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client
from django.utils import timezone

from hallway.accounts.actions import Refused, deactivate, end_access, reactivate
from hallway.accounts.models import (
    AddressLink,
    Credential,
    Invitation,
    ResetLink,
    Session,
    session_hash,
)
from hallway.accounts.models.credential import credential_models
from hallway.journal.models import Record
from hallway.outside.models import Device
from hallway.people.models import Person
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World


# A row of each table that lets people in. A new one must be added, or the tests fail.
def device(person: Person) -> object:
    return Device.objects.create(
        person=person,
        session=Session.objects.create(
            session_key=f"device-{person.pk}",
            session_data="",
            expire_date=timezone.now() + timedelta(days=1),
        ),
        endpoint=f"https://push.example/{person.pk}",
    )


MAKERS: dict[type[models.Model], Callable[[Person], object]] = {
    Device: device,
    Session: lambda person: Session.objects.create(
        session_key=f"key-{person.pk}",
        session_data="",
        expire_date=timezone.now() + timedelta(days=1),
        person=person,
    ),
    Invitation: lambda person: Invitation.objects.create(
        person=person,
        address=person.email,
        digest=f"invitation-{person.pk}",
        expires_at=timezone.now() + timedelta(days=1),
    ),
    ResetLink: lambda person: ResetLink.objects.create(
        person=person,
        address=person.email,
        digest=f"reset-{person.pk}",
        expires_at=timezone.now() + timedelta(days=1),
    ),
    AddressLink: lambda person: AddressLink.objects.create(
        person=person,
        address=person.email,
        digest=f"address-{person.pk}",
        expires_at=timezone.now() + timedelta(days=1),
    ),
}
SECRETIVE = ("token", "secret", "digest", "hash", "session_key", "endpoint", "credential")
NO_KEYS = {
    # Keeps an account from being erased, and lets nobody in; so it outlives the end of access.
    "owndata.Farewell",
    # The library's own tables of addresses; Hallway never writes to them.
    "account.EmailAddress",
    "account.EmailConfirmation",
    # That somebody had tokens, not the tokens, which nobody could find by the person.
    "townhalls.Issued",
    # Whose browser keeps a secret has no name here; owners of questions do.
    "townhalls.Question",
}


def test_every_table_that_looks_like_a_key_is_marked_as_one() -> None:
    for model in apps.get_models():
        names = [field.name for field in model._meta.get_fields()]
        about_person = any(
            field.is_relation and field.related_model is Person and field.concrete
            for field in model._meta.get_fields()
        )
        looks = [name for name in names if any(mark in name for mark in SECRETIVE)]
        if about_person and looks and model._meta.label not in NO_KEYS:
            assert issubclass(model, Credential), f"{model._meta.label} has {looks}"


def test_every_credential_is_known_to_this_test() -> None:
    assert set(credential_models()) == set(MAKERS)


def test_nothing_is_left_of_ada_and_everything_of_ben(world: World) -> None:
    for make in MAKERS.values():
        make(world.ada)
        make(world.ben)
    end_access(world.ada, by=world.rita)
    for model in credential_models():
        assert not model._default_manager.filter(person=world.ada).exists(), model
        assert model._default_manager.filter(person=world.ben).count() == 1, model
    row = Record.objects.get(verb="session.ended")
    assert (row.person_id, row.actor_id) == (world.ada.pk, world.rita.pk)
    assert row.session == session_hash(f"key-{world.ada.pk}")


def test_rita_deactivates_ada_and_takes_her_back(world: World) -> None:
    browser = Client()
    sign_in(browser, "ada@company.example")
    rita = world.browser(world.rita)
    response = rita.post("/accounts/people/ada/deactivate")
    assert response["Location"] == "/people/ada"
    assert who(browser) is None
    assert browser.get("/settings").status_code == 302
    assert sign_in(Client(), "ada@company.example").status_code == 422
    assert Record.objects.filter(verb="person.deactivated", person_id=world.ada.pk).count() == 1
    rita.post("/accounts/people/ada/deactivate")
    assert Record.objects.filter(verb="person.deactivated", person_id=world.ada.pk).count() == 1
    rita.post("/accounts/people/ada/reactivate")
    assert browser.get("/settings").status_code == 302
    assert sign_in(Client(), "ada@company.example").status_code == 302
    assert Record.objects.filter(verb="person.reactivated", person_id=world.ada.pk).count() == 1


def test_a_sign_in_that_raced_with_the_deactivation_stays_dead(world: World) -> None:
    deactivate(world.ada, by=world.rita)
    MAKERS[Session](world.ada)
    reactivate(world.ada, by=world.rita)
    assert not Session.objects.filter(person=world.ada).exists()


def test_one_administrator_always_remains(world: World) -> None:
    rita = world.browser(world.rita)
    page = rita.post("/accounts/people/rita/deactivate", follow=False)
    assert page.status_code == 302
    world.rita.refresh_from_db()
    assert world.rita.is_active
    with pytest.raises(Refused):
        deactivate(world.rita, by=world.rita)
    Person.objects.filter(pk=world.ben.pk).update(is_administrator=True)
    world.ben.refresh_from_db()
    deactivate(world.rita, by=world.ben)
    with pytest.raises(PermissionDenied):
        deactivate(world.ben, by=world.rita)


def test_for_others_there_is_no_such_page(world: World) -> None:
    for person in (world.ada, world.gus):
        browser = world.browser(person)
        answers = [
            browser.post(f"/accounts/people/{handle}/{deed}")
            for handle in ("ben", "nobody-at-all", "ada")
            for deed in ("deactivate", "reactivate")
        ]
        answers.append(browser.get("/accounts/nothing"))
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
    assert Person.objects.filter(is_active=True, handle__in=("ada", "ben")).count() == 2
    unknown = world.browser(world.rita).post("/accounts/people/nobody-at-all/deactivate")
    assert unknown.content == answers[-1].content


def test_looking_changes_nothing(world: World) -> None:
    rita = world.browser(world.rita)
    assert rita.get("/accounts/people/ada/deactivate").status_code == 405
    world.ada.refresh_from_db()
    assert world.ada.is_active
