"""Forgotten passwords: a link by mail, once, soon, to nobody else."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hallway.accounts.actions import deactivate, invite, reactivate
from hallway.accounts.models import ResetLink, Session
from hallway.accounts.trimming import trim
from hallway.journal.models import Record
from hallway.outbox.models import Outgoing
from hallway.people.models import Person
from tests.accounts.post import delivered, link_in
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World

RESET = "/accounts/password/reset/"
ADA = "ada@company.example"
NEW = {"password": "a wholly new one", "again": "a wholly new one"}


def ask(email: str = ADA) -> str:
    """Ask for a link and return its path."""
    assert Client().post(RESET, {"email": email}).status_code == 302
    return link_in(delivered()[-1])


def test_ada_chooses_a_new_password_and_is_in(world: World) -> None:
    elsewhere = Client()
    sign_in(elsewhere, ADA)
    path = ask(ADA.upper())
    message = delivered()[0]
    assert message.to == [ADA]
    assert message.body.startswith("Hello Ada Lund,")
    assert message.message().get_content_type() == "text/plain"
    browser = Client()
    page = browser.get(path)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert ResetLink.objects.count() == 1, "opening the link must not use it up"
    assert browser.post(path, NEW)["Location"] == "/"
    assert who(browser) == str(world.ada.pk)
    assert elsewhere.get("/settings").status_code == 302
    assert Session.objects.filter(person=world.ada).count() == 1
    assert Record.objects.filter(verb="session.ended", person_id=world.ada.pk).exists()
    assert sign_in(Client(), ADA, NEW["password"]).status_code == 302
    assert sign_in(Client(), ADA).status_code == 422


def test_the_mail_speaks_the_readers_language(world: World) -> None:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    Client().post(RESET, {"email": "cleo@company.example"})
    path = link_in(delivered()[0])
    page = browser.get(path)
    assert page["Content-Language"] == "de"
    assert b'lang="de"' in page.content


def test_a_link_works_once(world: World) -> None:
    path = ask()
    Client().post(path, NEW)
    for response in (Client().get(path), Client().post(path, NEW)):
        assert response.status_code == 404
        assert b"This link no longer works" in response.content
        assert RESET.encode() in response.content


def test_a_new_password_spoils_all_other_links(world: World) -> None:
    first, second = ask(), ask()
    assert Client().post(second, NEW).status_code == 302
    assert Client().get(first).status_code == 404


def test_a_link_runs_out_after_half_an_hour(world: World) -> None:
    path = ask()
    ResetLink.objects.update(expires_at=F("expires_at") - timedelta(minutes=31))
    assert Client().post(path, NEW).status_code == 404
    trim()
    assert not ResetLink.objects.exists()


def test_the_database_does_not_hold_the_token(world: World) -> None:
    token = ask().rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM accounts_resetlink")
        assert token not in str(cursor.fetchall())
    Client().post(RESET, {"email": ADA})
    assert ResetLink.objects.latest("pk").pk == Outgoing.objects.get().about["link"]
    assert Client().get(f"{RESET}key/{ResetLink.objects.earliest('pk').digest}/").status_code == 404


def test_who_has_no_way_in_gets_none(world: World) -> None:
    deactivated = "dora@company.example"
    Person.objects.filter(pk=world.ben.pk).update(password="!never")
    for email in ("nobody@company.example", deactivated, "ben@company.example"):
        response = Client().post(RESET, {"email": email})
        assert response["Location"] == "/accounts/password/reset/done/"
    assert delivered() == []


def test_asking_costs_the_same_for_known_and_unknown(world: World) -> None:
    counts = []
    Client().post(RESET, {"email": "first@company.example"})
    for email in (ADA, "nobody@company.example"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(RESET, {"email": email})
        counts.append([query["sql"].split(" ")[0] for query in queries])
    delivered()
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "email",
    [
        "ada@company.example\nBcc: evil@evil.example",
        "ada@company.example\r\nBcc:evil@evil.example",
        "ada@company.example,evil@evil.example",
        "ada@company.example evil@evil.example",
        "",
        "x" * 300 + "@company.example",
    ],
)
def test_mangled_addresses_are_refused(world: World, email: str) -> None:
    assert Client().post(RESET, {"email": email}).status_code == 422
    assert delivered() == []


def test_two_addresses_never_get_one_link(world: World) -> None:
    Client().post(RESET, {"email": [ADA, "evil@evil.example"]})
    Client().post(RESET, {"email": ["evil@evil.example", ADA]})
    Client().post(RESET, {"email[]": [ADA, "evil@evil.example"]})
    Client().post(RESET, json.dumps({"email": [ADA, "evil@evil.example"]}), "application/json")
    assert [message.to for message in delivered()] == [[ADA]]


def test_look_alike_letters_get_nothing(world: World) -> None:
    Client().post(RESET, {"email": "ad\u0430@company.example"})
    assert delivered() == []


def test_asking_again_and_again_is_stopped(world: World) -> None:
    statuses = [Client().post(RESET, {"email": ADA}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    unknown = [Client().post(RESET, {"email": "no@company.example"}).status_code for _ in range(4)]
    assert unknown == statuses
    assert len(delivered()) == 3


def test_a_changed_address_spoils_the_link(world: World) -> None:
    path = ask()
    Person.objects.filter(pk=world.ada.pk).update(email="ada.lund@company.example")
    assert Client().post(path, NEW).status_code == 404


def test_a_link_does_not_outlive_a_deactivation(world: World) -> None:
    path = ask()
    deactivate(world.ada, by=world.rita)
    assert Client().post(path, NEW).status_code == 404
    reactivate(world.ada, by=world.rita)
    assert Client().post(path, NEW).status_code == 404


def test_a_new_password_opens_the_lock(world: World) -> None:
    for _ in range(5):
        sign_in(Client(), ADA, "wrong")
    assert Client().post(ask(), NEW).status_code == 302
    assert sign_in(Client(), ADA, NEW["password"]).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short"),
        ("1234567890123", "1234567890123", "entirely numeric"),
        ("password123", "password123", "too common"),
        ("ada@company.example", "ada@company.example", "too similar"),
        ("a wholly new one", "another new one", "not the same password"),
    ],
)
def test_weak_passwords_are_refused(world: World, password: str, again: str, words: str) -> None:
    path = ask()
    response = Client().post(path, {"password": password, "again": again})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Client().post(path, NEW).status_code == 302


def test_links_name_the_configured_host(world: World) -> None:
    Client(HTTP_HOST="127.0.0.1").post(RESET, {"email": ADA})
    assert "http://localhost:8000/" in delivered()[0].body


def test_an_invited_person_resets_nothing(world: World) -> None:
    invite("eve@company.example", "Eve", by=world.rita)
    sent = len(delivered())
    Client().post(RESET, {"email": "eve@company.example"})
    assert len(delivered()) == sent


def test_no_log_holds_a_link(world: World, caplog: pytest.LogCaptureFixture) -> None:
    path = ask()
    Client().get(path)
    Client().post(path, {"password": "short", "again": "short"})
    Client().post(path, NEW)
    Client().get(path)
    assert path.rstrip("/").rpartition("/")[2] not in caplog.text
