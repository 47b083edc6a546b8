"""Figures for Prometheus: for who shows the token, numbers only, and true."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from hallway.config import Config
from hallway.hub.health import Health
from hallway.hub.metrics import Held, asked_for, told
from hallway.journal.models import Record
from hallway.journal.position import Position
from hallway.journal.reader import position
from tests.crash.process import free_port, server
from tests.crash.test_kill import wait_until_answering
from tests.test_wheel import ask
from tests.world import World

TOKEN = "a-token-of-some-length"
LINE = re.compile(r'hallway_[a-z_]+(\{[a-z]+="[\w.]+"(,[a-z]+="[\w.]+")*\})? [0-9.e+-]+')
WELL = Health(writes=True, behind=3, free=0.5)


def scope(shown: bytes | None, path: str = "/metrics") -> dict[str, object]:
    return {"path": path, "headers": [] if shown is None else [(b"authorization", shown)]}


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    given = {"HALLWAY_DATA": str(tmp_path), "HALLWAY_METRICS_TOKEN": TOKEN}
    monkeypatch.setattr(settings, "CONFIG", Config.from_environment(given))
    yield


@pytest.mark.parametrize("shown", [None, b"", b"Bearer ", b"Bearer None", b"Bearer \xff"])
def test_without_a_token_in_the_settings_nobody_reads_them(shown: bytes | None) -> None:
    assert not asked_for(scope(shown))


@pytest.mark.parametrize(
    "shown",
    [None, b"", b"Bearer", f"Bearer {TOKEN}x".encode(), TOKEN.encode(), b"Bearer \xe4\xf6"],
)
def test_with_another_token_nobody_reads_them(token: None, shown: bytes | None) -> None:
    assert asked_for(scope(f"Bearer {TOKEN}".encode()))
    assert not asked_for(scope(f"Bearer {TOKEN}".encode(), "/metrics/"))
    assert not asked_for(scope(shown))


@pytest.mark.django_db
def test_they_are_numbers_and_say_nothing_of_anybody(world: World) -> None:
    world.post(world.secret, "Canary words", by=world.ben)
    said = told(WELL, Held(screens=7, people=5, in_halls=2, applied=position()))
    lines = [line for line in said.splitlines() if not line.startswith("# ")]
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    names = [line.partition(" ")[0].partition("{")[0] for line in lines]
    declared = re.findall(r"^# TYPE (\w+) (?:gauge|counter)$", said, re.MULTILINE)
    assert list(dict.fromkeys(names)) == [name for name in declared if name in names]
    for figure in ("screens 7", "people_online 5", "people_in_halls 2", "worker_behind_seconds 3"):
        assert f"\nhallway_{figure}\n" in said
    assert f"\nhallway_deeds_total {Record.objects.order_by('-seq')[0].seq}\n" in said
    for word in ("Canary", "ben", "secret", "Okafor"):
        assert word not in said


@pytest.mark.django_db(transaction=True)
def test_they_say_how_far_screens_are_behind(world: World) -> None:
    behind = re.compile(r"^hallway_hub_behind_seconds ([0-9.]+)$", re.MULTILINE)

    def seconds(applied: Position) -> float:
        found = behind.search(told(WELL, Held(0, 0, 0, applied)))
        assert found
        return float(found[1])

    with connection.cursor() as sql:
        sql.execute("UPDATE journal_record SET at = '2026-01-01 00:00:00+00:00'")
    assert seconds(position()) == 0
    assert seconds(Position(0, 0)) > 60


@pytest.mark.slow
@pytest.mark.sqlite
def test_hallway_run_tells_them(tmp_path: Path) -> None:
    from tests.crash.company import ask as ask_company

    given = {"HALLWAY_DATA": str(tmp_path / "data"), "HALLWAY_METRICS_TOKEN": TOKEN}
    ask_company("found", given)
    port = free_port()
    with server({**os.environ, **given}, port) as hallway:
        hallway.start()
        wait_until_answering(port)
        assert ask(port, "/metrics")[0] == 404
        assert ask(port, "/metrics", Authorization="Bearer wrong")[0] == 404
        status, said = ask(port, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert "hallway_writes 1\n" in said
    assert "hallway_screens 0\n" in said
    assert re.search(r'hallway_requests_total\{process="\d+",status="4xx"\} 2\n', said)
