"""The log as JSON tells of every request, and of no person, word or address."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, override_settings

from hallway.core.jsonlog import Answered, Lines, Once
from hallway.entries import access
from tests.world import PASSWORD, World

CANARY = "cnryjsonlog"


@contextmanager
def log() -> Iterator[list[dict[str, Any]]]:
    """Collect what the console would show if the log were JSON."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    handler.addFilter(Once())
    root = logging.getLogger()
    before = root.handlers
    root.handlers = [handler]  # the others fill values in before it looks
    lines: list[dict[str, Any]] = []
    try:
        with override_settings(CONFIG=replace(settings.CONFIG, log_format="json")):
            yield lines
    finally:
        root.handlers = before
    lines.extend(json.loads(line) for line in out.getvalue().splitlines())


def broken(*_given: object, **_named: object) -> None:
    raise ValueError(f"{CANARY} in the words of an error")


def requests(world: World) -> None:
    """A morning on which everything that could tell something is told to the server."""
    browser = Client(
        raise_request_exception=False,
        headers={"user-agent": f"{CANARY}-browser", "referer": f"http://testserver/{CANARY}"},
        REMOTE_ADDR="203.0.113.77",
    )
    browser.cookies["zone"] = CANARY
    browser.get(f"/{CANARY}/nowhere?{CANARY}=1")
    wrong = {"login": f"{CANARY}@company.example", "password": CANARY}
    browser.post("/accounts/login/", wrong)
    browser.post("/accounts/login/", {"login": world.ada.email, "password": PASSWORD})
    browser.get(f"/people/?q={CANARY}")
    browser.post("/posts", {"space": world.hall.pk, "title": CANARY, "text": f"#{CANARY} @ada"})
    browser.get(f"/tags/{CANARY}")
    browser.get(f"/people/{CANARY}")
    browser.get("/", headers={"host": f"{CANARY}.example"})
    browser.post(f"/halls/1/nameless?{CANARY}=1", {"text": CANARY})


def test_each_request_is_a_line_and_nobody_is_in_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = world.post(world.hall, CANARY, by=world.ada)
    with log() as lines:
        requests(world)
        monkeypatch.setattr(access, "visible_to", broken)
        client = Client(raise_request_exception=False)
        client.force_login(world.ada)
        client.get(f"/e/{entry.pk}")
        logging.getLogger("hallway.hub").warning("%s waits for %d", CANARY, 4)
        logging.getLogger("library").error(f"{CANARY} says what it likes")
    told = json.dumps(lines)
    for word in (CANARY, "203.0.113.77", world.ada.email, world.ada.name, "nowhere", "nameless"):
        assert word not in told, word
    answered = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in answered] == [
        ("", 404),
        ("account_login", 422),
        ("account_login", 302),
        ("people:directory", 200),
        ("posts:write", 302),
        ("stream:tag", 200),
        ("people:person", 404),
        ("", 400),
        ("comments:entry", 500),
    ]
    assert all(line["bytes"] is not None and line["ms"] > 0 for line in answered)
    (error,) = [line for line in lines if line["event"] == "django.request"]
    assert (error["error"], error["route"]) == ("ValueError", "comments:entry")
    assert error["through"][-1].endswith("broken")
    assert {line["event"] for line in lines} >= {"hallway.hub: … waits for 4", "library"}


def test_the_plain_log_has_no_lines_of_requests() -> None:
    assert settings.CONFIG.log_format == "plain"
    with pytest.raises(MiddlewareNotUsed):
        Answered(lambda request: HttpResponse())
