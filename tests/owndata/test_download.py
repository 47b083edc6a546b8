"""Everybody gets what is theirs, all of it, and nothing of others that they may not see."""

import errno
import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.owndata.actions import ask_for_download, make_what_is_asked_for
from hallway.owndata.actions.download import trim
from hallway.owndata.models import Download
from hallway.people.holdings import holdings
from hallway.people.models import Person
from hallway.spaces.models import Membership
from hallway.worker.sweeping import _named
from tests.accounts.post import delivered
from tests.owndata.person import (
    OF_PROFILE,
    OF_WORDS,
    Trace,
    answer_bytes,
    browser_of,
    leave_traces,
    unpacked,
)
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace(world: World) -> Trace:
    return leave_traces(world, make_password(PASSWORD))


def test_all_that_is_theirs_is_handed_over(world: World, trace: Trace) -> None:
    browser = browser_of(trace.person)
    assert browser.post("/settings/data/file", {"password": PASSWORD}).status_code == 404
    assert browser.post("/settings/data/ask").status_code == 302
    assert "put together" in browser.get("/settings/data").content.decode()
    assert make_what_is_asked_for() == 1
    assert "/settings/data" in delivered()[-1].body
    assert browser.post("/settings/data/file", {"password": "wrong"}).status_code == 422
    answer = browser.post("/settings/data/file", {"password": PASSWORD})
    assert answer["Content-Disposition"].startswith('attachment; filename="zinaida.cnryhandle-')
    files = unpacked(answer_bytes(answer))
    whole = "\n".join(files.values()).lower()
    for word in (*OF_PROFILE, *OF_WORDS, "cnrydeleted", "cnrywaiting"):
        assert word in whole, word
    assert {name for name in files if name.startswith("data/")} == {
        f"data/{each.name}.json" for each in holdings() if each.told
    }
    rows = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    # On PostgreSQL deeds are told once they are committed, which here none is.
    told_late = {"data/notifications.json"} if connection.vendor == "postgresql" else set()
    assert {name for name in rows if not rows[name]} == {"data/second-steps.json"} | told_late
    assert "Former" not in whole
    for secret in (trace.person.password, browser.session.session_key or "?"):
        assert secret not in whole
    # What others wrote is referred to, not handed over.
    assert "an answer of ben's" not in whole
    said = next(row for row in rows["data/entries.json"] if row["markdown"] == "cnrycomment")
    assert len(said["answered_by"]) == 1


def test_nobody_else_gets_it(world: World, trace: Trace) -> None:
    ask_for_download(trace.person)
    make_what_is_asked_for()
    for other in (world.ada, world.rita):
        answer = browser_of(other).post("/settings/data/file", {"password": PASSWORD})
        assert answer.status_code == 404
    assert browser_of(trace.person).get("/settings/data/file").status_code == 405


def test_names_of_spaces_one_may_not_know_of_are_left_out(world: World, trace: Trace) -> None:
    with as_system("the test takes them out"):
        world.post(world.secret, "cnrysecretwords", by=world.ada)
        Membership.objects.filter(person=world.ada, space=world.secret).delete()
    ask_for_download(world.ada)
    make_what_is_asked_for()
    answer = browser_of(world.ada).post("/settings/data/file", {"password": PASSWORD})
    files = unpacked(answer_bytes(answer))
    assert "cnrysecretwords" in files["data/entries.json"]
    assert "Secret room" not in "\n".join(files.values())


def test_it_is_kept_for_a_week_and_swept_never_before(trace: Trace) -> None:
    ask_for_download(trace.person)
    make_what_is_asked_for()
    row = Download.objects.get()
    assert row.stored in set(_named())
    assert trim() == 0
    Download.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    browser = browser_of(trace.person)
    assert browser.post("/settings/data/file", {"password": PASSWORD}).status_code == 404
    assert trim() == 1
    assert not Download.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing(trace: Trace) -> None:
    ask_for_download(trace.person)
    full = OSError(errno.ENOSPC, "No space left on device")
    with patch("hallway.owndata.actions.download.store", side_effect=full):
        make_what_is_asked_for()
    browser = browser_of(trace.person)
    assert "not enough room" in browser.get("/settings/data").content.decode()
    browser.post("/settings/data/ask")
    assert make_what_is_asked_for() == 1
    assert "It is ready" in browser.get("/settings/data").content.decode()


def test_it_is_in_ones_own_language(world: World) -> None:
    Person.objects.filter(pk=world.cleo.pk).update(password=make_password(PASSWORD))
    ask_for_download(world.cleo)
    make_what_is_asked_for()
    answer = browser_of(world.cleo).post("/settings/data/file", {"password": PASSWORD})
    assert "Fragen ohne Namen" in unpacked(answer_bytes(answer))["README.txt"]
