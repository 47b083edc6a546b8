"""One's own sessions: seen, ended, and running out by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hallway.accounts import agents, sessions
from hallway.accounts.arriving import arrived_person, arriving
from hallway.accounts.models import Session, session_hash
from hallway.accounts.trimming import trim
from hallway.core.writing import writing
from hallway.journal import reader
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from tests.accounts.test_sign_in import sign_in, who
from tests.world import PASSWORD, World

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def browser_of(name: str, agent: str = FIREFOX) -> Client:
    browser = Client(HTTP_USER_AGENT=agent)
    assert sign_in(browser, f"{name}@company.example").status_code == 302
    return browser


def endings(key: str) -> int:
    return Record.objects.filter(verb="session.ended", session=session_hash(key)).count()


def test_ada_sees_where_she_is_signed_in_and_ends_one(world: World) -> None:
    desk, phone = browser_of("ada"), browser_of("ada", PHONE)
    browser_of("ben")
    page = desk.get("/settings/sessions").content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("This one") == 1
    key = phone.session.session_key
    for secret in (desk.session.session_key, key):
        assert secret not in page
    desk.post(f"/settings/sessions/{session_hash(key)}/end")
    assert endings(key) == 1
    assert who(phone) is None
    assert phone.get("/settings").status_code == 302
    assert desk.get("/settings").status_code == 200


def test_ending_all_others_leaves_this_one_and_other_people(world: World) -> None:
    desk, phone, tablet, ben = (browser_of(n) for n in ("ada", "ada", "ada", "ben"))
    keys = [phone.session.session_key, tablet.session.session_key]
    desk.post("/settings/sessions/end-others")
    assert [endings(key) for key in keys] == [1, 1]
    assert Session.objects.filter(person=world.ada).count() == 1
    assert desk.get("/settings").status_code == 200
    assert ben.get("/settings").status_code == 200


def test_somebody_elses_session_is_as_unknown_as_none(world: World) -> None:
    ada, ben = browser_of("ada"), browser_of("ben")
    foreign = session_hash(ben.session.session_key)
    answers = [ada.post(f"/settings/sessions/{h}/end") for h in (foreign, "0" * 32, "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert ben.get("/settings").status_code == 200


def test_ending_this_one_signs_out(world: World) -> None:
    browser = browser_of("ada")
    key = browser.session.session_key
    response = browser.post(f"/settings/sessions/{session_hash(key)}/end")
    assert response["Location"] == "/accounts/login/"
    assert endings(key) == 1


def test_signing_out_is_in_the_journal(world: World) -> None:
    browser = browser_of("ada")
    key = browser.session.session_key
    browser.post("/accounts/logout/")
    assert endings(key) == 1
    row = Record.objects.get(session=session_hash(key))
    assert row.person_id == world.ada.pk


def test_changing_the_password_ends_the_others_and_rotates_this_one(world: World) -> None:
    desk, phone = browser_of("ada"), browser_of("ada", PHONE)
    keys = [desk.session.session_key, phone.session.session_key]
    new = {"present": PASSWORD, "password": "a wholly new one", "again": "a wholly new one"}
    wrong = desk.post("/accounts/password/change/", new | {"present": "wrong"})
    assert wrong.status_code == 422
    assert phone.get("/settings").status_code == 200
    assert desk.post("/accounts/password/change/", new).status_code == 302
    assert desk.get("/settings").status_code == 200
    assert desk.session.session_key not in keys
    assert phone.get("/settings").status_code == 302
    assert [endings(key) for key in keys] == [1, 1]
    assert sign_in(Client(), "ada@company.example", "a wholly new one").status_code == 302


def test_guessing_the_present_password_is_stopped(world: World) -> None:
    browser = browser_of("ada")
    wrong = {"present": "wrong", "password": "a wholly new one", "again": "a wholly new one"}
    statuses = [browser.post("/accounts/password/change/", wrong).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def at(moment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of sessions stand at `moment`."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_reading_writes_nothing_more_than_once_a_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of("ada")
    browser.get("/settings")

    def writes() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            browser.get("/settings")
        return [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]

    assert writes() == []
    at(timezone.now() + timedelta(days=1), monkeypatch)
    assert len(writes()) == 1
    assert writes() == []


def test_a_session_ends_after_two_idle_weeks_and_after_a_month_at_the_latest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now()
    browser = browser_of("ada")
    for day in range(0, 30, 7):
        at(start + timedelta(days=day), monkeypatch)
        assert browser.get("/settings").status_code == 200, day
    at(start + timedelta(days=30, minutes=1), monkeypatch)
    assert browser.get("/settings").status_code == 302

    at(start, monkeypatch)
    idle = browser_of("ada")
    at(start + timedelta(days=14, minutes=1), monkeypatch)
    assert idle.get("/settings").status_code == 302
    at(start + timedelta(days=31), monkeypatch)
    assert trim() == 2
    assert not Session.objects.filter(person=world.ada).exists()


def test_session_person_and_journal_are_asked_in_one_query(world: World) -> None:
    reader.begin_new_incarnation()  # an earlier test may have emptied every table
    browser = browser_of("ada")
    browser.get("/settings")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/settings/sessions").wsgi_request.user == world.ada
    first, *others = [query["sql"] for query in queries]
    for table in ("accounts_session", "people_person", "journal_incarnation"):
        assert table in first
    assert [sql for sql in others if "journal_incarnation" in sql or '"password"' in sql] == []


def test_a_page_stands_where_the_journal_stood(world: World) -> None:
    browser = browser_of("ada")
    for _ in range(2):
        was, incarnation, _beyond = reader.now()
        request = browser.get("/settings").wsgi_request
        assert request.position == was
        assert request.incarnation == incarnation
        with writing():
            record(Verb.PERSON_FOLLOWED, actor=world.ada.pk, person=world.ben.pk)


def test_the_session_of_somebody_deactivated_is_nobodys(world: World) -> None:
    browser = browser_of("ada")
    # Only the row of the person says it: their sessions are usually ended with the deed itself.
    Person.objects.filter(pk=world.ada.pk).update(is_active=False)
    answer = browser.get("/settings")
    assert answer.status_code == 302
    assert not answer.wsgi_request.user.is_authenticated


def test_nobody_is_another_because_both_asked(world: World) -> None:
    ada, ben = browser_of("ada"), browser_of("ben")
    for browser, person in ((ada, world.ada), (ben, world.ben), (ada, world.ada)):
        assert browser.get("/settings").wsgi_request.user == person
    with arriving():
        session = sessions.SessionStore(ada.session.session_key)
        assert session["_auth_user_id"] == str(world.ada.pk)
        assert arrived_person(world.ada.pk) == world.ada
        assert arrived_person(world.ben.pk) is None
    assert arrived_person(world.ada.pk) is None
    assert sessions.SessionStore(ada.session.session_key)["_auth_user_id"]
    assert arrived_person(world.ada.pk) is None


def test_a_session_keeps_when_it_began(world: World) -> None:
    browser = browser_of("ada")
    session = Session.objects.get(person=world.ada)
    store = sessions.SessionStore(browser.session.session_key)
    store["something"] = "new"
    store.save()
    again = Session.objects.get(pk=session.pk)
    assert abs(again.created_at - session.created_at) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("header", "agent"),
    [
        (FIREFOX, "Firefox/Windows"),
        (PHONE, "Safari/iPhone"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge/macOS",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome/Android"),
        ("curl/8.0", "/"),
        ("", "/"),
    ],
)
def test_agents_are_coarse(header: str, agent: str) -> None:
    assert agents.describe(header) == agent
