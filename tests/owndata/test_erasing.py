"""Whoever goes leaves a number: no byte of them is left, and what is left of others is true."""

from pathlib import Path
from shutil import rmtree

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage
from django.core.management import call_command

from hallway.core import erasures
from hallway.core.guarding import as_system
from hallway.entries.models import Entry, Text
from hallway.people.holdings import holdings
from hallway.people.models import Person
from hallway.spaces.access import managers_of
from hallway.spaces.models import Space
from tests.accounts.post import delivered
from tests.owndata.person import (
    HANDLE,
    OF_GONE,
    OF_PROFILE,
    OF_WORDS,
    Trace,
    browser_of,
    bytes_everywhere,
    go,
    leave_traces,
    where,
)
from tests.world import PASSWORD, World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gone_world() -> World:
    """A company in a database that is written for good, since its very bytes are looked at."""
    call_command("flush", verbosity=0, interactive=False)
    erasures.place().unlink(missing_ok=True)
    rmtree(default_storage.path(""), ignore_errors=True)
    return build_world()


@pytest.fixture
def trace(gone_world: World) -> Trace:
    return leave_traces(gone_world, make_password(PASSWORD))


def test_every_table_that_names_people_is_accounted_for() -> None:
    held = {(each.table, column) for each in holdings() for column in each.columns}
    there = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Person
    }
    assert held == there, "say in the app's held.py what becomes of it, and what is handed out"
    named = [each.name for each in holdings() if each.told]
    assert all(named)
    assert len(set(named)) == len(named)


def test_the_person_has_left_a_trace_in_every_table(trace: Trace) -> None:
    """Or the tests below would prove nothing."""
    with as_system("a test looks at all tables"):
        for each in holdings():
            if each.table in WITHOUT_TRACE:
                continue
            model = apps.get_model(each.table)
            for column in each.columns:
                assert model._default_manager.filter(**{column: trace.person}).exists() or (
                    (each.table, column) in WITHOUT_TRACE
                ), (each.table, column)
    found = bytes_everywhere()
    assert set(where((*OF_PROFILE, *OF_GONE, *OF_WORDS), found)) == {
        *OF_PROFILE,
        *OF_GONE,
        *OF_WORDS,
    }


WITHOUT_TRACE = {
    "mfa.Authenticator",  # with which nobody could sign in by the password alone
    "owndata.Download",
    "owndata.Farewell",
    "account.EmailAddress",
    "accounts.Invitation",
}


@pytest.mark.parametrize("words", [False, True], ids=["words stay", "words go"])
def test_no_byte_is_left(trace: Trace, gone_world: World, words: bool) -> None:
    browser_of(gone_world.ben).get("/")
    Authenticator.objects.create(user=trace.person, type="totp", data={"secret": "cnrystep"})
    go(trace.person, words)
    lost = ("cnrystep", *OF_PROFILE, *OF_GONE, *(OF_WORDS if words else ()))
    assert where(lost, bytes_everywhere()) == {}
    if not words:
        assert set(where(OF_WORDS, bytes_everywhere())) == set(OF_WORDS)


@pytest.mark.parametrize("words", [False, True], ids=["words stay", "words go"])
def test_what_is_left_is_true(trace: Trace, gone_world: World, words: bool) -> None:
    world = gone_world
    go(trace.person, words)
    row = Person.objects.get(pk=trace.person.pk)
    assert (row.name, row.is_active, row.is_former) == ("Former member", False, True)
    ben = browser_of(world.ben)
    page = ben.get(f"/e/{trace.liked.pk}").content.decode()
    with as_system("a test counts"):
        liked = Entry.objects.get(pk=trace.liked.pk)
        assert liked.reaction_counts == {"love": 1}
        assert liked.comment_count == (0 if words else 2)
        mention = Text.objects.get(pk=trace.mention.pk)
        room = Space.objects.get(pk=trace.room)
        assert [member.person_id for member in managers_of(room)] == [world.cleo.pk]
    assert ("cnrycomment" in page) is not words
    assert ("Former member" in page) is not words
    assert f'<a class="mention" href="/people/{row.handle}">@Former member</a>' in mention.html
    assert HANDLE not in mention.source
    assert "Zoë agrees" in mention.plain
    assert ben.get(f"/e/{trace.post.pk}").status_code == (404 if words else 200)
    assert ben.get(row.url).status_code == 200
    assert ben.get(f"/halls/{trace.hall.pk}").status_code == 200
    assert "Former" not in ben.get("/people/?q=former").content.decode().partition("<main")[2]
    assert ben.post(f"/accounts/people/{row.handle}/reactivate").status_code == 404
    rita = browser_of(world.rita)
    rita.post(f"/accounts/people/{row.handle}/reactivate")
    assert not Person.objects.get(pk=row.pk).is_active


def test_the_week_can_be_undone(trace: Trace) -> None:
    from hallway.owndata.actions import erase_what_is_due

    browser = browser_of(trace.person)
    form = {"words": "erase", "password": "wrong"}
    assert browser.post("/settings/data/delete", form).status_code == 422
    done = browser.post("/settings/data/delete", {**form, "password": PASSWORD})
    assert done["Location"] == "/accounts/left"
    assert browser.get("/")["Location"].startswith("/accounts/login/")
    assert browser.get("/accounts/left").status_code == 200
    (message,) = [each for each in delivered() if "/accounts/stay/" in each.body]
    address = next(word for word in str(message.body).split() if "/accounts/stay/" in word)
    path = address.partition("://")[2].partition("/")[2]
    assert browser.get(f"/{path}").status_code == 200
    assert not Person.objects.get(pk=trace.person.pk).is_active
    assert browser.post(f"/{path}").status_code == 200
    assert browser.post(f"/{path}").status_code == 404
    assert erase_what_is_due() == 0
    assert browser_of(trace.person).get("/").status_code == 200


def test_an_administrator_does_it_for_somebody_and_never_for_the_last(gone_world: World) -> None:
    from hallway.journal.models import Record
    from hallway.owndata.models import Farewell

    world = gone_world
    rita = browser_of(world.rita)
    form = {"words": "keep", "password": PASSWORD}
    assert browser_of(world.ada).post("/accounts/people/cleo/erase", form).status_code == 404
    assert rita.get("/accounts/people/cleo/erase").status_code == 200
    assert rita.post("/accounts/people/cleo/erase", form)["Location"] == "/people/cleo"
    assert Record.objects.filter(
        verb="person.leaving", actor_id=world.rita.pk, person_id=world.cleo.pk
    ).exists()
    assert "will be erased" in rita.get("/accounts/people/cleo/erase").content.decode()
    rita.post("/accounts/people/cleo/reactivate")
    assert not Farewell.objects.exists()
    assert Person.objects.get(pk=world.cleo.pk).is_active
    refused = rita.post("/settings/data/delete", form)
    assert refused.status_code == 422
    assert "only administrator" in refused.content.decode()


def test_the_ledger_names_nobody_and_is_taken_for_nobody_else(trace: Trace) -> None:
    from hallway.owndata.actions.erase import erase_again

    person = trace.person
    go(person, words=False)
    (line,) = erasures.erasures()
    assert (line.person, line.words) == (person.pk, False)
    assert Path(erasures.place()).stat().st_mode & 0o077 == 0
    # Somebody else who has the number, after a restore, is left alone.
    erasures.add([str(line).replace(str(person.pk), "1", 1)])
    assert erase_again() == 0
