"""The first administrator, by a link or by the command."""

from pathlib import Path

import pytest
from django.test import Client

from hallway.accounts.actions import first_link, make_administrator
from hallway.accounts.models import FirstLink, Session
from hallway.cli import create_admin
from hallway.people.models import Person
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World

BASE = "http://localhost:8000"
FORM = {
    "name": "Fatima Diallo",
    "email": "fatima@company.example",
    "password": "a wholly new one",
    "again": "a wholly new one",
}


def path() -> str:
    link = first_link(BASE)
    assert link is not None
    return link.removeprefix(BASE)


@pytest.mark.django_db
def test_the_first_who_opens_the_link_becomes_administrator() -> None:
    old, link = path(), path()
    assert Client().get(old).status_code == 404, "a new link replaces the old"
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.post(link, FORM | {"again": "other"}).status_code == 422
    assert browser.post(link, FORM)["Location"] == "/welcome"
    fatima = Person.objects.get()
    assert fatima.is_administrator
    assert who(browser) == str(fatima.pk)
    assert first_link(BASE) is None
    assert Client().post(link, FORM | {"email": "x@company.example"}).status_code == 404
    assert not FirstLink.objects.exists()


def test_there_is_no_first_link_when_rita_is_there(world: World) -> None:
    assert first_link(BASE) is None
    Person.objects.filter(pk=world.rita.pk).update(is_administrator=False)
    link = path()
    Person.objects.filter(pk=world.rita.pk).update(is_administrator=True)
    assert Client().get(link).status_code == 404
    assert Client().post(link, FORM).status_code == 404


def run(*arguments: str) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    create_admin.register(parser.add_subparsers())
    parsed = parser.parse_args(["create-admin", *arguments])
    return int(parsed.func(parsed))


def test_the_command_makes_an_administrator(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "password"
    file.write_text("a wholly new one\n")
    given = ["--name", "Fatima", "--password-file", str(file)]
    assert run("--email", "Fatima@Company.example", *given) == 0
    assert sign_in(Client(), "fatima@company.example", "a wholly new one").status_code == 302
    assert Person.objects.get().is_administrator
    file.write_text("short")
    assert run("--email", "x@company.example", *given) == 1
    assert run("--email", "no address", *given) == 1
    assert run("--email", "x@company.example", "--name", "X", "--password-file", "/nowhere") == 1
    assert Person.objects.count() == 1
    assert "too short" in capsys.readouterr().err


def test_the_command_promotes_somebody_and_ends_their_sessions(world: World) -> None:
    browser = Client()
    sign_in(browser, "ada@company.example")
    make_administrator("ada@company.example", "Somebody", "a wholly new one")
    world.ada.refresh_from_db()
    assert (world.ada.is_administrator, world.ada.name) == (True, "Ada Lund")
    assert not Session.objects.filter(person=world.ada).exists()
