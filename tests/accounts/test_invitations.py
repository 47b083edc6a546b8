"""Invitations: Rita asks people in; nobody else can."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hallway.accounts.actions import Refused, invite, invite_all, resend, withdraw
from hallway.accounts.models import Invitation
from hallway.outbox.models import Outgoing
from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.accounts.post import delivered, link_in
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World

PAGE = "/accounts/invitations"
EVE = {"email": "Eve@Company.example", "name": "Eve Adeyemi", "kind": "guest", "language": "de"}
NEW = {"password": "a wholly new one", "again": "a wholly new one"}
BROKEN = override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=9,
    EMAIL_TIMEOUT=1,
)


def test_eve_is_invited_and_comes_in(world: World) -> None:
    rita = world.browser(world.rita)
    assert rita.post(PAGE, EVE)["Location"] == PAGE
    eve = Person.objects.get(email="eve@company.example")
    assert (eve.name, eve.kind, eve.language) == ("Eve Adeyemi", "guest", "de")
    assert not eve.has_usable_password()
    assert b"Not sent yet" in rita.get(PAGE).content
    message = delivered()[0]
    assert b"Not sent yet" not in rita.get(PAGE).content
    assert message.to == ["eve@company.example"]
    assert "Rita Sommer" in message.body
    assert "Hallway ist der Ort, an dem alle bei" in message.body
    assert b"Eve Adeyemi" in rita.get(PAGE).content
    path = link_in(message)
    browser = Client()
    assert browser.get(path)["Content-Language"] == "de"
    assert browser.post(path, NEW)["Location"] == "/"
    assert who(browser) == str(eve.pk)
    assert not Invitation.objects.exists()
    again = Client().get(path)
    assert again.status_code == 404
    assert b"This link no longer works" in again.content


def test_a_name_has_no_sign_that_cannot_be_seen_and_is_not_empty(world: World) -> None:
    rita = world.browser(world.rita)
    rita.post(PAGE, EVE | {"name": "Eve\u200f Ade\u202eyemi\u200e"})
    assert Person.objects.get(email="eve@company.example").name == "Eve Adeyemi"
    answer = rita.post(PAGE, EVE | {"email": "no@company.example", "name": "\u200e\u200f"})
    assert answer.status_code == 422
    assert not Person.objects.filter(email="no@company.example").exists()


def test_an_open_link_does_not_stay_signed_in_as_somebody_else(world: World) -> None:
    browser = Client()
    sign_in(browser, "ada@company.example")
    invite("eve@company.example", "Eve", by=world.rita)
    browser.post(link_in(delivered()[0]), NEW)
    assert who(browser) == str(Person.objects.get(email="eve@company.example").pk)


def test_a_link_runs_out_and_is_sent_again(world: World) -> None:
    rita = world.browser(world.rita)
    rita.post(PAGE, EVE)
    old = link_in(delivered()[0])
    Invitation.objects.update(expires_at=F("expires_at") - timedelta(days=8))
    assert Client().get(old).status_code == 404
    assert b"Run out" in rita.get(PAGE).content
    rita.post(f"{PAGE}/{Invitation.objects.get().pk}/resend")
    assert Client().post(old, NEW).status_code == 404
    assert Client().post(link_in(delivered()[1]), NEW).status_code == 302


def test_a_withdrawn_link_is_dead(world: World) -> None:
    rita = world.browser(world.rita)
    rita.post(PAGE, EVE)
    path = link_in(delivered()[0])
    rita.post(f"{PAGE}/{Invitation.objects.get().pk}/withdraw")
    assert Client().post(path, NEW).status_code == 404
    assert b"Eve Adeyemi" not in rita.get(PAGE).content


def test_an_invitation_waits_while_the_mail_server_fails(world: World) -> None:
    rita = world.browser(world.rita)
    page = rita.post(PAGE, EVE, follow=True).content.decode()
    assert "The invitation to eve@company.example is on its way." in page
    with BROKEN:
        delivered()
    assert b"Not sent yet" in rita.get(PAGE).content
    assert Outgoing.objects.get().error == "ConnectionRefusedError"
    assert delivered() == [], "it is tried again in a minute, not at once"
    Outgoing.objects.update(due_at=timezone.now())
    assert Client().post(link_in(delivered()[0]), NEW).status_code == 302


def test_a_withdrawn_invitation_is_not_sent(world: World) -> None:
    rita = world.browser(world.rita)
    rita.post(PAGE, EVE)
    rita.post(f"{PAGE}/{Invitation.objects.get().pk}/withdraw")
    assert delivered() == []
    assert not Outgoing.objects.exists()


def test_somebody_imported_keeps_what_is_known(world: World) -> None:
    imported = add_person("eve@company.example", "Eve A. Adeyemi", title="Actuary")
    world.browser(world.rita).post(PAGE, EVE)
    imported.refresh_from_db()
    assert (imported.name, imported.title) == ("Eve A. Adeyemi", "Actuary")
    assert delivered()[0].to == ["eve@company.example"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "ada@company.example"}, "already have an account"),
        ({"email": "dora@company.example"}, "deactivated"),
        ({"email": "eve@company.example\nBcc: x@y.example"}, "valid email"),
        ({"name": " \u200b "}, "required"),
        ({"name": "x" * 121}, "at most 120"),
        ({"kind": "administrator"}, "valid choice"),
        ({"language": "xx"}, "valid choice"),
    ],
)
def test_what_makes_no_sense_is_said(world: World, change: dict[str, str], words: str) -> None:
    response = world.browser(world.rita).post(PAGE, EVE | change)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "Eve Adeyemi" in page or "name" in change, "the words typed must not be lost"
    assert not Invitation.objects.exists()
    assert delivered() == []


def test_nobody_makes_themselves_an_administrator(world: World) -> None:
    world.browser(world.rita).post(PAGE, EVE | {"is_administrator": "on", "password": "x"})
    eve = Person.objects.get(email="eve@company.example")
    assert not eve.is_administrator
    assert not eve.has_usable_password()


def test_for_others_the_page_is_not_there(world: World) -> None:
    invite("eve@company.example", "Eve", by=world.rita)
    number = Invitation.objects.get().pk
    for person in (world.ada, world.ben, world.gus):
        browser = world.browser(person)
        nothing = browser.get("/accounts/nothing")
        assert nothing.status_code == 404
        answers = [browser.get(PAGE), browser.post(PAGE, EVE)]
        answers += [
            browser.post(f"{PAGE}/{which}/{deed}")
            for which in (number, 999_999, 10**30)
            for deed in ("resend", "withdraw")
        ]
        for answer in answers:
            assert (answer.status_code, answer.content) == (404, nothing.content)
        with pytest.raises(PermissionDenied):
            invite("x@company.example", "X", by=person)
    assert Invitation.objects.count() == 1
    assert len(delivered()) == 1
    unknown = world.browser(world.rita).post(f"{PAGE}/{10**30}/resend")
    assert (unknown.status_code, unknown.content) == (404, nothing.content)


def test_who_administers_no_longer_cannot_finish_inviting(world: World) -> None:
    invite("eve@company.example", "Eve", by=world.rita)
    invitation = Invitation.objects.get()
    for change in ({"is_administrator": False}, {"is_active": False}):
        Person.objects.filter(pk=world.rita.pk).update(is_administrator=True, is_active=True)
        Person.objects.filter(pk=world.rita.pk).update(**change)
        # Loaded when they still did, as by a request that has been under way for long.
        with pytest.raises(PermissionDenied):
            invite("x@company.example", "X", by=world.rita)
        with pytest.raises(PermissionDenied):
            resend(invitation, by=world.rita)
        with pytest.raises(PermissionDenied):
            withdraw(invitation, by=world.rita)
    assert Invitation.objects.get().digest == invitation.digest
    assert len(delivered()) == 1
    assert not Person.objects.filter(email="x@company.example").exists()


def test_the_list_takes_the_same_number_of_queries_for_one_and_many(world: World) -> None:
    rita = world.browser(world.rita)
    invite("eve@company.example", "Eve", by=world.rita)
    rita.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        rita.get(PAGE)
    for number in range(32):
        invite(f"p{number}@company.example", f"Person {number}", by=world.rita)
    with CaptureQueriesContext(connection) as many:
        page = rita.get(PAGE)
    assert len(one) == len(many)
    older = page.context["older_url"]
    assert page.content.count(b"Send again") == 30
    assert rita.get(PAGE + older).content.count(b"Send again") == 3
    assert rita.get(PAGE + "?before=x").content.count(b"Send again") == 30


def test_everybody_imported_is_invited_once(world: World) -> None:
    for number in range(3):
        add_person(f"p{number}@company.example", f"Person {number}")
    assert len(list(invite_all(by=None))) == 3
    assert len(list(invite_all(by=None))) == 0
    assert sorted(message.to[0][:2] for message in delivered()) == ["p0", "p1", "p2"]


def test_inviting_twice_leaves_one_working_link(world: World) -> None:
    for _ in range(2):
        invite("eve@company.example", "Eve", by=world.rita)
        delivered()
    first, second = (link_in(message) for message in delivered())
    assert Client().post(first, NEW).status_code == 404
    assert Client().post(second, NEW).status_code == 302
    with pytest.raises(Refused):
        invite("eve@company.example", "Eve", by=world.rita)
